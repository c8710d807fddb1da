#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    # What changes something in Azure: everything but reading, the connection of this runspace and policies, which are objects and files.
    $commands = Get-Command -Module RevisionTools | Where-Object -Property Name -NE -Value 'New-AcaRetentionPolicy' |
        Where-Object -Property Verb -NotIn -Value 'Get', 'Test', 'Compare', 'Wait', 'Watch', 'Connect', 'Disconnect', 'Export' |
        ForEach-Object -Process { @{ Name = $_.Name } }

    $calls = Import-PowerShellDataFile -Path "$PSScriptRoot/WritingCalls.psd1"
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
