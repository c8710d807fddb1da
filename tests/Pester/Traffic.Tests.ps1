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

    # What another operator does between our read and our write: he sets the table.
    function Add-SecondOperator {
        param ([object[]] $Traffic)
        $intervention = $sandbox.GetType().Assembly.GetType('RevisionTools.Sandbox.SandboxIntervention')::new()
        $intervention.Method = 'PATCH'
        $intervention.Path = Get-SandboxPath -Sandbox $sandbox -Below 'web-checkout'
        $intervention.Body = @{ properties = @{ configuration = @{ ingress = @{ traffic = $Traffic } } } } | ConvertTo-Json -Depth 8
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'SecondOperator'; Method = 'PATCH'; Intervention = $intervention }
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Get-AcaTraffic' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'gives one table an app, with stages, labels and their addresses' {
        $table = Get-AcaTraffic -ContainerAppName web-checkout
        $table | Should -BeOfType ([RevisionTools.TrafficTable])
        "$table" | Should -Be 'web-checkout--v2-14=90 (stable), web-checkout--v2-15=10 (canary), web-checkout--v2-12=0 (previous)'
        $table.Entries.Stage | Should -Be @('Active', 'Active', 'Ready')
        $table.Entries.IsReady | Should -Be @($true, $true, $true)
        $fqdn = (Get-AcaApp -Name web-checkout).Fqdn
        $table.Entries[1].LabelUrl | Should -Be "https://$($fqdn -replace '^web-checkout\.', 'web-checkout---canary.')"
        $table.Problems | Should -BeNullOrEmpty
    }

    It 'says where requests really go while the newest is dead' {
        $table = Get-AcaTraffic -ContainerAppName web-search
        $row = $table.Entries[0]
        $row.RevisionName, $row.EffectiveRevisionName | Should -Be @('web-search--0000004', 'web-search--0000003')
        $row.Weight, $row.EffectiveWeight | Should -Be @(100, 100)
        $row.IsReady | Should -BeFalse
        $table.Problems.Kind | Should -Be 'LatestNotReady'
    }

    It 'says of an app in single-revision mode that all goes to the newest that is ready' {
        $null = Set-AcaTraffic -ContainerAppName web-checkout -To stable
        $null = Set-AcaRevisionMode Single web-checkout -Force -Wait -WarningAction SilentlyContinue
        $table = Get-AcaTraffic -ContainerAppName web-checkout
        $row = $table.Entries | Where-Object -Property EffectiveWeight -GT 0
        $row.EffectiveRevisionName, $row.EffectiveWeight | Should -Be @('web-checkout--v2-15', 100)
        $table.Problems.Kind | Should -Contain 'SingleMode'
        $table.Problems.Kind | Should -Not -Contain 'WeightOnInactive'
    }

    It 'takes wildcards, and reports an app without ingress as a problem and not as an error' {
        $tables = Get-AcaTraffic -ErrorAction Stop
        $tables.ContainerAppName | Should -Be (Get-AcaApp).Name
        ($tables | Where-Object -FilterScript { -not $_.IngressEnabled }).ContainerAppName | Should -Be @('orders-worker', 'reports')
        (Get-AcaTraffic -ContainerAppName reports -ErrorAction Stop).Problems.Kind | Should -Be 'NoIngress'
    }

    It 'takes apps from the pipeline' {
        (Get-AcaApp -Name web-s* | Get-AcaTraffic).ContainerAppName | Should -Be @('web-shop', 'web-search')
        (Get-AcaApp -Name web-shop | Select-Object -Property ResourceId | Get-AcaTraffic).ContainerAppName | Should -Be 'web-shop'
        (Get-AcaRevision -ContainerAppName web-shop -Latest | Select-Object -Property ResourceId | Get-AcaTraffic).ContainerAppName | Should -Be 'web-shop'
    }

    It 'reports an app that is not there, and goes on' {
        $tables = Get-AcaTraffic -ContainerAppName none, web-shop -ErrorVariable failures -ErrorAction SilentlyContinue
        $tables.ContainerAppName | Should -Be 'web-shop'
        $failures.FullyQualifiedErrorId | Should -Be 'ContainerAppNotFound,RevisionTools.Cmdlets.GetAcaTrafficCommand'
    }

    It 'shows rows side by side and problems in 120 columns' {
        $text = Get-AcaTraffic -ContainerAppName web-checkout, web-search | Out-String -Width 120
        $text | Should -Match 'ContainerApp: web-checkout \(rg-shop, Multiple\)'
        $text | Should -Match '(?m)^v2-15 +10 canary +Active +v2-15\s*$'
        $text | Should -Match '(?m)^@latest: 0000004 +100 +Failed +0000003 +LatestNotReady: '
        $text -split '\r?\n' | Where-Object -FilterScript { $_.TrimEnd().Length -gt 120 } | Should -BeNullOrEmpty
    }
}

