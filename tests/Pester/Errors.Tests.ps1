#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    # A token as Azure would give it: readable claims, and a signature that nobody may ever see.
    function Get-AccessToken {
        param ([datetimeoffset] $Expires)
        $parts = '{"alg":"RS256","typ":"JWT"}', "{`"upn`":`"kim@contoso.com`",`"exp`":$($Expires.ToUnixTimeSeconds())}", 'signature-to-be-kept-secret' |
            ForEach-Object -Process { [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($_)).TrimEnd('=').Replace('+', '-').Replace('/', '_') }
        return $parts -join '.'
    }

    # Everything that a command has said, in all streams, on the screen and inside its errors.
    function Get-EveryWord {
        param ([object] $Command)
        $streams = $Command.PowerShell.Streams
        return @(
            $Command.Output, $streams.Verbose, $streams.Debug, $streams.Information, $streams.Warning, $streams.Progress | Out-String -Width 4000
            $streams.Error | ForEach-Object -Process { $_ | Format-List -Property * -Force | Out-String -Width 4000; "$($_.Exception)" }
            @($Command.Session.Host.Screen)
        ) -join "`n"
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'The error of an answer' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
        $path = Get-SandboxPath -Sandbox $sandbox -Below 'web-shop'
    }

    It 'is <Id> (<Category>) for <Status> <Code>' -ForEach @(
        @{ Status = 400; Code = 'BadRequest'; Id = 'RequestRefused'; Category = 'InvalidOperation'; Advice = '*words*' }
        @{ Status = 403; Code = 'AuthorizationFailed'; Id = 'AccessDenied'; Category = 'PermissionDenied'; Advice = '*role*' }
        @{ Status = 404; Code = 'ResourceNotFound'; Id = 'ContainerAppNotFound'; Category = 'ObjectNotFound'; Advice = '*Get-AcaApp*' }
        @{ Status = 404; Code = 'ResourceGroupNotFound'; Id = 'ContainerAppNotFound'; Category = 'ObjectNotFound'; Advice = '*Get-AcaApp*' }
        @{ Status = 408; Code = 'RequestTimeout'; Id = 'ServiceUnavailable'; Category = 'ResourceUnavailable'; Advice = '*later*' }
        @{ Status = 409; Code = 'Conflict'; Id = 'RevisionChanged'; Category = 'ResourceBusy'; Advice = '*try again*' }
        @{ Status = 409; Code = 'ScopeLocked'; Id = 'RequestRefused'; Category = 'InvalidOperation'; Advice = '*words*' }
        @{ Status = 412; Code = 'PreconditionFailed'; Id = 'RevisionChanged'; Category = 'ResourceBusy'; Advice = '*try again*' }
        @{ Status = 418; Code = 'Teapot'; Id = 'RequestRefused'; Category = 'InvalidOperation'; Advice = '*words*' }
        @{ Status = 429; Code = 'SubscriptionRequestsThrottled'; Id = 'RequestThrottled'; Category = 'LimitsExceeded'; Advice = '*-ThrottleLimit*' }
        @{ Status = 500; Code = 'InternalServerError'; Id = 'ServiceUnavailable'; Category = 'ResourceUnavailable'; Advice = '*later*' }
        @{ Status = 502; Code = 'BadGateway'; Id = 'ServiceUnavailable'; Category = 'ResourceUnavailable'; Advice = '*later*' }
        @{ Status = 503; Code = 'ServiceUnavailable'; Id = 'ServiceUnavailable'; Category = 'ResourceUnavailable'; Advice = '*later*' }
        @{ Status = 504; Code = 'GatewayTimeout'; Id = 'ServiceUnavailable'; Category = 'ResourceUnavailable'; Advice = '*later*' }
    ) {
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = $Status; ErrorCode = $Code; Method = 'GET'; Path = $path; Times = [int]::MaxValue }
        $null = Get-AcaApp -Name web-shop -ResourceGroupName rg-shop -ErrorVariable failures -ErrorAction SilentlyContinue

        $failures | Should -HaveCount 1
        $record = $failures[0]
        $record.FullyQualifiedErrorId | Should -Be "$Id,RevisionTools.Cmdlets.GetAcaAppCommand"
        $record.CategoryInfo.Category | Should -Be $Category
        $record.TargetObject | Should -Be $path
        $record.Exception | Should -BeOfType ([RevisionTools.ServiceRequestException])
        $record.Exception.Status | Should -Be $Status
        $record.Exception.ErrorCode | Should -Be $Code
        $record.Exception.Message | Should -BeLike "*$Code*"
        $record.ErrorDetails.Message | Should -BeLike '*Correlation id: ????????-????-????-????-????????????.'
        $record.ErrorDetails.RecommendedAction | Should -BeLike $Advice
    }

    It 'is <Id> (<Category>) for <Kind>' -ForEach @(
        @{ Kind = 'ConnectionReset'; Id = 'ConnectionFailed'; Category = 'ConnectionError'; Advice = '*network*' }
        @{ Kind = 'MalformedJson'; Id = 'ServiceResponseInvalid'; Category = 'InvalidData'; Advice = '*unharmed*' }
        @{ Kind = 'TruncatedBody'; Id = 'ServiceResponseInvalid'; Category = 'InvalidData'; Advice = '*unharmed*' }
    ) {
        $sandbox.Inject($Kind, 'GET', $path, [int]::MaxValue)
        $null = Get-AcaApp -Name web-shop -ResourceGroupName rg-shop -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be "$Id,RevisionTools.Cmdlets.GetAcaAppCommand"
        $failures[0].CategoryInfo.Category | Should -Be $Category
        $failures[0].TargetObject | Should -Be $path
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike $Advice
    }

    It 'ends the statement for 401, since nothing else can work either' {
        $sandbox.Inject('Status', 'GET', '*', [int]::MaxValue, 401)
        $thrown = { Get-AcaApp -Name web-shop, web-search -ResourceGroupName rg-shop } |
            Should -Throw -ErrorId 'AuthenticationFailed,RevisionTools.Cmdlets.GetAcaAppCommand' -PassThru
        $thrown.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $thrown.TargetObject | Should -Be $path
        $thrown.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-AcaAccount*'
    }

    It 'does not come when a later try works: <Fault>' -ForEach @(
        @{ Fault = 'Status'; Status = 429 }
        @{ Fault = 'Status'; Status = 503 }
        @{ Fault = 'ConnectionReset'; Status = 0 }
        @{ Fault = 'TruncatedBody'; Status = 0 }
    ) {
        $sandbox.Inject($Fault, 'GET', $path, 2, $Status)
        (Get-AcaApp -Name web-shop -ResourceGroupName rg-shop -ErrorAction Stop).Name | Should -Be 'web-shop'
        $sandbox.Requests.Count | Should -Be 3
    }

    It 'is said about a body that is <What>' -ForEach @(
        @{ What = 'empty'; Fault = @{ EmptyBody = $true } }
        @{ What = 'bare'; Fault = @{ Unwrapped = $true } }
        @{ What = 'a page of a proxy'; Fault = @{ Body = '<html>no</html>' } }
    ) {
        Add-SandboxFault -Sandbox $sandbox -Fault (@{ Kind = 'Status'; Status = 403; Path = $path; Times = [int]::MaxValue } + $Fault)
        $null = Get-AcaApp -Name web-shop -ResourceGroupName rg-shop -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $failures[0].Exception.Message | Should -BeLike '*Microsoft.App/containerApps/read*'
    }

    It 'can be caught by type and kind' {
        $kind = try {
            Get-AcaApp -Name none -ErrorAction Stop
        }
        catch [RevisionTools.RevisionToolsException] {
            $_.Exception.Kind
        }
        $kind | Should -Be 'ContainerAppNotFound'
    }
}

