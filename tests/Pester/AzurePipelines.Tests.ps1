#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    $isMissing = -not (Get-ServerPath)
    if ($isMissing) {
        Write-Warning -Message 'The sandbox server is not built: the samples are not run.'
    }

    # For each command that changes something or waits: what its variables say. The counts of a prune are in an It of their own.
    $outcomes = @(
        @{
            Command = 'New-AcaRevision web-checkout -From v2-14 -Cpu 1 -Memory 2Gi -Suffix v2-16 -Wait'
            Expected = @{ RevisionName = 'web-checkout--v2-16'; PreviousRevisionName = 'web-checkout--v2-14'; Decision = 'Created' }
        }
        @{
            Before = 'New-AcaRevision web-checkout -From v2-14 -Cpu 1 -Memory 2Gi -Suffix v2-16'
            Command = 'New-AcaRevision web-checkout -From v2-14 -Cpu 1 -Memory 2Gi -Suffix v2-16 -ReuseIfSame'
            Expected = @{ RevisionName = 'web-checkout--v2-16'; PreviousRevisionName = 'web-checkout--v2-14'; Decision = 'Reused' }
        }
        @{
            Before = 'New-AcaRevision web-checkout -From v2-14 -Cpu 1 -Memory 2Gi -Suffix v2-16 -Wait; Set-AcaTraffic web-checkout -To v2-16'
            Command = 'New-AcaRevision web-checkout -From v2-14 -Cpu 1 -Memory 2Gi -Suffix v2-16 -ReuseIfSame'
            Expected = @{ RevisionName = 'web-checkout--v2-16'; PreviousRevisionName = ''; Decision = 'Reused' }
        }
        @{
            Command = 'Get-AcaRevision orders-worker -Latest | New-AcaRevision -Cpu 1 -Memory 2Gi -Suffix next -WarningAction Ignore'
            Expected = @{ RevisionName = 'orders-worker--next'; PreviousRevisionName = 'orders-worker--0000003'; Decision = 'Created' }
        }
        @{
            Command = 'Set-AcaTraffic web-checkout -To v2-15'
            Expected = @{ RevisionName = 'web-checkout--v2-15'; PreviousRevisionName = 'web-checkout--v2-14'; Decision = 'Changed' }
        }
        @{
            Command = 'Set-AcaTraffic web-checkout -Weight @{ canary = 10 }'
            Expected = @{ RevisionName = 'web-checkout--v2-14'; PreviousRevisionName = 'web-checkout--v2-14'; Decision = 'Unchanged' }
        }
        @{
            Command = 'Set-AcaTraffic web-checkout -To v2-99'
            Expected = @{ Decision = 'Failed' }
        }
        @{
            Command = 'Switch-AcaRevisionLabel web-checkout stable canary'
            Expected = @{ RevisionName = 'web-checkout--v2-15'; PreviousRevisionName = 'web-checkout--v2-14'; Decision = 'Changed' }
        }
        @{
            Command = 'Set-AcaRevisionLabel web-checkout v2-13 canary -Force'
            Expected = @{ RevisionName = 'web-checkout--v2-13'; PreviousRevisionName = 'web-checkout--v2-15'; Decision = 'Changed' }
        }
        @{
            Command = 'Remove-AcaRevisionLabel web-checkout previous'
            Expected = @{ Decision = 'Changed' }
        }
        @{
            Command = 'Set-AcaRevisionState Inactive web-checkout v2-11, v2-10'
            Expected = @{ RevisionName = 'web-checkout--v2-10,web-checkout--v2-11'; Decision = 'Changed' }
        }
        @{
            Command = 'Set-AcaRevisionState Active web-checkout v2-10'
            Expected = @{ RevisionName = 'web-checkout--v2-10'; Decision = 'Unchanged' }
        }
        @{
            Command = 'Set-AcaRevisionState Inactive web-checkout v2-10, v2-14'
            Expected = @{ RevisionName = 'web-checkout--v2-10,web-checkout--v2-14'; Decision = 'Failed' }
        }
        @{
            Command = 'Restart-AcaRevision web-checkout v2-14 -Wait'
            Expected = @{ RevisionName = 'web-checkout--v2-14'; Decision = 'Restarted' }
        }
        @{
            Command = 'Set-AcaRevisionMode Multiple web-checkout'
            Expected = @{ Decision = 'Unchanged' }
        }
        @{
            Command = 'Set-AcaRevisionRetention web-checkout -MaxInactive 90'
            Expected = @{ Decision = 'Changed' }
        }
        @{
            Command = 'Wait-AcaRevision web-checkout v2-14'
            Expected = @{ RevisionName = 'web-checkout--v2-14'; Decision = 'Ready' }
        }
        @{
            Command = 'Wait-AcaRevision web-checkout v2-14 -Stage Active'
            Expected = @{ RevisionName = 'web-checkout--v2-14'; Decision = 'Active' }
        }
        @{
            Command = 'Wait-AcaRevision web-checkout v2-10 -Stage Active -TimeoutSec 20'
            Expected = @{ RevisionName = 'web-checkout--v2-10'; Decision = 'TimedOut' }
        }
        @{
            Command = 'Wait-AcaRevision web-search ''0000004'', ''0000003'''
            Expected = @{ RevisionName = 'web-search--0000003,web-search--0000004'; Decision = 'Failed' }
        }
    ) | ForEach-Object -Process { @{ Before = $_['Before']; Command = $_['Command']; Expected = $_['Expected'] } }
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Pipelines.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    $harness = "$PSScriptRoot/Harness.psm1"
    $connect = 'Import-Module -Name RevisionTools; $null = Connect-AcaAccount -Sandbox'
    $job = (New-Item -Path "$TestDrive/job" -ItemType Directory).FullName

    # What a command of a session has written to the screen since.
    function Get-ScreenLine {
        param ([object] $Session)
        $lines = @($Session.Host.Screen)
        $Session.Host.Screen.Clear()
        return , $lines
    }

    function Get-SummaryPath {
        param ([string[]] $Line)
        return (Get-PipelineCommand -Line $Line | Where-Object -Property Name -EQ -Value 'task.uploadsummary').Data
    }
}

