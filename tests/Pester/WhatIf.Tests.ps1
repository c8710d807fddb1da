#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    # What changes something in Azure: everything but reading, the connection of this runspace and policies, which are objects and files.
    $commands = Get-Command -Module RevisionTools | Where-Object -Property Name -NE -Value 'New-AcaRetentionPolicy' |
        Where-Object -Property Verb -NotIn -Value 'Get', 'Test', 'Compare', 'Wait', 'Watch', 'Connect', 'Disconnect', 'Export' |
        ForEach-Object -Process { @{ Name = $_.Name } }

    # A call of each that would send writes if it were not for -WhatIf.
    $calls = @{
        'Invoke-AcaRevisionPrune' = @(
            'Invoke-AcaRevisionPrune -ContainerAppName * -KeepLast 1'
            'Get-AcaApp | Invoke-AcaRevisionPrune -KeepLast 1 -IncludeLabelled -IncludeEventConsumer -Wait'
            'Get-AcaRevision -Stage Ready | Invoke-AcaRevisionPrune -KeepLast 1 -Confirm:$false'
        )
        'New-AcaRevision' = @(
            'New-AcaRevision -ContainerAppName web-shop -Image contososhop.azurecr.io/shop:5.8.0 -Suffix new -Wait'
            'Get-AcaRevision -ContainerAppName web-checkout -Name v2-12 | New-AcaRevision -MaxReplica 3 -Label test'
            'Get-AcaApp -Name api-catalog | New-AcaRevision -Cpu 1 -Memory 2Gi -PinTraffic'
        )
        'Remove-AcaRevisionLabel' = @(
            'Remove-AcaRevisionLabel -ContainerAppName web-checkout -Label canary, previous'
            'Get-AcaRevision -ContainerAppName web-checkout | Remove-AcaRevisionLabel'
        )
        'Restart-AcaRevision' = @(
            'Get-AcaRevision -Active | Restart-AcaRevision'
            'Restart-AcaRevision web-checkout -AllActive'
        )
        'Set-AcaRevisionLabel' = @(
            'Set-AcaRevisionLabel -ContainerAppName web-checkout -Name v2-13 -Label canary -Force'
            'Get-AcaRevision -ContainerAppName web-shop -Latest | Set-AcaRevisionLabel -Label live'
        )
        'Set-AcaRevisionMode' = @(
            'Set-AcaRevisionMode Single web-shop'
            'Get-AcaApp -ResourceGroupName rg-data | Set-AcaRevisionMode Multiple -Wait'
            'Set-AcaRevisionMode Single web-checkout -Force -Confirm:$false'
        )
        'Set-AcaRevisionRetention' = @(
            'Set-AcaRevisionRetention web-shop -MaxInactive 10'
            'Get-AcaApp api* | Set-AcaRevisionRetention -MaxInactive 3 -KeepSince 1d -Confirm:$false'
        )
        'Set-AcaRevisionState' = @(
            'Get-AcaRevision -Stage Ready | Set-AcaRevisionState Inactive -Wait'
            'Get-AcaRevision -ContainerAppName api-catalog -Stage Inactive | Set-AcaRevisionState Active -PassThru'
            'Set-AcaRevisionState Inactive -ContainerAppName web-checkout -Name web-checkout--v2-13 -Force'
        )
        'Set-AcaTraffic' = @(
            'Set-AcaTraffic -ContainerAppName web-checkout -Weight @{ canary = 50 } -Remainder stable'
            'Get-AcaApp -Name web-search | Set-AcaTraffic -To web-search--0000003'
            '$table = Get-AcaTraffic web-checkout | ConvertTo-Json -Depth 4 | ConvertFrom-Json; $table.Entries[0].Weight = 80; $table.Entries[1].Weight = 20; $table | Set-AcaTraffic'
        )
        'Switch-AcaRevisionLabel' = @(
            'Switch-AcaRevisionLabel -ContainerAppName web-checkout -Label stable -With canary'
        )
        'Undo-AcaRevisionPrune' = @(
            '$file = "./$(New-Guid).jsonl"; $null = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -JournalPath $file -Confirm:$false -WhatIf:$false; (Get-AcaContext).Sandbox.ClearRequests(); Undo-AcaRevisionPrune -JournalPath $file'
        )
    }
    $cases = foreach ($command in $commands) {
        foreach ($call in $calls[$command.Name]) {
            @{ Name = $command.Name; Call = $call }
        }
    }
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
}

Describe 'A command that changes something' {
    It 'has ShouldProcess: <Name>' -ForEach $commands {
        $parameters = (Get-Command -Name $Name).Parameters
        $parameters.Keys | Should -Contain 'WhatIf'
        $parameters.Keys | Should -Contain 'Confirm'
    }

    It 'has a call in this test: <Name>' -ForEach ($commands | ForEach-Object -Process { $_ + @{ Known = @($calls[$_.Name]).Where({ $_ }).Count } }) {
        $Known | Should -BeGreaterThan 0
    }
}

Describe 'Rehearsing' {
    BeforeEach {
        $session = Open-TestSession
        $null = Invoke-TestCommand -Session $session -Script "Set-Location -LiteralPath '$TestDrive'"
    }

    AfterEach {
        Close-TestSession -Session $session
    }

    It 'sends reads only, and says what it would do: <Call> -WhatIf' -ForEach $cases {
        $result = Invoke-TestCommand -Session $session -Script "$Call -WhatIf"
        $result.Failure | Should -BeNullOrEmpty
        $session.Sandbox.Requests.Count | Should -BeGreaterThan 0
        @($session.Sandbox.Requests | Where-Object -Property Method -NE 'GET').Count | Should -Be 0
        @($session.Host.Screen) -like 'What if: Performing the operation*' | Should -Not -BeNullOrEmpty
    }

    It 'is what $WhatIfPreference asks for, too: <Call>' -ForEach $cases {
        $null = Invoke-TestCommand -Session $session -Script "`$WhatIfPreference = `$true; $Call"
        $session.Sandbox.Requests.Count | Should -BeGreaterThan 0
        @($session.Sandbox.Requests | Where-Object -Property Method -NE 'GET').Count | Should -Be 0
    }

    It 'makes the difference: without -WhatIf there are writes: <Call>' -ForEach $cases {
        $null = Invoke-TestCommand -Session $session -Script "`$ConfirmPreference = 'None'; $Call"
        $session.Sandbox.WriteCount | Should -BeGreaterThan 0
    }
}
