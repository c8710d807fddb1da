#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    # Every command that can ask, with a call whose last command asks as the preference says.
    $calls = Import-PowerShellDataFile -Path "$PSScriptRoot/WritingCalls.psd1"
    $calls['New-AcaRetentionPolicy'] = 'New-AcaRetentionPolicy -KeepLast 3 -OutFile "./$(New-Guid).json"'
    $asking = Get-Command -Module RevisionTools | Where-Object -FilterScript { $_.Parameters.ContainsKey('Confirm') } | ForEach-Object -Process { @{ Name = $_.Name } }
    $cases = foreach ($command in $asking) {
        foreach ($call in $calls[$command.Name] | Where-Object -FilterScript { $_ -notlike '* -Confirm:$false' }) {
            @{ Name = $command.Name; Call = $call }
        }
    }
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
}

Describe 'A command that can ask' {
    It 'has a call in this test: <Name>' -ForEach ($asking | ForEach-Object -Process { $_ + @{ Known = @($cases.Name) -eq $_.Name } }) {
        $Known | Should -Not -BeNullOrEmpty
    }
}

Describe 'A host that <Manner>' -ForEach @(
    @{ HostManner = 'HasNone'; Manner = 'has no user interface' }
    @{ HostManner = 'Throws'; Manner = 'throws when it is to ask or to show something' }
) {
    BeforeEach {
        $session = Open-TestSession -HostManner $HostManner
        $null = Invoke-TestCommand -Session $session -Script "Set-Location -LiteralPath '$TestDrive'"
    }

    AfterEach {
        Close-TestSession -Session $session
    }

    It 'gets an error for a question, and nothing is written: <Call>' -ForEach $cases {
        $files = @(Get-ChildItem -Path $TestDrive -Filter *.json).Count
        $result = Invoke-TestCommand -Session $session -Script "`$ConfirmPreference = 'Low'; $Call"
        $result.Errors | Should -HaveCount 1
        $result.Errors[0].FullyQualifiedErrorId | Should -Be "ConfirmationRequired,RevisionTools.Cmdlets.$($Name -replace '-')Command"
        $result.Errors[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Confirm:$false*'
        $result.Errors[0].Exception.Message | Should -BeLike '*nobody can be asked*Performing the operation "*" on target "*"*'
        $session.Sandbox.WriteCount | Should -Be 0
        @(Get-ChildItem -Path $TestDrive -Filter *.json) | Should -HaveCount $files
    }

    It 'needs no answer with -Confirm:$false: <Call>' -ForEach $cases {
        $files = @(Get-ChildItem -Path $TestDrive -Filter *.json).Count
        $result = Invoke-TestCommand -Session $session -Script "`$ConfirmPreference = 'Low'; $Call -Confirm:`$false"
        $result.Failure | Should -BeNullOrEmpty
        $session.Sandbox.WriteCount + @(Get-ChildItem -Path $TestDrive -Filter *.json).Count - $files | Should -BeGreaterThan 0
    }

    It 'needs none with $ConfirmPreference None' {
        $result = Invoke-TestCommand -Session $session -Script '$ConfirmPreference = ''None''; Get-AcaApp web-shop | Invoke-AcaRevisionPrune -KeepLast 3'
        $result.Failure | Should -BeNullOrEmpty
        $result.Errors | Should -BeNullOrEmpty
        $result.Output.Outcome | Should -Contain 'Deactivated'
    }

    It 'rehearses: <Call> -WhatIf' -ForEach $cases {
        $result = Invoke-TestCommand -Session $session -Script "$Call -WhatIf"
        $result.Failure | Should -BeNullOrEmpty
        $session.Sandbox.WriteCount | Should -Be 0
    }

    It 'asks as a prune does without being told to' {
        $result = Invoke-TestCommand -Session $session -Script 'Get-AcaApp | Invoke-AcaRevisionPrune -KeepLast 3'
        $result.Errors[0].FullyQualifiedErrorId | Should -BeLike 'ConfirmationRequired,*'
        $session.Sandbox.WriteCount | Should -Be 0
    }

    It 'is told to leave out the -Confirm that it was given' {
        $result = Invoke-TestCommand -Session $session -Script 'Restart-AcaRevision -ContainerAppName web-checkout -Name v2-14 -Confirm'
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike 'Leave -Confirm out*'
        $session.Sandbox.WriteCount | Should -Be 0
    }

    It 'is told that a limit which puts revisions at risk needs -Confirm:$false, and the other apps go on' {
        $result = Invoke-TestCommand -Session $session -Script 'Get-AcaApp web-landing, web-shop | Set-AcaRevisionRetention -MaxInactive 3'
        $result.Failure | Should -BeNullOrEmpty
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'ConfirmationRequired,*'
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Confirm:$false*'
    }

    It 'is told that no switch stands for the yes of a person' {
        $result = Invoke-TestCommand -Session $session -Script 'Set-AcaRevisionState Inactive web-account web-account--d9w5q1x -Confirm:$false'
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'RevisionProtected,*'
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*at a prompt*no switch*'
        $session.Sandbox.WriteCount | Should -Be 0
    }

    It 'does not have to show progress' {
        Add-SandboxFault -Sandbox $session.Sandbox -Fault @{ Kind = 'Hold'; Method = 'POST'; Path = '*/deactivate'; Times = 1 }
        $command = Submit-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune web-shop -KeepLast 3 -ThrottleLimit 1 -Confirm:$false'
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Wait-Until -Condition { $clock.Elapsed.TotalSeconds -gt 1.1 }
        $session.Sandbox.ReleaseHeld()
        $result = Wait-TestCommand -Command $command
        $result.Failure | Should -BeNullOrEmpty
        $result.Output.Outcome | Should -Contain 'Deactivated'
        $command.PowerShell.Streams.Progress | Should -BeNullOrEmpty
    }
}

Describe 'A host with a screen' {
    BeforeEach {
        $session = Open-TestSession
        Add-SandboxFault -Sandbox $session.Sandbox -Fault @{ Kind = 'Hold'; Method = 'POST'; Path = '*/deactivate'; Times = 1 }
    }

    AfterEach {
        Close-TestSession -Session $session
    }

    It 'shows <Count> bars of what lasts over a second with $ProgressPreference <Preference>, and takes them away' -ForEach @(
        @{ Preference = 'Continue'; Count = 'some' }
        @{ Preference = 'SilentlyContinue'; Count = 'no' }
    ) {
        $script = "`$ProgressPreference = '$Preference'; Invoke-AcaRevisionPrune web-shop -KeepLast 3 -ThrottleLimit 1 -Confirm:`$false"
        $command = Submit-TestCommand -Session $session -Script $script
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Wait-Until -Condition { $clock.Elapsed.TotalSeconds -gt 1.1 }
        $session.Sandbox.ReleaseHeld()
        $null = Wait-TestCommand -Command $command
        $kinds = @($command.PowerShell.Streams.Progress | ForEach-Object -Process { "$($_.RecordType)" } | Select-Object -Unique)
        $kinds | Should -Be ($Count -eq 'some' ? @('Processing', 'Completed') : @())
    }
}

Describe 'A process without a terminal' {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    }

    It 'answers no question <How>' -ForEach @(
        @{ How = 'when it was started with -NonInteractive'; NonInteractive = $true }
        @{ How = 'when its input has ended'; NonInteractive = $false }
    ) {
        $result = Invoke-InNewProcess -AllowPrompt:(-not $NonInteractive) -Script @'
            Import-Module -Name $module
            $sandbox = (Connect-AcaAccount -Sandbox).Sandbox
            $failures = foreach ($call in 'Invoke-AcaRevisionPrune * -KeepLast 3', 'Set-AcaTraffic web-checkout -To stable -Confirm', 'Restart-AcaRevision web-checkout -AllActive -Confirm') {
                try {
                    & ([scriptblock]::Create($call))
                }
                catch {
                    $_.FullyQualifiedErrorId -replace ',.*'
                }
            }
            $null = Set-AcaTraffic web-checkout -To stable -WhatIf
            $before = $sandbox.WriteCount
            $null = Set-AcaTraffic web-checkout -To stable
            ConvertTo-Json -InputObject @{ Failures = @($failures); Before = $before; After = $sandbox.WriteCount } -Compress
'@
        $result.Failures | Should -Be @('ConfirmationRequired', 'ConfirmationRequired', 'ConfirmationRequired')
        $result.Before | Should -Be 0
        $result.After | Should -Be 1
    }

    It 'has blocks and thread jobs that cannot ask either' {
        $result = Invoke-InNewProcess -Script @'
            $block = {
                Import-Module -Name $using:module
                $sandbox = (Connect-AcaAccount -Sandbox).Sandbox
                try {
                    Get-AcaApp web-shop | Invoke-AcaRevisionPrune -KeepLast 3
                }
                catch {
                    "$($_.FullyQualifiedErrorId -replace ',.*') $($sandbox.WriteCount)"
                }
            }
            ConvertTo-Json -Compress -InputObject @{
                Parallel = 1 | ForEach-Object -Parallel $block
                Thread = Start-ThreadJob -ScriptBlock $block | Receive-Job -Wait
            }
'@
        $result.Parallel | Should -Be 'ConfirmationRequired 0'
        $result.Thread | Should -Be 'ConfirmationRequired 0'
    }
}