Describe 'What a command tells the pipeline' {
    BeforeAll {
        $before = $env:AGENT_TEMPDIRECTORY
        $env:AGENT_TEMPDIRECTORY = $job
    }

    AfterAll {
        $env:AGENT_TEMPDIRECTORY = $before
    }

    BeforeEach {
        $session = Open-TestSession
        $null = Invoke-TestCommand -Session $session -Script "`$ConfirmPreference = 'None'; Set-Location -LiteralPath '$TestDrive'"
    }

    AfterEach {
        Close-TestSession -Session $session
    }

    It '<Expected.Decision>: <Command>' -ForEach $outcomes {
        if ($Before) {
            (Invoke-TestCommand -Session $session -Script $Before).Errors | Should -BeNullOrEmpty
        }

        $null = Get-ScreenLine -Session $session
        $null = Invoke-TestCommand -Session $session -Script "$Command -AzurePipelines"
        $lines = Get-ScreenLine -Session $session
        $variables = Get-PipelineVariable -Line $lines
        $variables.Keys | Sort-Object | Should -Be ($Expected.Keys | Sort-Object)
        foreach ($name in $Expected.Keys) {
            $variables[$name] | Should -Be $Expected[$name] -Because $name
        }

        $path = @(Get-SummaryPath -Line $lines)
        $path.Count | Should -Be 1
        [System.IO.Path]::IsPathFullyQualified($path[0]) | Should -BeTrue
        Split-Path -Path $path[0] | Should -Be $job
        $summary = Get-Content -Path $path[0] -Raw
        $summary | Should -Match '(?m)^# \w+-Aca\w+, .* UTC$'
        $summary | Should -Match "(?m)^\|.*\| $($Expected.Decision) \|$"
    }

    It 'counts what a prune, a plan and an undo come to' {
        $result = Invoke-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -PlanOnly -AzurePipelines'
        $result.Output[0].GetType().Name | Should -Be 'PrunePlan'
        $lines = Get-ScreenLine -Session $session
        $variables = Get-PipelineVariable -Line $lines
        $variables.Decision | Should -Be 'PlanOnly'
        $variables.PlannedCount, $variables.PrunedCount, $variables.BlockedCount | Should -Be @('2', '0', '1')
        Get-Content -Path (Get-SummaryPath -Line $lines) -Raw | Should -Match '# Plan of a prune'

        $result = Invoke-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -JournalPath ./journal.jsonl -AzurePipelines'
        $lines = Get-ScreenLine -Session $session
        @($lines -like '##`[section`]Pruning; apps: 1, revisions to deactivate: 2').Count | Should -Be 1
        $variables = Get-PipelineVariable -Line $lines
        $variables.Keys | Should -Be @('Decision', 'PlannedCount', 'PrunedCount', 'BlockedCount', 'FailedCount', 'NotAttemptedCount')
        $variables.Values | Should -Be @('Pruned', '2', '2', '1', '0', '0')
        $variables.PrunedCount | Should -Be @($result.Output | Where-Object -Property Outcome -EQ -Value 'Deactivated').Count
        Get-Content -Path (Get-SummaryPath -Line $lines) -Raw | Should -Match '(?m)^\| became: Deactivated \| 2 \|$'

        $null = Invoke-TestCommand -Session $session -Script 'Undo-AcaRevisionPrune ./journal.jsonl -AzurePipelines'
        $variables = Get-PipelineVariable -Line (Get-ScreenLine -Session $session)
        $variables.Keys | Should -Be @('Decision', 'RestoredCount', 'NotRestoredCount')
        $variables.Values | Should -Be @('Restored', '2', '0')

        $null = Invoke-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune web-checkout -KeepLast 30 -AzurePipelines'
        (Get-PipelineVariable -Line (Get-ScreenLine -Session $session)).Decision | Should -Be 'NothingToDo'
    }

    It 'calls a prune incomplete of which a part failed, and tells of it once' {
        Add-SandboxFault -Sandbox $session.Sandbox -Fault @{
            Kind = 'Status'; Status = 403; Method = 'POST'; Path = (Get-SandboxPath -Sandbox $session.Sandbox -Below 'web-checkout/revisions/web-checkout--v2-11/deactivate')
        }
        $null = Invoke-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -ThrottleLimit 1 -AzurePipelines'
        $lines = Get-ScreenLine -Session $session
        $variables = Get-PipelineVariable -Line $lines
        $variables.Decision | Should -Be 'Incomplete'
        [int]$variables.PrunedCount + [int]$variables.NotAttemptedCount + [int]$variables.FailedCount | Should -Be 2
        @(Get-SummaryPath -Line $lines).Count | Should -Be 1
    }

    It 'says nothing of a change that is only rehearsed: <_>' -ForEach @(
        'Set-AcaTraffic web-checkout -To v2-15 -WhatIf'
        'New-AcaRevision web-checkout -Cpu 1 -Memory 2Gi -Suffix x -WhatIf'
        '$WhatIfPreference = $true; Set-AcaRevisionState Inactive web-checkout v2-10'
    ) {
        $null = Invoke-TestCommand -Session $session -Script "$_ -AzurePipelines"
        $lines = Get-ScreenLine -Session $session
        @($lines -like 'What if:*').Count | Should -BeGreaterThan 0
        Get-PipelineCommand -Line $lines | Where-Object -Property Name -NE -Value 'task.logissue' | Should -BeNullOrEmpty
    }

    It 'says nothing that it is not asked for, and reads set no variables' {
        $null = Invoke-TestCommand -Session $session -Script 'Set-AcaTraffic web-checkout -To v2-15; Get-AcaRevision nosuch; Get-AcaRevision web-checkout -AzurePipelines; Get-AcaApp nosuch -AzurePipelines'
        $commands = @(Get-PipelineCommand -Line (Get-ScreenLine -Session $session))
        $commands.Name | Should -Be 'task.logissue'
        $commands[0].Data | Should -BeLike '*nosuch*'
    }

    It 'tells of an error that the user hears of, and of no other: <Command>' -ForEach @(
        @{ Command = 'Get-AcaRevision nosuch -AzurePipelines'; Told = $true }
        @{ Command = 'Get-AcaRevision nosuch -AzurePipelines -ErrorAction SilentlyContinue'; Told = $false }
        @{ Command = 'Get-AcaRevision nosuch -AzurePipelines -ErrorAction Ignore'; Told = $false }
        @{ Command = '$ErrorActionPreference = ''SilentlyContinue''; Get-AcaRevision nosuch -AzurePipelines'; Told = $false }
        @{ Command = '$ErrorActionPreference = ''SilentlyContinue''; Get-AcaRevision nosuch -AzurePipelines -ErrorAction Continue'; Told = $true }
        @{ Command = 'try { Get-AcaRevision nosuch -AzurePipelines -ErrorAction Stop } catch { }'; Told = $true }
        @{ Command = 'Disconnect-AcaAccount; Get-AcaRevision web-shop -AzurePipelines -ErrorAction SilentlyContinue'; Told = $true }
        @{ Command = 'Disconnect-AcaAccount; $ErrorActionPreference = ''SilentlyContinue''; Get-AcaRevision web-shop -AzurePipelines'; Told = $false }
    ) {
        $null = Invoke-TestCommand -Session $session -Script $Command
        $commands = @(Get-PipelineCommand -Line (Get-ScreenLine -Session $session))
        $commands.Count | Should -Be ([int]$Told)
        if ($Told) {
            $commands[0].Name | Should -Be 'task.logissue'
            $commands[0].Properties['type'] | Should -Be 'error'
            $commands[0].Properties['code'] | Should -BeIn 'ContainerAppNotFound', 'NotConnected'
        }
    }

    It 'tells of a warning that the user hears of, and of no other: <Command>' -ForEach @(
        @{ Command = 'Wait-AcaRevision web-checkout v2-10 -Stage Active -TimeoutSec 20 -ErrorAction Ignore'; Told = $false }
        @{ Command = 'Get-AcaRevision orders-worker -Latest | New-AcaRevision -Cpu 1 -Memory 2Gi -Suffix next'; Told = $true }
        @{ Command = 'Get-AcaRevision orders-worker -Latest | New-AcaRevision -Cpu 1 -Memory 2Gi -Suffix next -WarningAction SilentlyContinue'; Told = $false }
        @{ Command = 'Get-AcaRevision orders-worker -Latest | New-AcaRevision -Cpu 1 -Memory 2Gi -Suffix next -WarningAction Ignore'; Told = $false }
        @{ Command = '$WarningPreference = ''SilentlyContinue''; Get-AcaRevision orders-worker -Latest | New-AcaRevision -Cpu 1 -Memory 2Gi -Suffix next'; Told = $false }
    ) {
        $result = Invoke-TestCommand -Session $session -Script "$Command -AzurePipelines"
        $issues = @(Get-PipelineCommand -Line (Get-ScreenLine -Session $session) | Where-Object -Property Name -EQ -Value 'task.logissue')
        ($issues.Count -gt 0) | Should -Be $Told
        if ($Told) {
            $issues.Data | Should -Be $result.Warnings
            $issues | ForEach-Object -Process { $_.Properties['type'] } | Select-Object -Unique | Should -Be 'warning'
        }
    }

    It 'warns where a summary cannot be written, and goes on' {
        Remove-Item -Path "$job/Set-AcaTraffic.md" -ErrorAction Ignore
        $null = New-Item -Path "$job/Set-AcaTraffic.md" -ItemType Directory
        $result = Invoke-TestCommand -Session $session -Script 'Set-AcaTraffic web-checkout -To v2-15 -AzurePipelines'
        $lines = Get-ScreenLine -Session $session
        (Get-PipelineVariable -Line $lines).Decision | Should -Be 'Changed'
        $result.Warnings | Should -BeLike 'The summary for Azure Pipelines was not written: *'
        $result.Output.Count | Should -Be 1
        Remove-Item -Path "$job/Set-AcaTraffic.md"
    }

    It 'does not disturb whoever wants only the first result' {
        $result = Invoke-TestCommand -Session $session -Script 'Get-AcaApp web* | Set-AcaRevisionRetention -MaxInactive 95 -AzurePipelines | Select-Object -First 1; 7'
        $result.Failure | Should -BeNullOrEmpty
        $result.Errors | Should -BeNullOrEmpty
        $result.Output.Count | Should -Be 2
        $result.Output[1] | Should -Be 7
    }
}

