#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    function Get-Completion {
        param ([string] $Line)
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches | ForEach-Object -Process { $_.CompletionText }
    }

    # What runs for the first time is compiled first, and the patience of completion is short.
    $null = Connect-FreshSandbox
    $null = Get-AcaRevision -ContainerAppName web-search
    $null = Get-AcaFunction -ContainerAppName func-invoices
    $null = Get-Completion -Line 'Get-AcaFunction func-invoices '
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Completion' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'completes <Line>' -ForEach @(
        @{ Line = 'Get-AcaApp -EnvironmentName '; Expected = @('env-northeurope', 'env-westeurope') }
        @{ Line = 'Get-AcaApp -Kind '; Expected = @('ContainerApp', 'FunctionApp', 'WorkflowApp') }
        @{ Line = 'Get-AcaApp -AllSubscriptions -Kind f'; Expected = @('FunctionApp') }
        @{ Line = 'Get-AcaLabelHistory web-checkout '; Expected = @('canary', 'previous', 'stable') }
        @{ Line = 'Get-AcaLabelHistory -ContainerAppName web-checkout -Label S'; Expected = @('stable') }
        @{ Line = 'Get-AcaFunction func-invoices '; Expected = @('CreateInvoice', 'PreviewInvoice', 'SendReminders') }
        @{ Line = 'Get-AcaFunction -ContainerAppName func-invoices -RevisionName "0000002" -Name s'; Expected = @('SendReminders') }
        @{ Line = 'Get-AcaFunction func-invoices -RevisionName w'; Expected = @('func-invoices--w6e1u9n') }
        @{ Line = 'New-AcaRetentionPolicy -KeepDaily 7 -TimeZone europe/berl'; Expected = @('Europe/Berlin') }
        @{ Line = 'Invoke-AcaRevisionPrune web-shop -KeepDaily 7 -TimeZone Asia/Tok'; Expected = @('Asia/Tokyo') }
        @{ Line = 'Invoke-AcaRevisionPrune web-search -KeepName web-search--0000002'; Expected = @('web-search--0000002') }
        @{ Line = 'New-AcaRetentionPolicy -KeepLast 1 -GroupBy '; Expected = @('App', 'Image', 'Label') }
        @{ Line = 'Get-AcaRevision web-checkout, web-shop v2-15'; Expected = @('web-checkout--v2-15') }
    ) {
        Get-Completion -Line $Line | Should -Be $Expected
    }

    It 'asks once for what several words need' {
        $null = Get-Completion -Line 'Get-AcaApp web-'
        $null = Get-Completion -Line 'Get-AcaApp web-sh'
        $null = Get-Completion -Line 'Get-AcaApp -EnvironmentName e'
        $null = Get-Completion -Line 'Get-AcaApp -ResourceGroupName r'
        $null = Get-Completion -Line 'Get-AcaLabelHistory web-checkout -Label '
        $sandbox.Requests.Count | Should -Be 1
        $null = Get-Completion -Line 'Get-AcaRevision web-search web-search--'
        $null = Get-Completion -Line 'Get-AcaRevision web-search web-search--0'
        $sandbox.Requests.Count | Should -Be 2
    }

    It 'forgets after a command that changes things, and not after one that looks' {
        # The client of a connection is made by its first command, which takes longer than completion waits on a slow machine.
        $null = Get-AcaApp -Name web-search
        $null = Get-Completion -Line 'Get-AcaApp web-'
        $null = Get-AcaRevision -ContainerAppName web-search -Name 0000002
        $sandbox.ClearRequests()
        $null = Get-Completion -Line 'Get-AcaApp web-'
        $sandbox.Requests.Count | Should -Be 0
        Set-AcaRevisionState Inactive -ContainerAppName web-search -Name 0000002
        $sandbox.ClearRequests()
        Get-Completion -Line 'Get-AcaApp web-s' | Should -Be @('web-search', 'web-shop')
        $sandbox.Requests.Count | Should -Be 1
    }

    It 'forgets with the connection' {
        $null = Get-Completion -Line 'Get-AcaApp web-'
        $other = Connect-FreshSandbox
        $null = Get-Completion -Line 'Get-AcaApp web-'
        $other.Requests.Count | Should -Be 1
        Disconnect-AcaAccount
        Get-Completion -Line 'Get-AcaApp web-' | Should -BeNullOrEmpty
    }

    It 'puts quotes around what is no plain word' {
        $file = Join-Path -Path $TestDrive -ChildPath 'odd.json'
        '{ "apps": [{ "resourceGroup": "rg(1)", "name": "web" }] }' | Set-Content -Path $file
        $null = Connect-AcaAccount -Sandbox -Scenario $file
        Get-Completion -Line 'Get-AcaApp -ResourceGroupName r' | Should -Be "'rg(1)'"
        Get-Completion -Line "Get-AcaApp -ResourceGroupName 'r" | Should -Be "'rg(1)'"
    }

    It 'puts quotes around what is a number' {
        $file = Join-Path -Path $TestDrive -ChildPath 'numbers.json'
        '{ "apps": [{ "resourceGroup": "0042", "name": "web" }, { "resourceGroup": "04-apps", "name": "web" }, { "resourceGroup": "01e2", "name": "web" }] }' | Set-Content -Path $file
        $null = Connect-AcaAccount -Sandbox -Scenario $file
        Get-Completion -Line 'Get-AcaApp -ResourceGroupName 0' | Should -Be @("'0042'", "'01e2'", '04-apps')
    }

    It 'gives up in less than half a second, and uses what has come in by then' {
        $sandbox.PageSize = 3
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Hold'; Method = 'GET'; Path = '*/containerApps'; Skip = 1 }
        $Error.Clear()
        $null = Get-Completion -Line 'Get-AcaContext '
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $names = Get-Completion -Line 'Get-AcaApp web-'
        $watch.Stop()
        $names | Should -Be @('web-checkout', 'web-landing', 'web-shop')
        $watch.ElapsedMilliseconds | Should -BeGreaterThan 300
        $watch.ElapsedMilliseconds | Should -BeLessThan 1500
        $Error | Should -BeNullOrEmpty
        Wait-Until -Condition { $sandbox.InFlight -eq 0 }
    }

    It 'does not take half an answer for the whole one' {
        $sandbox.PageSize = 3
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Hold'; Method = 'GET'; Path = '*/containerApps'; Skip = 1 }
        (Get-Completion -Line 'Get-AcaApp web-').Count | Should -Be 3
        (Get-Completion -Line 'Get-AcaApp web-').Count | Should -Be 5
    }

    It 'is quiet where a service refuses: <Line>' -ForEach @(
        @{ Line = 'Get-AcaApp -EnvironmentName ' }
        @{ Line = 'Get-AcaLabelHistory web-checkout ' }
        @{ Line = 'Get-AcaFunction func-invoices ' }
        @{ Line = 'Get-AcaRevision web-shop ' }
    ) {
        $sandbox.Inject('Status', 'GET', '*', [int]::MaxValue, 403)
        $Error.Clear()
        Get-Completion -Line $Line | Where-Object -FilterScript { $_ -notlike '.*' -and -not (Test-Path -Path $_) } | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }
}