Describe 'Set-AcaTraffic' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'moves weight between a label and a suffix, and keeps labels and the unnamed' {
        $change = Set-AcaTraffic -ContainerAppName web-checkout -Weight @{ stable = 70; 'v2-15' = 30 } -ErrorAction Stop -WarningAction Stop
        Get-Split | Should -Be @('web-checkout--v2-14=70 (stable)', 'web-checkout--v2-15=30 (canary)', 'web-checkout--v2-12=0 (previous)')
        $change.HasWritten | Should -BeTrue
        $change.Before.Entries.Weight | Should -Be @(90, 10, 0)
        $change.After.Entries.Weight | Should -Be @(70, 30, 0)
        $sandbox.WriteCount | Should -Be 1
    }

    It 'takes weights as <_.GetType().Name>' -ForEach @(25, 25L, 25.0, '25', 25d) {
        (Set-AcaTraffic -ContainerAppName web-checkout -Weight @{ canary = $_ } -Remainder stable).After.Entries.Weight | Should -Be @(75, 25, 0)
    }

    It 'takes a typed dictionary' {
        $weights = [System.Collections.Generic.Dictionary[string, int]]::new()
        $weights['canary'] = 25
        (Set-AcaTraffic -ContainerAppName web-checkout -Weight $weights -Remainder stable).After.Entries.Weight | Should -Be @(75, 25, 0)
    }

    It 'takes an ordered table, and the entry of the latest' {
        $null = Set-AcaTraffic -ContainerAppName web-search -Weight ([ordered]@{ '@latest' = 0; '0000003' = 100 }) -ErrorAction Stop
        Get-Split -Name web-search | Should -Be @('@latest=0', 'web-search--0000003=100')
    }

    It 'refuses <Id> of <App>: <Why>' -ForEach @(
        @{ Id = 'InvalidTrafficWeight'; Why = 'not whole'; App = 'web-checkout'; Arguments = @{ Weight = @{ canary = 33.3 }; Remainder = 'stable' } }
        @{ Id = 'InvalidTrafficWeight'; Why = 'negative'; App = 'web-checkout'; Arguments = @{ Weight = @{ canary = -1 }; Remainder = 'stable' } }
        @{ Id = 'InvalidTrafficWeight'; Why = 'none at all'; App = 'web-checkout'; Arguments = @{ Weight = @{ canary = $null }; Remainder = 'stable' } }
        @{ Id = 'InvalidTrafficRequest'; Why = 'a target without a name'; App = 'web-checkout'; Arguments = @{ Weight = @{ '' = 25 } } }
        @{ Id = 'InvalidTrafficSum'; Why = 'too much'; App = 'web-checkout'; Arguments = @{ Weight = @{ canary = 25 } } }
        @{ Id = 'InvalidTrafficSum'; Why = 'more than is left'; App = 'web-checkout'; Arguments = @{ Weight = @{ canary = 95 }; Remainder = 'previous' } }
        @{ Id = 'InvalidTrafficRequest'; Why = 'named twice'; App = 'web-checkout'; Arguments = @{ Weight = @{ canary = 5; 'v2-15' = 5 }; Remainder = 'stable' } }
        @{ Id = 'TrafficTargetNotFound'; Why = 'unknown'; App = 'web-checkout'; Arguments = @{ To = 'none' } }
        @{ Id = 'TrafficTargetNotFound'; Why = 'a number for a suffix'; App = 'web-shop'; Arguments = @{ Weight = @{ 0000030 = 50 }; Remainder = '0000029' } }
        @{ Id = 'TrafficTargetInactive'; Why = 'inactive'; App = 'api-catalog'; Arguments = @{ Weight = @{ '0000050' = 10 }; Remainder = '@latest' } }
        @{ Id = 'TrafficTargetInactive'; Why = 'inactive although unready is allowed'; App = 'api-catalog'; Arguments = @{ To = '0000050'; AllowNotReady = $true } }
        @{ Id = 'TrafficTargetNotReady'; Why = 'failed'; App = 'web-search'; Arguments = @{ Weight = @{ '0000004' = 10; '@latest' = 0 }; Remainder = '0000003' } }
        @{ Id = 'TrafficTargetNotReady'; Why = 'failed, and nothing else would serve'; App = 'web-search'; Arguments = @{ To = '0000004'; AllowNotReady = $true } }
        @{ Id = 'IngressRequired'; Why = 'no ingress'; App = 'orders-worker'; Arguments = @{ To = '0000003' } }
        @{ Id = 'MultipleModeRequired'; Why = 'single mode'; App = 'web-landing'; Arguments = @{ To = '0000006' } }
        @{ Id = 'ContainerAppNotFound'; Why = 'a wildcard'; App = 'web-*'; Arguments = @{ To = '0000006' } }
    ) {
        $failure = $null
        try {
            $null = Set-AcaTraffic -ContainerAppName $App @Arguments -ErrorAction Stop
        }
        catch {
            $failure = $_
        }

        $failure.FullyQualifiedErrorId | Should -Be "$Id,RevisionTools.Cmdlets.SetAcaTrafficCommand"
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $sandbox.WriteCount | Should -Be 0
    }

    It 'has parameter sets that leave no doubt: <Why>' -ForEach @(
        @{ Why = 'both'; Arguments = @{ To = 'stable'; Weight = @{ stable = 100 } } }
        @{ Why = 'a rest of nothing'; Arguments = @{ To = 'stable'; Remainder = 'canary' } }
        @{ Why = 'a target and a table'; Arguments = @{ To = 'stable'; InputObject = 'a table' } }
    ) {
        { Set-AcaTraffic -ContainerAppName web-checkout @Arguments } | Should -Throw -ErrorId 'AmbiguousParameterSet,RevisionTools.Cmdlets.SetAcaTrafficCommand'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'needs weights, a target or a table' {
        foreach ($set in (Get-Command -Name Set-AcaTraffic).ParameterSets) {
            @($set.Parameters | Where-Object -FilterScript { $_.IsMandatory -and $_.Name -in 'Weight', 'To', 'InputObject' }) | Should -HaveCount 1 -Because $set.Name
        }
    }

    It 'says how a sum came about' {
        { Set-AcaTraffic -ContainerAppName web-checkout -Weight @{ canary = 25 } -ErrorAction Stop } |
            Should -Throw '*115, not to 100*=25 as asked*=90 (stable)*as it is*'
    }

    It 'sends traffic to an unready revision where that is allowed' {
        $change = Set-AcaTraffic -ContainerAppName web-search -Weight @{ '0000004' = 10; '0000003' = 90; '@latest' = 0 } -AllowNotReady
        $change.After.Problems.Kind | Should -Be 'WeightOnFailed'
    }

    It 'gives everything to one target; labels stay, what holds nothing goes' {
        $null = Set-AcaTraffic -ContainerAppName web-checkout -To v2-13
        Get-Split | Should -Be @(
            'web-checkout--v2-14=0 (stable)', 'web-checkout--v2-15=0 (canary)', 'web-checkout--v2-12=0 (previous)', 'web-checkout--v2-13=100')
        Get-AcaApp -Name web-search | Set-AcaTraffic -To '0000003' | Select-Object -ExpandProperty HasWritten | Should -BeTrue
        Get-Split -Name web-search | Should -Be 'web-search--0000003=100'
    }

    It 'is a success without a write when all is as wanted' {
        $change = Set-AcaTraffic -ContainerAppName web-checkout -Weight @{ stable = 90; canary = 10 } -ErrorAction Stop
        $change.HasWritten | Should -BeFalse
        $change.Changes | Should -BeNullOrEmpty
        $sandbox.WriteCount | Should -Be 0
    }

    It 'restores a table that was saved: <Name>' -ForEach @(
        @{ Name = 'as an object'; Keep = { $args[0] } }
        @{ Name = 'as JSON'; Keep = { $args[0] | ConvertTo-Json | ConvertFrom-Json } }
        @{ Name = 'as a table of JSON'; Keep = { $args[0] | ConvertTo-Json | ConvertFrom-Json -AsHashtable } }
        @{ Name = 'as CliXml'; Keep = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($args[0], 4)) } }
    ) {
        $before = Get-Split
        $saved = & $Keep (Get-AcaTraffic -ContainerAppName web-checkout)
        $null = Remove-AcaRevisionLabel -ContainerAppName web-checkout -Label stable, previous
        $null = Set-AcaTraffic -ContainerAppName web-checkout -To canary
        $change = $saved | Set-AcaTraffic -ErrorAction Stop
        $change.HasWritten | Should -BeTrue
        Get-Split | Should -Be $before
    }

    It 'takes a table as an argument: <Name>' -ForEach @(
        @{ Name = 'alone'; Run = { Set-AcaTraffic -InputObject $args[0] -ErrorAction Stop } }
        @{ Name = 'with the name of its app'; Run = { Set-AcaTraffic web-checkout -InputObject $args[0] -ErrorAction Stop } }
        @{ Name = 'with its app from the pipeline'; Run = { Get-AcaApp -Name web-checkout | Set-AcaTraffic -InputObject $args[0] -ErrorAction Stop } }
    ) {
        $saved = Get-AcaTraffic -ContainerAppName web-checkout
        $null = Set-AcaTraffic -ContainerAppName web-checkout -To canary
        (& $Run $saved).After.Entries.Weight | Should -Be @(90, 10, 0)
    }

    It 'undoes a change from its Before, of several apps in one pipeline' {
        $before = Get-Split
        $changes = @(
            Set-AcaTraffic -ContainerAppName web-checkout -To previous
            Set-AcaTraffic -ContainerAppName web-search -To web-search--0000003
        )
        $null = $changes.Before | Set-AcaTraffic -AllowNotReady -ErrorAction Stop
        Get-Split | Should -Be $before
        Get-Split -Name web-search | Should -Be '@latest=100'
    }

    It 'refuses to restore <Name>' -ForEach @(
        @{ Name = 'a table of another app'; Id = 'InvalidTrafficTable'; Run = { Set-AcaTraffic -ContainerAppName web-shop -InputObject (Get-AcaTraffic -ContainerAppName web-checkout) -ErrorAction Stop } }
        @{ Name = 'a table of another app than is piped'; Id = 'InvalidTrafficTable'; Run = { Get-AcaApp -Name web-shop | Set-AcaTraffic -InputObject (Get-AcaTraffic -ContainerAppName web-checkout) -ErrorAction Stop } }
        @{ Name = 'what is no table'; Id = 'InvalidTrafficTable'; Run = { Get-AcaApp -Name web-shop | Set-AcaTraffic -ErrorAction Stop } }
        @{ Name = 'a text'; Id = 'InvalidTrafficTable'; Run = { 'latest=100' | Set-AcaTraffic -ErrorAction Stop } }
        @{ Name = 'two tables of one app'; Id = 'InvalidTrafficTable'; Run = { (Get-AcaTraffic -ContainerAppName web-checkout), (Get-AcaTraffic -ContainerAppName web-checkout) | Set-AcaTraffic -ErrorAction Stop } }
        @{ Name = 'a sum other than 100'; Id = 'InvalidTrafficSum'; Run = {
                $saved = Get-AcaTraffic -ContainerAppName web-checkout | ConvertTo-Json | ConvertFrom-Json
                $saved.Entries[0].Weight = 95
                $saved | Set-AcaTraffic -ErrorAction Stop
            }
        }
        @{ Name = 'a label twice'; Id = 'DuplicateLabel'; Run = {
                $saved = Get-AcaTraffic -ContainerAppName web-checkout | ConvertTo-Json | ConvertFrom-Json
                $saved.Entries[0].Label = 'canary'
                $saved | Set-AcaTraffic -ErrorAction Stop
            }
        }
        @{ Name = 'a revision that has been taken down'; Id = 'TrafficTargetInactive'; Run = {
                $saved = Get-AcaTraffic -ContainerAppName web-checkout
                $null = Set-AcaTraffic -ContainerAppName web-checkout -To stable
                Set-AcaRevisionState Inactive -ContainerAppName web-checkout -Name v2-15 -Force -Wait -WarningAction SilentlyContinue
                $saved | Set-AcaTraffic -ErrorAction Stop
            }
        }
        @{ Name = 'a revision that is gone'; Id = 'TrafficTargetNotFound'; Run = {
                $saved = Get-AcaTraffic -ContainerAppName web-checkout | ConvertTo-Json | ConvertFrom-Json
                $saved.Entries[1].RevisionName = 'web-checkout--v1-1'
                $saved | Set-AcaTraffic -ErrorAction Stop
            }
        }
    ) {
        $run = $Run
        { & $run } | Should -Throw -ErrorId "$Id,RevisionTools.Cmdlets.SetAcaTrafficCommand"
    }

    It 'writes neither of two tables of one app, and restores the others' {
        $saved = Get-AcaTraffic -ContainerAppName web-checkout, web-search
        $change = Set-AcaTraffic -ContainerAppName web-checkout -To canary
        $null = Set-AcaTraffic -ContainerAppName web-search -To '0000003'
        $written = @($saved) + $change.After | Set-AcaTraffic -AllowNotReady -ErrorVariable failures -ErrorAction SilentlyContinue
        $written.ContainerAppName | Should -Be 'web-search'
        $failures.FullyQualifiedErrorId | Should -Be 'InvalidTrafficTable,RevisionTools.Cmdlets.SetAcaTrafficCommand'
        (Get-AcaTraffic -ContainerAppName web-checkout).Entries.Weight | Should -Be @(0, 100, 0)
    }

    It 'leaves out what Azure has purged, and says so; where nothing is to be done it writes nothing' {
        Set-AcaRevisionState Inactive -ContainerAppName web-checkout -Name v2-12, v2-13 -Force -Wait -WarningAction SilentlyContinue
        $null = Set-AcaRevisionRetention -ContainerAppName web-checkout -MaxInactive 1 -Confirm:$false
        $sandbox.Clock.Advance('3.00:00:00')
        $table = Get-AcaTraffic -ContainerAppName web-checkout
        $table.Problems.Kind | Should -Be 'GhostEntry'
        $writes = $sandbox.WriteCount
        ($table | Set-AcaTraffic -ErrorAction Stop).HasWritten | Should -BeFalse
        $sandbox.WriteCount | Should -Be $writes
        $change = Set-AcaTraffic -ContainerAppName web-checkout -Weight @{ canary = 25 } -Remainder stable -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
        Get-Split | Should -Be @('web-checkout--v2-14=75 (stable)', 'web-checkout--v2-15=25 (canary)')
        "$warnings" | Should -BeLike "'web-checkout--v2-12' is not there any more: its entry goes, and label previous with it*"
        $change.Before | Set-AcaTraffic -ErrorAction Stop | Select-Object -ExpandProperty HasWritten | Should -BeTrue
        Get-Split | Should -Be @('web-checkout--v2-14=90 (stable)', 'web-checkout--v2-15=10 (canary)')
    }

    It 'sends the traffic table only' {
        $app = Send-SandboxRequest -Sandbox $sandbox -Path (Get-SandboxPath -Sandbox $sandbox -Below 'web-checkout')
        $null = Set-AcaTraffic -ContainerAppName web-checkout -To stable
        $now = Send-SandboxRequest -Sandbox $sandbox -Path (Get-SandboxPath -Sandbox $sandbox -Below 'web-checkout')
        $app.properties.configuration.ingress.traffic = $now.properties.configuration.ingress.traffic = $null
        $app.systemData = $now.systemData = $null
        $now | ConvertTo-Json -Depth 20 | Should -Be ($app | ConvertTo-Json -Depth 20)
        @($sandbox.Requests | Where-Object -Property PathAndQuery -Match 'listSecrets').Count | Should -Be 0
    }
}

