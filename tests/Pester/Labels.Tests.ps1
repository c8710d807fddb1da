#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    $ConfirmPreference = 'None'

    function Get-Split {
        param ([string] $Name = 'web-checkout')
        return (Get-AcaTraffic -ContainerAppName $Name).Entries | ForEach-Object -Process { "$_" }
    }

    # Puts an app in Labels mode, by a write past the module.
    function Enter-LabelsMode {
        $client = [System.Net.Http.HttpMessageInvoker]::new($sandbox, $false)
        $request = [System.Net.Http.HttpRequestMessage]::new('PATCH', "https://sandbox.example$(Get-SandboxPath -Sandbox $sandbox -Below 'web-checkout')?api-version=2025-10-02-preview")
        $request.Headers.Authorization = [System.Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', 'other')
        $request.Content = [System.Net.Http.StringContent]::new('{"properties":{"configuration":{"activeRevisionsMode":"Labels"}}}', [System.Text.Encoding]::UTF8, 'application/json')
        $client.SendAsync($request, [System.Threading.CancellationToken]::None).GetAwaiter().GetResult().IsSuccessStatusCode | Should -BeTrue
        $sandbox.Clock.Advance('00:02:00')
        (Get-AcaApp -Name web-checkout).RevisionMode | Should -Be 'Labels'
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Set-AcaRevisionLabel' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'puts a label on a revision that has no entry, at 0 %, and nothing else changes' {
        $before = Get-Split
        $change = Set-AcaRevisionLabel -ContainerAppName web-checkout -Name v2-13 -Label rollback -ErrorAction Stop -WarningAction Stop
        Get-Split | Should -Be ($before + 'web-checkout--v2-13=0 (rollback)')
        $change.Changes | Should -Be 'web-checkout--v2-13: - -> 0 % rollback'
        (Get-AcaRevision -ContainerAppName web-checkout -Name v2-13).Labels | Should -Be 'rollback'
    }

    It 'uses the entry that a revision has' {
        $null = Set-AcaRevisionLabel -ContainerAppName web-shop -Name '0000030' -Label live
        Get-Split -Name web-shop | Should -Be 'web-shop--0000030=100 (live)'
    }

    It 'takes a revision from the pipeline, one of each app, and ids' {
        Get-AcaRevision -ContainerAppName web-s* -Latest | Set-AcaRevisionLabel -Label newest -ErrorAction Stop |
            Select-Object -ExpandProperty ContainerAppName | Sort-Object | Should -Be @('web-search', 'web-shop')
        $change = Get-AcaRevision -ContainerAppName web-shop -Name '0000029' | Select-Object -Property ResourceId | Set-AcaRevisionLabel -Label older
        $change.After.Entries.Label | Should -Be @('newest', 'older')
    }

    It 'leaves an app as it is of which several revisions are given, and goes on with the others' {
        $revisions = @(Get-AcaRevision -ContainerAppName web-shop -Name '000002*' | Select-Object -First 2) + (Get-AcaRevision -ContainerAppName web-checkout -Name v2-13)
        $revisions | Set-AcaRevisionLabel -Label one -ErrorVariable failures -ErrorAction SilentlyContinue |
            Select-Object -ExpandProperty ContainerAppName | Should -Be 'web-checkout'
        $failures.FullyQualifiedErrorId | Should -Be 'InvalidTrafficRequest,RevisionTools.Cmdlets.SetAcaRevisionLabelCommand'
        "$failures" | Should -BeLike "*$($revisions[0].Name), $($revisions[1].Name)*"
        (Get-AcaTraffic -ContainerAppName web-shop).Entries.Label | Should -Not -Contain 'one'
        $sandbox.WriteCount | Should -Be 1
    }

    It 'takes one revision that is given twice as one' {
        $revision = Get-AcaRevision -ContainerAppName web-checkout -Name v2-13
        ($revision, $revision | Set-AcaRevisionLabel -Label one -ErrorAction Stop).HasWritten | Should -BeTrue
    }

    It 'is a success without a write when the label is there' {
        (Set-AcaRevisionLabel -ContainerAppName web-checkout -Name v2-15 -Label canary).HasWritten | Should -BeFalse
        $sandbox.WriteCount | Should -Be 0
    }

    It 'refuses a label that is elsewhere, and moves it with -Force in one write' {
        $null = Set-AcaRevisionLabel -ContainerAppName web-checkout -Name v2-13 -Label canary -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be 'DuplicateLabel,RevisionTools.Cmdlets.SetAcaRevisionLabelCommand'
        $sandbox.WriteCount | Should -Be 0
        $null = Set-AcaRevisionLabel -ContainerAppName web-checkout -Name v2-13 -Label canary -Force
        Get-Split | Should -Be @(
            'web-checkout--v2-14=90 (stable)', 'web-checkout--v2-15=10', 'web-checkout--v2-12=0 (previous)', 'web-checkout--v2-13=0 (canary)')
        $sandbox.WriteCount | Should -Be 1
    }

    It 'refuses <Id>: <App> <Name> <Label>' -ForEach @(
        @{ Id = 'InvalidLabel'; App = 'web-checkout'; Name = 'v2-13'; Label = 'Canary' }
        @{ Id = 'InvalidLabel'; App = 'web-checkout'; Name = 'v2-13'; Label = '1st' }
        @{ Id = 'RevisionNotFound'; App = 'web-checkout'; Name = 'none'; Label = 'next' }
        @{ Id = 'TrafficTargetInactive'; App = 'api-catalog'; Name = '0000050'; Label = 'next' }
        @{ Id = 'IngressRequired'; App = 'orders-worker'; Name = '0000003'; Label = 'next' }
        @{ Id = 'MultipleModeRequired'; App = 'web-landing'; Name = '0000006'; Label = 'next' }
    ) {
        { Set-AcaRevisionLabel -ContainerAppName $App -Name $Name -Label $Label -Force -ErrorAction Stop } |
            Should -Throw -ErrorId "$Id,RevisionTools.Cmdlets.SetAcaRevisionLabelCommand"
        $sandbox.WriteCount | Should -Be 0
    }

    It 'refuses the id of an app' {
        { Get-AcaApp -Name web-shop | Set-AcaRevisionLabel -Label next -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidResourceId,RevisionTools.Cmdlets.SetAcaRevisionLabelCommand'
    }

    It 'completes labels and targets: <Line>' -ForEach @(
        @{ Line = 'Remove-AcaRevisionLabel -ContainerAppName web-checkout -Label c'; Expected = @('canary') }
        @{ Line = 'Set-AcaRevisionLabel web-checkout v2-13 p'; Expected = @('previous') }
        @{ Line = 'Switch-AcaRevisionLabel web-checkout canary s'; Expected = @('stable') }
        @{ Line = 'Set-AcaTraffic web-checkout -To s'; Expected = @('stable') }
        @{ Line = 'Set-AcaTraffic web-checkout -To v2-13'; Expected = @('web-checkout--v2-13') }
        @{ Line = "Set-AcaTraffic web-checkout -Remainder '@"; Expected = @("'@latest'") }
        @{ Line = 'Set-AcaTraffic web-checkout -To l'; Expected = @("'@latest'") }
        @{ Line = 'Set-AcaTraffic web-checkout -To label:'; Expected = @("'label:canary'", "'label:previous'", "'label:stable'") }
        @{ Line = 'Set-AcaTraffic web-checkout -To label:p'; Expected = @("'label:previous'") }
        @{ Line = 'Set-AcaTraffic web-checkout -To revision:v2-13'; Expected = @("'revision:web-checkout--v2-13'") }
    ) {
        # What runs for the first time is compiled first, and the patience of completion is short.
        $null = TabExpansion2 -inputScript $Line -cursorColumn $Line.Length
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText | Should -Be $Expected
    }

    It 'keeps every label although <_>' -ForEach @('ConnectionResetAfterWrite', 'TimeoutAfterWrite') {
        $sandbox.Inject($_, 'PATCH', 'web-checkout')
        $null = Set-AcaRevisionLabel -ContainerAppName web-checkout -Name v2-13 -Label canary -Force -ErrorAction Stop
        (Get-AcaTraffic -ContainerAppName web-checkout).Entries.Label | Where-Object -FilterScript { $_ } | Sort-Object | Should -Be @('canary', 'previous', 'stable')
    }
}

Describe 'Remove-AcaRevisionLabel' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'takes labels off in one write; weights stay, and an entry that was there for the label goes' {
        $null = Remove-AcaRevisionLabel -ContainerAppName web-checkout -Label canary, previous -ErrorAction Stop -WarningAction Stop
        Get-Split | Should -Be @('web-checkout--v2-14=90 (stable)', 'web-checkout--v2-15=10')
        $sandbox.WriteCount | Should -Be 1
    }

    It 'says LabelNotFound, and takes off the others' {
        $null = Remove-AcaRevisionLabel -ContainerAppName web-checkout -Label none, canary -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be 'LabelNotFound,RevisionTools.Cmdlets.RemoveAcaRevisionLabelCommand'
        Get-Split | Should -Not -Contain 'web-checkout--v2-15=10 (canary)'
    }

    It 'gives nothing for labels that are all missing' {
        Remove-AcaRevisionLabel -ContainerAppName web-checkout -Label none -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $sandbox.WriteCount | Should -Be 0
    }

    It 'takes the labels off revisions of the pipeline, and only of these' {
        $null = Get-AcaRevision -ContainerAppName web-checkout -Name v2-12, v2-13, v2-15 | Remove-AcaRevisionLabel -ErrorAction Stop
        Get-Split | Should -Be @('web-checkout--v2-14=90 (stable)', 'web-checkout--v2-15=10')
        $sandbox.WriteCount | Should -Be 1
    }

    It 'takes of a revision only the labels that are named' {
        (Get-AcaRevision -ContainerAppName web-checkout | Remove-AcaRevisionLabel -Label canary).Changes | Should -Be 'web-checkout--v2-15: 10 % canary -> 10 %'
    }

    It 'takes <Name> for that revision' -ForEach @(
        @{ Name = 'a revision out of a file'; Keep = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($args[0])) } }
        @{ Name = 'a selection of its properties'; Keep = { $args[0] | Select-Object -Property Name, ResourceId } }
        @{ Name = 'its resource id'; Keep = { [pscustomobject]@{ Id = $args[0].ResourceId } } }
    ) {
        $revision = & $Keep (Get-AcaRevision -ContainerAppName web-checkout -Name v2-15)
        ($revision | Remove-AcaRevisionLabel -Label stable -ErrorAction Stop).HasWritten | Should -BeFalse
        ($revision | Remove-AcaRevisionLabel -ErrorAction Stop).Changes | Should -Be 'web-checkout--v2-15: 10 % canary -> 10 %'
    }

    It 'asks which labels of an app are meant' {
        Get-AcaApp -Name web-checkout | Remove-AcaRevisionLabel -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be 'InvalidTrafficRequest,RevisionTools.Cmdlets.RemoveAcaRevisionLabelCommand'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'refuses in Labels mode to take the last label off what has traffic: <Name>' -ForEach @(
        @{ Name = 'by removal'; Run = { Remove-AcaRevisionLabel -ContainerAppName web-checkout -Label canary -ErrorAction Stop } }
        @{ Name = 'by a move'; Run = { Set-AcaRevisionLabel -ContainerAppName web-checkout -Name v2-12 -Label canary -Force -ErrorAction Stop } }
        @{ Name = 'by a restore'; Run = {
                $saved = Get-AcaTraffic -ContainerAppName web-checkout | ConvertTo-Json | ConvertFrom-Json
                $saved.Entries[1].Label = $null
                $saved | Set-AcaTraffic -ErrorAction Stop
            }
        }
    ) {
        Enter-LabelsMode
        $before, $writes, $run = (Get-Split), $sandbox.WriteCount, $Run
        { & $run } | Should -Throw -ErrorId 'RevisionProtected,*' -ExpectedMessage '*web-checkout--v2-15*CarriesTraffic*10 %*'
        Get-Split | Should -Be $before
        $sandbox.WriteCount | Should -Be $writes
    }

    It 'tells in Labels mode what the service will take down' {
        Enter-LabelsMode
        $change = Remove-AcaRevisionLabel -ContainerAppName web-checkout -Label previous -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
        $change.HasWritten | Should -BeTrue
        "$warnings" | Should -BeLike "*'web-checkout--v2-12' loses its last label*deactivates*"
        $sandbox.Clock.Advance('00:02:00')
        (Get-AcaRevision -ContainerAppName web-checkout -Name v2-12).Stage | Should -Be 'Inactive'
    }
}