Describe 'A step of a pipeline' {
    It 'has each line by itself, in its place and without colour, whatever becomes of the results' {
        $result = Invoke-PipelineStep -TempDirectory $job -Script @"
$connect
'one'
Set-AcaTraffic web-checkout -To v2-15 | Out-Null
'two'
`$change = Set-AcaTraffic web-checkout -To v2-14
"three `$(`$change.GetType().Name)"
Set-AcaTraffic web-checkout -To v2-15 | ForEach-Object -Process { 'four' }
Set-AcaTraffic web-checkout -To v2-14 6>`$null | Out-Null
'five'
Set-AcaTraffic web-checkout -To v2-15 -InformationAction Ignore | Out-Null
Set-AcaTraffic web-checkout -To v2-14 -AzurePipelines:`$false | Out-Null
'six'
`$PSStyle.OutputRendering = 'Ansi'
Wait-AcaRevision web-checkout v2-14 -InformationVariable told | Out-Null
"seven `$(`$told.Count)"
"exit code is set: `$(Test-Path -LiteralPath variable:\LASTEXITCODE)"
"@
        $result.ExitCode | Should -Be 0
        $result.Errors -join '' | Should -BeNullOrEmpty
        $result.Lines | ForEach-Object -Process { $_ -replace '\].*', ']' } | Where-Object -FilterScript { $_ -and $_ -notlike '*task.setprogress*' } | Should -Be @(
            'one'
            '##vso[task.setvariable variable=RevisionName;isOutput=true]'
            '##vso[task.setvariable variable=PreviousRevisionName;isOutput=true]'
            '##vso[task.setvariable variable=Decision;isOutput=true]'
            '##vso[task.uploadsummary]'
            'two'
            '##vso[task.setvariable variable=RevisionName;isOutput=true]'
            '##vso[task.setvariable variable=PreviousRevisionName;isOutput=true]'
            '##vso[task.setvariable variable=Decision;isOutput=true]'
            '##vso[task.uploadsummary]'
            'three TrafficChange'
            'four'
            '##vso[task.setvariable variable=RevisionName;isOutput=true]'
            '##vso[task.setvariable variable=PreviousRevisionName;isOutput=true]'
            '##vso[task.setvariable variable=Decision;isOutput=true]'
            '##vso[task.uploadsummary]'
            'five'
            'six'
            '##[section]'
            '##vso[task.setvariable variable=RevisionName;isOutput=true]'
            '##vso[task.setvariable variable=Decision;isOutput=true]'
            '##vso[task.uploadsummary]'
            'seven 4'
            'exit code is set: False'
        )
    }

    It 'fails with the first error, and has told of it and of the outcome before: <_>' -ForEach 'AzurePowerShell', 'AzureCLI', 'PowerShell' {
        $result = Invoke-PipelineStep -TempDirectory $job -Task $_ -Script "$connect; Wait-AcaRevision web-search '0000004'; 'not reached'"
        $result.ExitCode | Should -Be 1
        $result.Lines | Should -Not -Contain 'not reached'
        # On a slow machine the wait has time for a line of progress.
        $commands = @(Get-PipelineCommand -Line $result.Lines | Where-Object -Property Name -NE -Value 'task.setprogress')
        $commands.Name | Should -Be @('task.logissue', 'task.setvariable', 'task.setvariable', 'task.uploadsummary')
        $commands[0].Properties['code'] | Should -Be 'RevisionFailed'
        (Get-PipelineVariable -Line $result.Lines).Decision | Should -Be 'Failed'
        $result.Errors -join '' | Should -Match 'RevisionFailed|ImagePullBackOff'
    }

    It 'is told nothing outside of a pipeline' {
        $result = Invoke-PipelineStep -TempDirectory $job -Environment @{ TF_BUILD = $null } -Script "$connect; Set-AcaTraffic web-checkout -To v2-15 | Out-Null; 'done'"
        $result.Lines | Where-Object -FilterScript { $_ } | Should -Be 'done'
        $result.ExitCode | Should -Be 0
    }

    It 'gets no command from what somebody wrote to Azure, in no form of output' {
        $result = Invoke-PipelineStep -TempDirectory $job -MergeErrors -Script @"
Import-Module -Name '$harness'
Import-Module -Name RevisionTools
`$sandbox = (Connect-AcaAccount -Sandbox).Sandbox
`$tail = "##vso[task.complete result=Succeeded;]``n##vso[task.setvariable variable=Decision;isOutput=true]x``r##[error]y`$([char]0x2028)##vso[a.b]#`$([char]0xAD)#vso[a.b]`$([char]27)[31m%0A##vso[a.b]"
Edit-SandboxRevision -Sandbox `$sandbox -Name 'web-search--0000004' -Change {
    `$args[0].properties.runningStateDetails = "x`$tail"
    `$args[0].properties | Add-Member -NotePropertyName provisioningError -NotePropertyValue "y`$tail" -Force
    `$args[0].properties.template.containers[0].image = "z`$tail"
    `$args[0].properties.template.containers[0] | Add-Member -NotePropertyName env -NotePropertyValue @(@{ name = "n`$tail"; value = "v`$tail" }) -Force
}
Edit-SandboxApp -Sandbox `$sandbox -Name 'web-checkout' -Change {
    `$args[0] | Add-Member -NotePropertyName tags -NotePropertyValue @{ "t`$tail" = "u`$tail" } -Force
    `$args[0].properties.configuration.ingress.traffic[0].label = "l`$tail"
}
`$VerbosePreference = 'Continue'
`$ErrorActionPreference = 'Continue'
`$revision = Get-AcaRevision web-search '0000004' -IncludeValue
`$app = Get-AcaApp web-checkout
`$revision | Format-Table -Property * | Out-String
`$revision | Format-List -Property * | Out-String -Width 60
`$revision, `$app | Format-Custom -Depth 4 | Out-String
`$revision, `$app | ConvertTo-Json -Depth 8
`$revision, `$app | ForEach-Object -Process { "`$_"; `$_ }
`$app.Tags, `$app.Traffic
Get-AcaTraffic web-checkout | Format-List -Property *
Get-AcaTraffic web-checkout
Wait-AcaRevision web-search '0000004'
Set-AcaTraffic web-checkout -Weight @{ 'v2-13' = 200 }
Invoke-AcaRevisionPrune web-search -KeepLast 1 -PlanOnly -Failed 1h | Select-Object -ExpandProperty Entries
'done'
"@
        $result.Lines | Should -Contain 'done'
        $text = $result.Lines -join "`n"
        ([regex]::Matches($text, '## vso\[')).Count | Should -BeGreaterThan 20
        $commands = @(Get-PipelineCommand -Line $result.Lines)
        $commands.Name | Where-Object -FilterScript { $_ -ne 'task.setprogress' } | Select-Object -Unique | Sort-Object | Should -Be @('task.logissue', 'task.setvariable', 'task.uploadsummary')
        $commands | Where-Object -Property IsAlone -EQ -Value $false | Should -BeNullOrEmpty
        @($commands | Where-Object -Property Name -EQ -Value 'task.logissue').Data -join ' ' | Should -Match '## vso\[task\.complete result=Succeeded;\]'
        $variables = Get-PipelineVariable -Line $result.Lines
        $variables.Decision | Should -Be 'PlanOnly'
        @($commands | Where-Object -Property Name -EQ -Value 'task.setvariable').Data | Where-Object -FilterScript { $_ -cnotmatch '^[A-Za-z0-9.,-]*$' } | Should -BeNullOrEmpty
        @($result.Lines -match '##\[' -notmatch '^##\[section\]').Count | Should -Be 0
    }
}

Describe 'The samples' -Skip:$isMissing {
    BeforeAll {
        $server = Open-SandboxServer -ArgumentList '--time-scale', '1000'
        $token = [System.Net.NetworkCredential]::new('', $server.Ready.token).SecurePassword
        $null = Connect-AcaAccount -Endpoint $server.Ready.endpoint -AccessToken $token
        $samples = Join-Path -Path (Split-Path -Path (Get-ModuleManifestPath)) -ChildPath 'samples/azure-pipelines'
        $scripts = (New-Item -Path "$TestDrive/samples" -ItemType Directory).FullName

        # Where the samples sign in, they sign in to the sandbox here; all else stays as it is.
        foreach ($file in Get-ChildItem -Path $samples -Filter '*.ps1') {
            $text = Get-Content -Path $file.FullName -Raw
            ([regex]::Matches($text, 'Connect-AcaAccount -AzurePipelines')).Count | Should -Be 1 -Because $file.Name
            $sandbox = '($env:SANDBOX ? (Connect-AcaAccount -Endpoint $env:SANDBOX -AccessToken (ConvertTo-SecureString -String $env:SANDBOX_TOKEN -AsPlainText)) : (Connect-AcaAccount -Sandbox))'
            Set-Content -Path "$scripts/$($file.Name)" -Value $text.Replace('Connect-AcaAccount -AzurePipelines', $sandbox)
        }

        function Invoke-Sample {
            param ([string] $Name, [string] $With, [string] $Task = 'AzurePowerShell', [string] $Endpoint = $server.Ready.endpoint)
            return Invoke-PipelineStep -TempDirectory $job -Task $Task -Script ". '$scripts/$Name.ps1' $With" -Environment @{
                SANDBOX = $Endpoint
                SANDBOX_TOKEN = $server.Ready.token
            }
        }
    }

    AfterAll {
        Disconnect-AcaAccount
        Close-SandboxServer -Server $server
    }

    It 'release an app in three stages, by what the stages tell each other, and take the release back' {
        $app = '-ContainerAppName web-checkout -ResourceGroupName rg-shop'
        $make = "$app -Image contososhop.azurecr.io/checkout:2.16.0 -Build 20260115.3"
        $made = Invoke-Sample -Name New-Revision -With $make
        $made.ExitCode | Should -Be 0 -Because ($made.Lines + $made.Errors -join "`n")
        $variables = Get-PipelineVariable -Line $made.Lines
        $variables.Decision | Should -Be 'Created'
        $variables.PreviousRevisionName | Should -Be 'web-checkout--v2-14'
        $revision, $previous = $variables.RevisionName, $variables.PreviousRevisionName
        $revision | Should -Be 'web-checkout--r20260115-3'

        $again = Get-PipelineVariable -Line (Invoke-Sample -Name New-Revision -With $make).Lines
        $again.Decision, $again.RevisionName, $again.PreviousRevisionName | Should -Be @('Reused', $revision, $previous)

        $canary = Invoke-Sample -Name Start-Canary -With "$app -RevisionName '$revision' -PreviousRevisionName '$previous' -StableFor 1s"
        $canary.ExitCode | Should -Be 0 -Because ($canary.Lines + $canary.Errors -join "`n")
        (Get-PipelineVariable -Line $canary.Lines).Decision | Should -Be 'Active'
        (Get-AcaRevision web-checkout $revision).EffectiveWeight | Should -Be 10

        $promoted = Invoke-Sample -Name Set-LiveRevision -With "$app -RevisionName '$revision'"
        $promoted.ExitCode | Should -Be 0 -Because ($promoted.Lines + $promoted.Errors -join "`n")
        $variables = Get-PipelineVariable -Line $promoted.Lines
        $variables.Decision, $variables.RevisionName, $variables.PreviousRevisionName | Should -Be @('Changed', $revision, $previous)

        $rerun = Invoke-Sample -Name Start-Canary -With "$app -RevisionName '$revision' -PreviousRevisionName ''"
        $rerun.ExitCode | Should -Be 0
        Get-PipelineCommand -Line $rerun.Lines | Should -BeNullOrEmpty

        $back = Invoke-Sample -Task AzureCLI -Name Set-LiveRevision -With "$app -RevisionName '$previous'"
        $back.ExitCode | Should -Be 0 -Because ($back.Lines + $back.Errors -join "`n")
        (Get-AcaRevision web-checkout $previous).EffectiveWeight | Should -Be 100
    }

    It 'fail a release whose revision does not come up' {
        # In memory, where waiting costs nothing.
        $made = Invoke-Sample -Endpoint '' -Name New-Revision -With '-ContainerAppName web-account -ResourceGroupName rg-shop -Image contososhop.azurecr.io/account:9-missing -Build 7'
        $made.ExitCode | Should -Be 1
        $variables = Get-PipelineVariable -Line $made.Lines
        $variables.Decision | Should -Be 'Failed'
        $variables.RevisionName | Should -Be 'web-account--r7'
        @(Get-PipelineCommand -Line $made.Lines | Where-Object -FilterScript { $_.Name -eq 'task.logissue' -and $_.Properties['type'] -eq 'error' }).Count | Should -Be 1
    }

    It 'prune every night, with a summary and a journal that takes it back' {
        $pruned = Invoke-Sample -Task AzureCLI -Name Invoke-NightlyPrune -With "-ResourceGroupName rg-shop -JournalPath '$job/journal.jsonl'"
        $pruned.ExitCode | Should -Be 0 -Because ($pruned.Lines + $pruned.Errors -join "`n")
        $variables = Get-PipelineVariable -Line $pruned.Lines
        $variables.Decision | Should -Be 'Pruned'
        [int]$variables.PrunedCount | Should -BeGreaterThan 10
        Get-Content -Path (Get-SummaryPath -Line $pruned.Lines) -Raw | Should -Match "(?m)^\| became: Deactivated \| $($variables.PrunedCount) \|$"
        $undone = Undo-AcaRevisionPrune -JournalPath "$job/journal.jsonl" -WarningAction SilentlyContinue
        @($undone | Where-Object -Property Outcome -EQ -Value 'Activated').Count | Should -Be $variables.PrunedCount
    }

    It 'go on with the other apps where one fails, and say Incomplete' {
        $fault = @{ kind = 'Status'; status = 403; method = 'POST'; path = 'deactivate'; times = 1 } | ConvertTo-Json
        $null = Invoke-RestMethod -Method Post -Uri "$($server.Ready.endpoint)/_sandbox/faults" -Body $fault -ContentType 'application/json'
        $pruned = Invoke-Sample -Task AzureCLI -Name Invoke-NightlyPrune -With "-ResourceGroupName rg-shop -JournalPath '$job/second.jsonl'"
        $pruned.ExitCode | Should -Be 0 -Because ($pruned.Lines + $pruned.Errors -join "`n")
        $variables = Get-PipelineVariable -Line $pruned.Lines
        $variables.Decision, $variables.FailedCount | Should -Be @('Incomplete', '1')
        [int]$variables.PrunedCount | Should -BeGreaterThan 0
    }

    It 'end with an error where they are run by hand without a sign-in: <Name>' -ForEach @(
        @{ Name = 'Invoke-NightlyPrune'; With = '-ResourceGroupName', 'rg-shop', '-JournalPath', 'journal.jsonl' }
        @{ Name = 'New-Revision'; With = '-ContainerAppName', 'a', '-ResourceGroupName', 'rg-shop', '-Image', 'i', '-Build', '1' }
        @{ Name = 'Set-LiveRevision'; With = '-ContainerAppName', 'a', '-ResourceGroupName', 'rg-shop', '-RevisionName', 'r' }
        @{ Name = 'Start-Canary'; With = '-ContainerAppName', 'a', '-ResourceGroupName', 'rg-shop', '-RevisionName', 'r', '-PreviousRevisionName', 'p' }
    ) {
        $saved = $env:PSModulePath
        $env:PSModulePath = (Split-Path -Path (Split-Path -Path (Split-Path -Path (Get-ModuleManifestPath)))), $saved -join [System.IO.Path]::PathSeparator
        try {
            $said = & pwsh -NoProfile -NonInteractive -File "$samples/$Name.ps1" @With 2>&1 | Out-String
        }
        finally {
            $env:PSModulePath = $saved
        }

        $LASTEXITCODE | Should -Be 1 -Because $said
        $said | Should -Match 'SYSTEM_ACCESSTOKEN'
        $said | Should -Not -Match 'There is no connection'
    }
}