Describe 'Set-AcaTraffic, asking' {
    BeforeEach {
        $session = Open-TestSession
    }

    AfterEach {
        Close-TestSession -Session $session
    }

    It 'shows before and after side by side with -WhatIf' {
        $null = Invoke-TestCommand -Session $session -Script 'Set-AcaTraffic web-checkout -Weight @{ canary = 25 } -Remainder stable -WhatIf'
        $screen = @($session.Host.Screen) -join "`n"
        $screen | Should -Match 'What if: Performing the operation "Set traffic" on target "web-checkout \(rg-shop\)"\.'
        $screen | Should -Match '  Target +Before +After'
        $screen | Should -Match '  web-checkout--v2-15 +10 % canary +25 % canary'
        $session.Sandbox.WriteCount | Should -Be 0
    }

    It 'gives with -WhatIf those whose table is as wanted already, and no others' {
        $result = Invoke-TestCommand -Session $session -Script 'Get-AcaTraffic web-checkout, web-search | Set-AcaTraffic -WhatIf; Set-AcaTraffic web-checkout -To v2-13 -WhatIf'
        $result.Output.ContainerAppName | Should -Be @('web-checkout', 'web-search')
        $result.Output.HasWritten | Should -Be @($false, $false)
    }

    It 'asks with -Confirm, and takes a no' {
        $result = Invoke-TestCommand -Session $session -Script 'Set-AcaTraffic web-checkout -To v2-13 -Confirm' -OnPrompt { 'No' }
        $result.Prompts | Should -HaveCount 1
        $result.Prompts[0].Message | Should -BeLike '*web-checkout--v2-13*100 %*'
        $result.Output | Should -BeNullOrEmpty
        $session.Sandbox.WriteCount | Should -Be 0
    }

    It 'asks nothing without it' {
        (Invoke-TestCommand -Session $session -Script 'Set-AcaTraffic web-checkout -To v2-13').Output.HasWritten | Should -BeTrue
    }
}