Describe 'Without a connection' {
    BeforeDiscovery {
        Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
        Import-Module -Name (Get-ModuleManifestPath) -Force
        $calls = @{
            'Compare-AcaRevision' = 'Compare-AcaRevision -ReferenceRevision a -DifferenceRevision b -ContainerAppName x'
            'Export-AcaTraffic' = 'Export-AcaTraffic -ContainerAppName x -Format Json'
            'Get-AcaApp' = 'Get-AcaApp'
            'Get-AcaFunction' = 'Get-AcaFunction -ContainerAppName x'
            'Get-AcaLabelHistory' = 'Get-AcaLabelHistory -ContainerAppName x'
            'Get-AcaReplica' = 'Get-AcaReplica -ContainerAppName x'
            'Get-AcaRevision' = 'Get-AcaRevision'
            'Get-AcaTraffic' = 'Get-AcaTraffic'
            'Invoke-AcaRevisionPrune' = 'Invoke-AcaRevisionPrune -ContainerAppName x -KeepLast 1'
            'New-AcaRevision' = 'New-AcaRevision -ContainerAppName x -Suffix y'
            'Remove-AcaRevisionLabel' = 'Remove-AcaRevisionLabel -ContainerAppName x -Label y'
            'Restart-AcaRevision' = 'Restart-AcaRevision -ContainerAppName x -Name y'
            'Set-AcaRevisionLabel' = 'Set-AcaRevisionLabel -ContainerAppName x -Name y -Label z'
            'Set-AcaRevisionMode' = 'Set-AcaRevisionMode Single -ContainerAppName x'
            'Set-AcaRevisionRetention' = 'Set-AcaRevisionRetention -ContainerAppName x -MaxInactive 5'
            'Set-AcaRevisionState' = 'Set-AcaRevisionState Active -ContainerAppName x -Name y'
            'Set-AcaTraffic' = 'Set-AcaTraffic -ContainerAppName x -To y'
            'Switch-AcaRevisionLabel' = 'Switch-AcaRevisionLabel -ContainerAppName x -Label y -With z'
            'Test-AcaChangeScope' = 'Test-AcaChangeScope @{ tags = @{ a = ''b'' } } -ContainerAppName x'
            'Test-AcaRevision' = 'Test-AcaRevision -ContainerAppName x'
            'Undo-AcaRevisionPrune' = 'Undo-AcaRevisionPrune -JournalPath x'
            'Wait-AcaRevision' = 'Wait-AcaRevision -ContainerAppName x -Name y'
            'Watch-AcaRevision' = 'Watch-AcaRevision -ContainerAppName x'
        }
        $cases = Get-Command -Module RevisionTools | Where-Object -Property Name -NotIn -Value 'Connect-AcaAccount', 'Disconnect-AcaAccount', 'Get-AcaContext', 'New-AcaRetentionPolicy' |
            ForEach-Object -Process { @{ Name = $_.Name; Call = $calls[$_.Name] } }
    }

    It '<Name> says which command to run' -ForEach $cases {
        $Call | Should -Not -BeNullOrEmpty -Because "every command needs an entry in the table `$calls of Without a connection in Errors.Tests.ps1"
        $session = Open-TestSession
        try {
            $null = Invoke-TestCommand -Session $session -Script 'Disconnect-AcaAccount'
            $result = Invoke-TestCommand -Session $session -Script $Call
            $result.Errors | Should -HaveCount 1
            $record = $result.Errors[0]
            $record.FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
            $record.CategoryInfo.Category | Should -Be 'ConnectionError'
            $record.Exception.Message | Should -BeLike '*Connect-AcaAccount*'
            $record.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-AcaAccount*'
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    It 'a second runspace has none, whatever the first one has' {
        $null = Connect-FreshSandbox
        $script = 'Import-Module -Name $args[0]; Get-AcaContext; Get-AcaApp'
        $powershell = [powershell]::Create()
        try {
            $powershell.AddScript($script).AddArgument((Get-ModuleManifestPath)).Invoke() | Should -BeNullOrEmpty
            $powershell.Streams.Error.FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
        }
        finally {
            $powershell.Dispose()
        }
    }
}

Describe 'Cancellation' {
    It 'gives no error record, in no stream, for <Call>' -ForEach @(
        @{ Call = 'Get-AcaRevision' }
        @{ Call = 'Invoke-AcaRevisionPrune * -KeepLast 1 -Confirm:$false' }
        @{ Call = 'Get-AcaApp -Name web-shop -ResourceGroupName rg-shop; Get-AcaApp -Name web-search -ResourceGroupName rg-shop' }
    ) {
        $session = Open-TestSession
        try {
            $session.Sandbox.Inject('Hold', 'GET', '*', 99)
            $command = Submit-TestCommand -Session $session -Script "`$Error.Clear(); $Call"
            Wait-Until -Condition { $session.Sandbox.InFlight -gt 0 }
            $null = Request-TestCommandStop -Command $command
            $result = Wait-TestCommand -Command $command
            $result.Errors | Should -BeNullOrEmpty
            $result.Warnings | Should -BeNullOrEmpty
            (Invoke-TestCommand -Session $session -Script '$Error.Count').Output | Should -Be 0
        }
        finally {
            Close-TestSession -Session $session
        }
    }
}

Describe 'An access token' {
    BeforeEach {
        $session = Open-TestSession
    }

    AfterEach {
        Close-TestSession -Session $session
    }

    It 'is not shown when it has expired' {
        $token = Get-AccessToken -Expires ([datetimeoffset]'2020-02-02T02:02:02Z')
        $session.Runspace.SessionStateProxy.SetVariable('secret', [System.Net.NetworkCredential]::new('', $token).SecurePassword)
        $command = Submit-TestCommand -Session $session -Script 'Connect-AcaAccount -AccessToken $secret -Verbose -Debug'
        $result = Wait-TestCommand -Command $command
        $result.Errors[0].FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
        $words = Get-EveryWord -Command $command
        $words | Should -BeLike '*expired at 2020-02-02 02:02:02 UTC*'
        foreach ($part in $token -split '\.') {
            $words | Should -Not -BeLike "*$part*"
        }
    }

    It 'goes to no proxy in the clear, and is not shown while the network fails' {
        # The proxy is the only network of the test: it looks at what reaches it and hangs up.
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $proxy = [System.Net.Http.HttpClient]::DefaultProxy
        try {
            [System.Net.Http.HttpClient]::DefaultProxy = [System.Net.WebProxy]::new("http://127.0.0.1:$($listener.LocalEndpoint.Port)")
            $token = Get-AccessToken -Expires ([datetimeoffset]::UtcNow.AddHours(1))
            $session.Runspace.SessionStateProxy.SetVariable('secret', [System.Net.NetworkCredential]::new('', $token).SecurePassword)
            $command = Submit-TestCommand -Session $session -Script 'Connect-AcaAccount -AccessToken $secret -Verbose -Debug'
            Wait-Until -Condition { $listener.Pending() }
            $client = $listener.AcceptTcpClient()
            $buffer = [byte[]]::new(4096)
            $count = $client.GetStream().Read($buffer, 0, $buffer.Length)
            $asked = [System.Text.Encoding]::ASCII.GetString($buffer, 0, $count)
            $client.Dispose()
            # The next try shows that the first failure has been digested.
            Wait-Until -Condition { $listener.Pending() }
            (Request-TestCommandStop -Command $command).TotalSeconds | Should -BeLessThan 5

            $asked | Should -BeLike 'CONNECT management.azure.com:443*'
            $words = Get-EveryWord -Command $command
            foreach ($part in $token -split '\.') {
                $asked | Should -Not -BeLike "*$part*"
                $words | Should -Not -BeLike "*$part*"
            }
        }
        finally {
            [System.Net.Http.HttpClient]::DefaultProxy = $proxy
            $listener.Stop()
        }
    }

    It 'has no place in the context that users see' {
        [RevisionTools.AcaContext].GetProperties() | Where-Object -FilterScript { "$($_.Name) $($_.PropertyType.Name)" -match 'Token|Credential|Secure' } |
            Should -BeNullOrEmpty
    }
}
