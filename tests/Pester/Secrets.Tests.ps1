#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Planted.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    if (-not ('RevisionTools.Testing.TlsServer' -as [type])) {
        Add-Type -Path "$PSScriptRoot/LoopbackServer.cs", "$PSScriptRoot/TlsServer.cs"
    }

    $pattern = Get-PlantedPattern
    $apps = '/subscriptions/s-1/providers/Microsoft.App/containerApps'
    $secret = Get-PlantedSecret -AsSecureString

    function Open-Cloud {
        $server = [RevisionTools.Testing.LoopbackServer]::new()
        $server.Answer('/subscriptions', '{"value":[{"subscriptionId":"s-1","displayName":"Shop","state":"Enabled","tenantId":"t-1"}]}')
        $server.Answer($apps, '{"value":[]}')
        return $server
    }

    # What was said has no secret in any form, and an error with a cause and a next step.
    function Assert-Harmless {
        param ([object] $Said, [string] $Kind, [string] $Words)
        $Said.Failure.FullyQualifiedErrorId | Should -BeLike "$Kind,*"
        $Said.Failure.Exception.Message | Should -BeLike $Words
        $Said.Failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $Said.Text | Should -BeLike '*Exception*'
        $pattern.Matches($Said.Text) | Should -BeNullOrEmpty
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'The search for planted secrets' {
    It 'finds <Form>' -ForEach @(
        @{ Form = 'the secret itself'; Write = { $args[0] } }
        @{ Form = 'an address'; Write = { [uri]::EscapeDataString($args[0]) } }
        @{ Form = 'a form'; Write = { [System.Web.HttpUtility]::UrlEncode($args[0]) } }
        @{ Form = 'JSON'; Write = { [System.Text.Json.JsonEncodedText]::Encode($args[0], $null) } }
        @{ Form = 'Base64'; Write = { [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("u:$($args[0])")) } }
        @{ Form = 'Base64 of an encoded command'; Write = { [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes("say $($args[0])")) } }
        @{ Form = 'Base64 for addresses'; Write = { [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("$($args[0])")).Replace('+', '-').Replace('/', '_').TrimEnd('=') } }
        @{ Form = 'hexadecimal digits'; Write = { [System.Convert]::ToHexString([System.Text.Encoding]::UTF8.GetBytes($args[0])) } }
        @{ Form = 'UTF-16'; Write = { [System.Text.Encoding]::Latin1.GetString([System.Text.Encoding]::Unicode.GetBytes($args[0])) } }
    ) {
        $folder = (New-Item -ItemType Directory -Path "$TestDrive/$(New-Guid)/deep").Parent.FullName
        try {
            [System.IO.File]::WriteAllText("$folder/deep/log", "before $(& $Write (Get-PlantedSecret)) after", [System.Text.Encoding]::Latin1)
            Find-PlantedSecret -Path $folder | Should -BeLike 'log has a planted secret after: before *'
        }
        finally {
            Remove-Item -LiteralPath $folder -Recurse
        }
    }

    It 'lets a run of tests fail that says one, wherever that is' {
        $folder = (New-Item -ItemType Directory -Path "$TestDrive/leaks").FullName
        @"
            BeforeAll { Import-Module -Name '$PSScriptRoot/Planted.psm1', '$PSScriptRoot/Shared.psm1' }
            Describe 'A leak' {
                It 'is said' {
                    Write-Host -Object (Get-PlantedSecret)
                    Write-Verbose -Message (Get-PlantedSecret) -Verbose
                    Write-Debug -Message (Get-PlantedSecret) -Debug
                    Write-Error -Message (Get-PlantedSecret) -ErrorAction SilentlyContinue
                    Set-Content -Path "`$TestDrive/journal" -Value (Get-PlantedSecret)
                    `$null = Invoke-InNewProcess -Script "Import-Module -Name '$PSScriptRoot/Planted.psm1'; Get-PlantedSecret; '{}'"
                }
            }
"@ | Set-Content -Path "$folder/Leak.Tests.ps1"
        $said = @(& pwsh -NoProfile -NonInteractive -File "$PSScriptRoot/Invoke-Suite.ps1" -Path "$folder/Leak.Tests.ps1")
        $LASTEXITCODE | Should -Be 1
        @($said -match 'has a planted secret after' -replace ' .*') | Sort-Object | Should -Be @('debug', 'errors', 'journal', 'said', 'screen', 'verbose')
        $said -match 'Tests Passed: 1,' | Should -Not -BeNullOrEmpty
    }
}

Describe 'A token that Azure, or what stands in between, sends back' {
    BeforeAll {
        $cloud = Open-Cloud
        $arguments = @{ Endpoint = $cloud.Address; Audience = 'https://arm.contoso.example'; AccessToken = $secret }
        $null = Connect-AcaAccount @arguments
    }

    AfterAll {
        $cloud.Dispose()
    }

    It 'is not shown: <What>' -ForEach @(
        @{ What = '401'; Kind = 'AuthenticationFailed'; Answer = @('{"error":{"code":"ExpiredAuthenticationToken","message":"Over: {token}"}}', 401); Words = 'Azure refused the token (401 ExpiredAuthenticationToken): Over: ***' }
        @{ What = 'a token that is not valid yet'; Kind = 'AuthenticationFailed'; Answer = @('{"error":{"code":"InvalidAuthenticationToken","message":"The nbf of {token} is in the future."}}', 401); Words = '*The nbf of `*`*`* is in the future.' }
        @{ What = 'an identity without rights'; Kind = 'AccessDenied'; Answer = @('{"error":{"code":"AuthorizationFailed","message":"Bearer {token} may not."}}', 403); Words = "The account may not perform 'Microsoft.App/containerApps/read' on *" }
        @{ What = 'a code'; Kind = 'RequestRefused'; Answer = @('{"error":{"code":"{token}","message":"No."}}', 400); Words = 'Azure refused the request about * (400 ***): No.' }
        @{ What = 'the way elsewhere'; Kind = 'ServiceResponseInvalid'; Answer = @('', 302, 'text/plain', 'https://elsewhere.example/?token={token}'); Words = '*is not what Azure sends (302)*' }
        @{ What = 'a page of a list elsewhere'; Kind = 'ServiceResponseInvalid'; Answer = @('{"value":[],"nextLink":"https://elsewhere.example/?token={token}"}'); Words = '*points to https://elsewhere.example:443. Nothing was sent there.' }
        @{ What = 'the page of a proxy'; Kind = 'ConnectionFailed'; Answer = @('<html>{token}</html>', 200, 'text/html'); Words = '*a web page answered (200)*Set HTTPS_PROXY to the proxy to take*' }
        @{ What = 'no JSON'; Kind = 'ServiceResponseInvalid'; Answer = @('{"value":{token}}'); Words = 'The answer about * cannot be used*' }
    ) {
        $cloud.Answer.Invoke(@($apps) + $Answer + @(200, 'application/json', '' | Select-Object -Skip ($Answer.Count - 1)))
        $said = Get-Said -Script { Get-AcaApp -Verbose -Debug }
        Assert-Harmless -Said $said -Kind $Kind -Words $Words
        $said.Text | Should -BeLike "*GET $apps`:*"
        @($cloud.Requests)[-1].Token | Should -Be (Get-PlantedSecret)
    }

    It 'is not shown: <_>, again and again' -ForEach 500, 503 {
        $sandbox = Connect-FreshSandbox
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = $_; Times = 99; Body = '{"error":{"code":"InternalServerError","message":"Bearer token-of-the-sandbox"}}' }
        $said = Get-Said -Script { Get-AcaApp -Verbose -Debug }
        Assert-Harmless -Said $said -Kind 'ServiceUnavailable' -Words "Azure has trouble with * ($_ InternalServerError): Bearer ***"
        $said.Text | Should -BeLike '*s to wait before try*'
    }
}

Describe 'What a managed identity is asked for with' {
    BeforeEach {
        $cloud = Open-Cloud
        $env:IDENTITY_ENDPOINT = "$($cloud.Address)msi/token"
        $env:IDENTITY_HEADER = Get-PlantedSecret
        $arguments = @{ Endpoint = $cloud.Address; Audience = 'https://arm.contoso.example' }
    }

    AfterEach {
        $env:IDENTITY_ENDPOINT = $env:IDENTITY_HEADER = $null
        $cloud.Dispose()
    }

    It 'is not shown: <What>' -ForEach @(
        @{ What = 'no identity'; Kind = 'AuthenticationFailed'; Body = '{"statusCode":400,"message":"Identity not found: {header}"}'; Type = 'application/json'; Words = 'There is no system-assigned managed identity here. Turn it on, *' }
        @{ What = 'a refusal in other words'; Kind = 'AuthenticationFailed'; Body = '{"statusCode":400,"message":"What about {header}?"}'; Type = 'application/json'; Words = 'Could not sign in with the managed identity: *' }
        @{ What = 'the page of a proxy'; Kind = 'ConnectionFailed'; Body = '<html>{header}</html>'; Type = 'text/html'; Words = '*a web page answered (400)*' }
    ) {
        $cloud.Answer('/msi/token', $Body, 400, $Type)
        Assert-Harmless -Said (Get-Said -Script { Connect-AcaAccount @arguments -Identity -Verbose -Debug }) -Kind $Kind -Words $Words
        @($cloud.Requests)[-1].IdentityHeader | Should -Be (Get-PlantedSecret)
    }

    It 'is not shown where there is no network' {
        $cloud.Dispose()
        $said = Get-Said -Script { Connect-AcaAccount @arguments -Identity -Verbose -Debug }
        Assert-Harmless -Said $said -Kind 'ConnectionFailed' -Words 'Could not sign in with the managed identity: *did not answer: *Check the network and the proxy.'
    }
}

Describe 'The secret of an application' {
    # Each in a process of its own: trust in a certificate comes from a variable, which is read once, and on Linux only.
    BeforeAll {
        $key = [System.Security.Cryptography.RSA]::Create(2048)
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=127.0.0.1', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $names = [System.Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
        $names.AddIpAddress([ipaddress]::Loopback)
        $request.CertificateExtensions.Add($names.Build())
        $certificate = $request.CreateSelfSigned([datetimeoffset]::UtcNow.AddDays(-1), [datetimeoffset]::UtcNow.AddDays(1))
        $certificate.ExportCertificatePem() | Set-Content -Path "$TestDrive/ca.pem"
        $directory = [RevisionTools.Testing.TlsServer]::new($certificate)

        function Get-SaidInNewProcess {
            param ([string] $Authority, [string] $CertificateFile = '')
            $variables = @{ authority = $Authority; planted = "$PSScriptRoot/Planted.psm1" }
            $env:SSL_CERT_FILE = $CertificateFile
            Invoke-InNewProcess -Variable $variables -Script @'
                Import-Module -Name $module, $planted
                $credential = [pscredential]::new('9b0c1a52-0f5d-4b58-8c0c-5d7c5e1f9a20', (Get-PlantedSecret -AsSecureString))
                $said = Get-Said -Script {
                    Connect-AcaAccount -ServicePrincipal -TenantId 7e4a47f0-0000-4000-8000-00000000c0de -Credential $credential -Endpoint https://arm.contoso.example -Audience a -Authority $authority -Verbose -Debug
                }
                $failure = @{
                    FullyQualifiedErrorId = $said.Failure.FullyQualifiedErrorId
                    Exception = @{ Message = $said.Failure.Exception.Message }
                    ErrorDetails = @{ RecommendedAction = $said.Failure.ErrorDetails.RecommendedAction }
                }
                ConvertTo-Json -Compress -InputObject @{ Text = $said.Text; Failure = $failure }
'@
        }
    }

    AfterEach {
        $env:SSL_CERT_FILE = $null
    }

    AfterAll {
        $directory.Dispose()
    }

    It 'is not shown: <What>' -Skip:(-not $IsLinux) -ForEach @(
        @{ What = 'it has expired'; Code = '7000222'; Words = 'The secret of the application * has expired. Make a new one*' }
        @{ What = 'the tenant is wrong'; Code = '90002'; Words = 'There is no tenant * here. Check -TenantId*' }
        @{ What = 'a clock is wrong'; Code = '700024'; Words = '*is not valid at this moment. Compare the clock of this machine with the real time.*' }
        @{ What = 'it is sent back in words that nobody knows'; Code = '7654321'; Words = 'Microsoft Entra refused to sign in with a client secret: AADSTS7654321: *' }
    ) {
        $directory.Answer('/7e4a47f0-0000-4000-8000-00000000c0de/oauth2/v2.0/token', "{`"error`":`"invalid_client`",`"error_description`":`"AADSTS$Code`: No: {form}`",`"error_codes`":[$Code]}", 401, 'application/json')
        $said = Get-SaidInNewProcess -Authority $directory.Address -CertificateFile "$TestDrive/ca.pem"
        Assert-Harmless -Said $said -Kind 'AuthenticationFailed' -Words $Words
        $said.Text | Should -BeLike '*POST 127.0.0.1/7e4a47f0-0000-4000-8000-00000000c0de/oauth2/v2.0/token: 401 in *'
        @($directory.Bodies)[-1] | Should -Match $pattern
    }

    It 'is not shown: the page of a proxy has it' -Skip:(-not $IsLinux) {
        $directory.Answer('/7e4a47f0-0000-4000-8000-00000000c0de/oauth2/v2.0/token', '<html>{form}</html>', 200, 'text/html')
        $said = Get-SaidInNewProcess -Authority $directory.Address -CertificateFile "$TestDrive/ca.pem"
        Assert-Harmless -Said $said -Kind 'ConnectionFailed' -Words '*127.0.0.1 a web page answered (200)*Set HTTPS_PROXY*'
        @($directory.Bodies)[-1] | Should -Match $pattern
    }

    It 'is not sent to a host whose certificate is not trusted, nor shown' {
        $before = $directory.Bodies.Count
        $said = Get-SaidInNewProcess -Authority $directory.Address
        Assert-Harmless -Said $said -Kind 'ConnectionFailed' -Words 'Could not sign in with a client secret: no secure connection to 127.0.0.1 comes about: * Check the clock, and whether a proxy''s certificate is trusted here.'
        $directory.Bodies.Count | Should -Be $before
    }
}