Describe 'Set-AcaTraffic, when things go wrong' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
        $wanted = @('web-checkout--v2-14=75 (stable)', 'web-checkout--v2-15=25 (canary)', 'web-checkout--v2-12=0 (previous)')
    }

    It 'ends right although <_>' -ForEach @('ConnectionResetAfterWrite', 'TimeoutAfterWrite', 'ConnectionReset', 'Timeout') {
        $sandbox.Inject($_, 'PATCH', 'web-checkout')
        $change = Set-AcaTraffic -ContainerAppName web-checkout -Weight @{ canary = 25 } -Remainder stable -ErrorAction Stop
        $change.HasWritten | Should -BeTrue
        Get-Split | Should -Be $wanted
    }

    It 'waits for an app that is busy for a minute' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = 409; ErrorCode = 'ContainerAppOperationInProgress'; Method = 'PATCH'; Times = 6 }
        $null = Set-AcaTraffic -ContainerAppName web-checkout -Weight @{ canary = 25 } -Remainder stable -ErrorAction Stop
        Get-Split | Should -Be $wanted
    }

    It 'gives up after -TimeoutSec with RevisionConflict, and has changed nothing' {
        $before = Get-Split
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = 409; ErrorCode = 'ContainerAppOperationInProgress'; Method = 'PATCH'; Times = 1000 }
        $null = Set-AcaTraffic -ContainerAppName web-checkout -To canary -TimeoutSec 60 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionConflict,*'
        Get-Split | Should -Be $before
    }

    It 'keeps a label that a second operator adds between read and write, and says so' {
        Add-SecondOperator -Traffic @(
            @{ revisionName = 'web-checkout--v2-14'; weight = 90; label = 'stable' }
            @{ revisionName = 'web-checkout--v2-15'; weight = 10; label = 'canary' }
            @{ revisionName = 'web-checkout--v2-12'; weight = 0; label = 'previous' }
            @{ revisionName = 'web-checkout--v2-13'; weight = 0; label = 'hotfix' }
        )
        $change = Set-AcaTraffic -ContainerAppName web-checkout -Weight @{ canary = 25 } -Remainder stable -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
        Get-Split | Should -Be ($wanted + 'web-checkout--v2-13=0 (hotfix)')
        $change.ChangedByOthers | Should -Be 'web-checkout--v2-13: - -> 0 % hotfix'
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*moved by somebody else*hotfix*'
    }

    It 'does not guess when a second operator has moved weight so that the sum no longer fits' {
        Add-SecondOperator -Traffic @(
            @{ revisionName = 'web-checkout--v2-14'; weight = 60; label = 'stable' }
            @{ revisionName = 'web-checkout--v2-15'; weight = 10; label = 'canary' }
            @{ revisionName = 'web-checkout--v2-12'; weight = 30; label = 'previous' }
        )
        $null = Set-AcaTraffic -ContainerAppName web-checkout -Weight @{ canary = 25; stable = 75 } -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'TrafficChanged,RevisionTools.Cmdlets.SetAcaTrafficCommand'
        Get-Split | Should -Be @('web-checkout--v2-14=60 (stable)', 'web-checkout--v2-15=10 (canary)', 'web-checkout--v2-12=30 (previous)')
    }
}

