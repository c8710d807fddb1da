#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    # What is said without being asked for is looked at here, so the suite must not ask.
    $PSDefaultParameterValues = @{}
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    $line = '^GET /subscriptions/\S+/containerApps/web-shop: \d+\.\d s to wait before try 2: '
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'The debug stream' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
        $path = Get-SandboxPath -Sandbox $sandbox -Below 'web-shop'
    }

    It 'says what a retry waits for: <Reason>' -ForEach @(
        @{ Reason = 'the answer was 503, and this is our own pace'; Fault = @{ Kind = 'Status'; Status = 503 } }
        @{ Reason = 'the answer was 429, and asks for it'; Fault = @{ Kind = 'Status'; Status = 429; RetryAfter = [timespan]'00:00:09' } }
        @{ Reason = 'there was no answer, and this is our own pace'; Fault = @{ Kind = 'ConnectionReset' } }
    ) {
        Add-SandboxFault -Sandbox $sandbox -Fault (@{ Method = 'GET'; Path = $path } + $Fault)
        $records = @(Get-AcaApp -Name web-shop -ResourceGroupName rg-shop -Debug 5>&1)
        $words = $records.Where({ $_ -is [System.Management.Automation.DebugRecord] }).Message
        $pauses = @($words -match ' s to wait ')
        $pauses | Should -HaveCount 1
        $pauses | Should -Match "$line$Reason`$"
        $records[-1] | Should -BeOfType ([RevisionTools.ContainerApp])
    }

    It 'says that an app is busy, and how long that is waited for' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = 409; ErrorCode = 'ContainerAppOperationInProgress'; Method = 'POST'; Path = '*/deactivate' }
        $records = Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001 -Debug 5>&1
        @($records.Message) -match ' s to wait ' | Should -Match '^web-shop--0000001: \d+\.\d s to wait before call 2: another operation is going on, and this is our own pace$'
    }

    It 'has the requests too, and no pause where there is no trouble' {
        $records = @(Get-AcaApp -Name web-shop -ResourceGroupName rg-shop -Debug 5>&1)
        $records[0].Message | Should -Match '^GET /subscriptions/[^? ]+: 200 in \d+ ms, correlation [0-9a-f-]{36}$'
        $records[1] | Should -BeOfType ([RevisionTools.ContainerApp])
    }

    It 'is silent without -Debug' {
        $sandbox.Inject('Status', 'GET', $path, 1, 503)
        Get-AcaApp -Name web-shop -ResourceGroupName rg-shop 5>&1 | Should -BeOfType ([RevisionTools.ContainerApp])
    }

    It 'leaves the requests to the verbose stream where that is asked for' {
        $kinds = Get-AcaApp -Name web-shop -ResourceGroupName rg-shop -Debug -Verbose 4>&1 5>&1 | ForEach-Object -Process { $_.GetType().Name }
        $kinds | Should -Be @('VerboseRecord', 'ContainerApp')
    }

    It 'asks nothing because of a warning, and says it once, with a host that <_>' -ForEach 'Answers', 'HasNone', 'Throws' {
        $session = Open-TestSession -HostManner $_
        try {
            $command = Submit-TestCommand -Session $session -Script (
                'Get-AcaApp orders-worker | Invoke-AcaRevisionPrune -KeepLast 1 -IncludeEventConsumer -Confirm:$false -Debug')
            # An answer, so that a question is a failure and does not hold the session.
            $result = Wait-TestCommand -Command $command -OnPrompt { 'Yes' }
            $result.Failure | Should -BeNullOrEmpty
            $result.Errors | Should -BeNullOrEmpty
            $result.Prompts | Should -BeNullOrEmpty
            ($result.Output | Where-Object -FilterScript { $_ -is [RevisionTools.PruneResult] }).Outcome | Should -Contain 'Deactivated'
            $result.Warnings | Should -HaveCount 1
            $said = $command.PowerShell.Streams.Debug.Message
            $said | Should -Not -BeNullOrEmpty
            $said | Should -Not -Contain $result.Warnings[0]
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    It 'leaves a warning to -WarningAction where that is given: <_>' -ForEach 'Inquire', 'SilentlyContinue' {
        $session = Open-TestSession
        try {
            $action = $_
            $result = Invoke-TestCommand -Session $session -OnPrompt { 'Yes' } -Script (
                "Get-AcaApp orders-worker | Invoke-AcaRevisionPrune -KeepLast 1 -IncludeEventConsumer -Confirm:`$false -Debug -WarningAction $action")
            $result.Failure | Should -BeNullOrEmpty
            $count = if ($action -eq 'Inquire') { 1 } else { 0 }
            $result.Prompts | Should -HaveCount $count
            $result.Warnings | Should -HaveCount $count
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    It 'asks nothing at a prompt, either' {
        $session = Open-TestSession
        try {
            $result = Invoke-TestCommand -Session $session -Script 'Get-AcaRevision web-shop -Debug'
            $result.Failure | Should -BeNullOrEmpty
            $result.Prompts | Should -BeNullOrEmpty
            $result.Output.Count | Should -Be 31
        }
        finally {
            Close-TestSession -Session $session
        }
    }
}

Describe 'The verbose stream' {
    It 'has a line for each request: method, path, status, time and the id for support' {
        $null = Connect-FreshSandbox
        $records = @(Get-AcaRevision -ContainerAppName web-shop -ResourceGroupName rg-shop -Verbose 4>&1)
        $words = $records.Where({ $_ -is [System.Management.Automation.VerboseRecord] }).Message
        $words.Count | Should -BeGreaterThan 1
        $words | ForEach-Object -Process {
            $_ | Should -Match '^GET /subscriptions/[^? ]+: 200 in \d+ ms, correlation [0-9a-f-]{36}$'
        }
    }
}