Describe 'Switch-AcaRevisionLabel' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
        $swapped = @('web-checkout--v2-14=90 (canary)', 'web-checkout--v2-15=10 (stable)', 'web-checkout--v2-12=0 (previous)')
    }

    It 'swaps two labels in one write; weights stay with the revisions' {
        $change = Switch-AcaRevisionLabel -ContainerAppName web-checkout -Label stable -With canary -ErrorAction Stop -WarningAction Stop
        Get-Split | Should -Be $swapped
        $change.Changes | Should -Be @('web-checkout--v2-14: 90 % stable -> 90 % canary', 'web-checkout--v2-15: 10 % canary -> 10 % stable')
        $sandbox.WriteCount | Should -Be 1
    }

    It 'takes apps from the pipeline' {
        (Get-AcaApp -Name web-checkout | Switch-AcaRevisionLabel -Label stable -With canary).HasWritten | Should -BeTrue
    }

    It 'is done once although <_>' -ForEach @('ConnectionResetAfterWrite', 'TimeoutAfterWrite', 'ConnectionReset') {
        $sandbox.Inject($_, 'PATCH', 'web-checkout')
        (Switch-AcaRevisionLabel -ContainerAppName web-checkout -Label stable -With canary -ErrorAction Stop).HasWritten | Should -BeTrue
        Get-Split | Should -Be $swapped
    }

    It 'refuses <Id>: <App> <Label> <With>' -ForEach @(
        @{ Id = 'LabelNotFound'; App = 'web-checkout'; Label = 'stable'; With = 'none' }
        @{ Id = 'InvalidTrafficRequest'; App = 'web-checkout'; Label = 'stable'; With = 'stable' }
        @{ Id = 'IngressRequired'; App = 'reports'; Label = 'stable'; With = 'canary' }
        @{ Id = 'MultipleModeRequired'; App = 'web-landing'; Label = 'stable'; With = 'canary' }
    ) {
        { Switch-AcaRevisionLabel -ContainerAppName $App -Label $Label -With $With -ErrorAction Stop } |
            Should -Throw -ErrorId "$Id,RevisionTools.Cmdlets.SwitchAcaRevisionLabelCommand"
        $sandbox.WriteCount | Should -Be 0
    }

    It 'refuses to put a label on a revision that has gone down' {
        Set-AcaRevisionState Inactive -ContainerAppName web-checkout -Name v2-12 -Force -Wait -WarningAction SilentlyContinue
        $writes = $sandbox.WriteCount
        { Switch-AcaRevisionLabel -ContainerAppName web-checkout -Label stable -With previous -ErrorAction Stop } |
            Should -Throw -ErrorId 'TrafficTargetInactive,RevisionTools.Cmdlets.SwitchAcaRevisionLabelCommand'
        $sandbox.WriteCount | Should -Be $writes
    }

    It 'waits while the app is busy' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = 409; ErrorCode = 'ContainerAppOperationInProgress'; Method = 'PATCH'; Times = 6 }
        $null = Switch-AcaRevisionLabel -ContainerAppName web-checkout -Label stable -With canary -ErrorAction Stop
        Get-Split | Should -Be $swapped
    }
}