Describe 'Export-AcaTraffic' {
    BeforeAll {
        $sandbox = Connect-FreshSandbox
    }

    It 'writes one string an app: <Format>' -ForEach @(
        @{ Format = 'Bicep'; Expected = "// web-checkout (rg-shop)`ntraffic: [`n  {`n    revisionName: 'web-checkout--v2-14'`n    weight: 90`n    label: 'stable'`n  }" }
        @{ Format = 'Terraform'; Expected = "# web-checkout (rg-shop)`ningress {`n  traffic_weight {`n    revision_suffix = `"v2-14`"`n    percentage      = 90`n    label           = `"stable`"`n  }" }
        @{ Format = 'Json'; Expected = "[`n  {`n    `"revisionName`": `"web-checkout--v2-14`"" }
    ) {
        $text = Export-AcaTraffic -ContainerAppName web-checkout -Format $Format
        $text | Should -BeOfType ([string])
        $text.StartsWith($Expected) | Should -BeTrue -Because $text
    }

    It 'writes the array as JSON alone' {
        $entries = Export-AcaTraffic -ContainerAppName web-search -Format Json | ConvertFrom-Json -NoEnumerate
        $entries | Should -HaveCount 1
        $entries[0].latestRevision, $entries[0].weight | Should -Be @($true, 100)
    }

    It 'says IngressRequired of an app that was named, and warns of one of many' {
        Export-AcaTraffic -ContainerAppName reports -Format Json -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be 'IngressRequired,RevisionTools.Cmdlets.ExportAcaTrafficCommand'
        $texts = Get-AcaApp | Export-AcaTraffic -Format Bicep -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
        $warnings | Should -HaveCount 2
        @($texts).Count | Should -Be (@(Get-AcaApp).Count - 2)
        $null = Export-AcaTraffic -ContainerAppName * -Format Bicep -WarningAction SilentlyContinue -ErrorAction Stop
    }
}
