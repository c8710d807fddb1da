#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Planted.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    if (-not ('RevisionTools.Testing.LoopbackServer' -as [type])) {
        Add-Type -Path "$PSScriptRoot/LoopbackServer.cs"
    }

    # What would sign in by itself on the machine of whoever runs the tests.
    $variables = @(
        'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_TENANT_ID', 'AZURE_FEDERATED_TOKEN_FILE', 'AZURE_TOKEN_CREDENTIALS', 'AZURE_SUBSCRIPTION_ID'
        'IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'MSI_ENDPOINT', 'MSI_SECRET', 'SYSTEM_OIDCREQUESTURI', 'SYSTEM_ACCESSTOKEN'
        'AZURESUBSCRIPTION_CLIENT_ID', 'AZURESUBSCRIPTION_TENANT_ID', 'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID', 'PATH', 'PSModulePath'
    )
    $saved = @{}
    foreach ($name in $variables) {
        $saved[$name] = [System.Environment]::GetEnvironmentVariable($name)
        if ($name -notlike '*PATH') {
            [System.Environment]::SetEnvironmentVariable($name, $null)
        }
    }

    $audience = 'https://arm.contoso.example'
    $subscription = '5a4db0c5-0000-4000-8000-0000000000aa'

    # A page of a list of apps.
    function Get-AppList {
        param ([string] $Next)
        $app = @{
            id = "/subscriptions/$subscription/resourceGroups/rg/providers/Microsoft.App/containerApps/web"
            name = 'web'
            location = 'westeurope'
            properties = @{ provisioningState = 'Succeeded' }
        }
        return @{ value = @($app); nextLink = $Next } | ConvertTo-Json -Depth 5
    }

    # A cloud on this machine with two subscriptions and one app.
    function Open-Cloud {
        $server = [RevisionTools.Testing.LoopbackServer]::new()
        $server.Answer('/subscriptions', "{`"value`":[{`"subscriptionId`":`"$subscription`",`"displayName`":`"Shop`",`"state`":`"Enabled`",`"tenantId`":`"t-1`"},{`"subscriptionId`":`"s-2`",`"displayName`":`"Lab`",`"state`":`"Enabled`",`"tenantId`":`"t-1`"}]}")
        $server.Answer("/subscriptions/$subscription/providers/Microsoft.App/containerApps", (Get-AppList))
        return $server
    }

    # The parameters of that cloud.
    function Get-CloudArgument {
        return @{ Endpoint = $cloud.Address; Audience = $audience; SubscriptionId = 'Shop' }
    }

    # The tokens that requests to Azure Resource Manager have brought along.
    function Get-TokenSeen {
        return @($cloud.Requests) | Where-Object -Property Path -Like '/subscriptions*' | ForEach-Object -Process { $_.Token }
    }

    # A token as Microsoft Entra would give it, as far as anybody reads it.
    function Get-EntraToken {
        param ([string] $Account = 'kim@contoso.com', [string] $Mark = 'one')
        $parts = '{"alg":"none"}', "{`"upn`":`"$Account`",`"tid`":`"t-1`"}", "$(Get-PlantedSecret)-$Mark" |
            ForEach-Object -Process { [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($_)).TrimEnd('=').Replace('+', '-').Replace('/', '_') }
        return $parts -join '.'
    }

    # Az.Accounts as far as it matters here. Its state is in $global:Az of the session.
    function Save-AzModule {
        $folder = Join-Path -Path $TestDrive -ChildPath 'modules/Az.Accounts'
        if (Test-Path -Path $folder) {
            return Split-Path -Path $folder
        }

        $null = New-Item -Path $folder -ItemType Directory
        @'
            function Get-AzContext {
                [CmdletBinding()]
                param ()
                if ($global:Az.Account) {
                    [pscustomobject]@{
                        Account = [pscustomobject]@{ Id = $global:Az.Account; Type = 'User' }
                        Tenant = [pscustomobject]@{ Id = $global:Az.Tenant }
                        Subscription = [pscustomobject]@{ Id = $global:Az.Subscription }
                        Environment = [pscustomobject]@{ Name = $global:Az.Environment }
                    }
                }
            }

            function Get-AzAccessToken {
                [CmdletBinding()]
                param ([string] $ResourceUrl, [string] $TenantId)
                $global:Az.Asked += , @($ResourceUrl, $TenantId)
                Write-Warning 'Upcoming breaking changes in the cmdlet Get-AzAccessToken'
                . ([scriptblock]::Create($global:Az.OnToken))

                $text = $global:Az.Tokens[[Math]::Min($global:Az.Asked.Count, $global:Az.Tokens.Count) - 1]
                $token = if ($global:Az.AsText) { $text } else { [System.Net.NetworkCredential]::new('', $text).SecurePassword }
                [pscustomobject]@{ Token = $token; ExpiresOn = $global:Az.Expires; TenantId = $global:Az.Tenant; Type = 'Bearer' }
            }
'@ | Set-Content -Path (Join-Path -Path $folder -ChildPath 'Az.Accounts.psm1')
        New-ModuleManifest -Path (Join-Path -Path $folder -ChildPath 'Az.Accounts.psd1') -RootModule 'Az.Accounts.psm1' -ModuleVersion '5.0.0' -FunctionsToExport 'Get-AzContext', 'Get-AzAccessToken'
        return Split-Path -Path $folder
    }

    # A session with Az.Accounts in it, signed in.
    function Open-AzSession {
        param ([hashtable] $Az = @{})
        $session = Open-TestSession
        $state = @{
            Account = 'kim@contoso.com'
            Tenant = 't-1'
            Subscription = $subscription
            Environment = 'AzureCloud'
            Tokens = @(Get-EntraToken)
            Expires = [datetimeoffset]::UtcNow.AddHours(1)
            AsText = $false
            OnToken = ''
            Asked = @()
        }
        foreach ($name in $Az.Keys) {
            $state[$name] = $Az[$name]
        }

        $session.Runspace.SessionStateProxy.SetVariable('Az', $state)
        $session.Runspace.SessionStateProxy.SetVariable('cloud', @{ Endpoint = $cloud.Address; Audience = $audience })
        $null = Invoke-TestCommand -Session $session -Script "Disconnect-AcaAccount; Import-Module -Name '$(Save-AzModule)/Az.Accounts'"
        return [pscustomobject]@{ Session = $session; Az = $state }
    }
}

AfterAll {
    foreach ($name in $saved.Keys) {
        [System.Environment]::SetEnvironmentVariable($name, $saved[$name])
    }

    Disconnect-AcaAccount
}

Describe 'Addresses that do not go together' {
    It 'are refused before anything is sent: <What>' -ForEach @(
        @{ What = 'an endpoint and nothing else'; Given = @{ Endpoint = 'https://arm.contoso.example' }; Words = '*takes the -AccessToken*takes -Audience as well*' }
        @{ What = 'an endpoint and a managed identity'; Given = @{ Endpoint = 'https://arm.contoso.example'; Identity = $true }; Words = '*takes -Audience as well*' }
        @{ What = 'an audience without an endpoint'; Given = @{ Audience = 'https://arm.contoso.example' }; Words = '*Give its -Endpoint as well*' }
        @{ What = 'an authority without an endpoint'; Given = @{ Authority = 'https://login.contoso.example' }; Words = '*Give its -Endpoint as well*' }
        @{ What = 'two clouds'; Given = @{ Endpoint = 'https://arm.contoso.example'; Audience = 'a'; Environment = 'AzureCloud' }; Words = '*one of them*' }
        @{ What = 'plain HTTP elsewhere'; Given = @{ Endpoint = 'http://arm.contoso.example'; Audience = 'a' }; Words = '*no HTTPS address*' }
        @{ What = 'a path'; Given = @{ Endpoint = 'https://arm.contoso.example/arm'; Audience = 'a' }; Words = '*scheme, host and port only*' }
        @{ What = 'a sandbox server with a tenant'; Given = @{ Endpoint = 'http://127.0.0.1:9'; AccessToken = [securestring]::new(); TenantId = 't' }; Words = '*no tenants*' }
        @{ What = 'a certificate of no server'; Given = @{ AccessToken = [securestring]::new(); CertificateFile = 'ca.pem' }; Words = '*Give its -Endpoint as well*' }
    ) {
        $thrown = { Connect-AcaAccount @Given } | Should -Throw -ErrorId 'InvalidEndpoint,*' -ExpectedMessage $Words -PassThru
        $thrown.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'cannot be bound where ways to sign in exclude each other: <Line>' -ForEach @(
        @{ Line = 'Connect-AcaAccount -Identity -UseAzContext' }
        @{ Line = 'Connect-AcaAccount -AzureCli -Interactive' }
        @{ Line = 'Connect-AcaAccount -Sandbox -SubscriptionId x' }
        @{ Line = 'Connect-AcaAccount -Sandbox -Identity' }
        @{ Line = 'Connect-AcaAccount -Identity -TenantId x' }
        @{ Line = 'Connect-AcaAccount -ServicePrincipal -TenantId x -ApplicationId y -CertificatePath a -CertificateThumbprint b' }
        @{ Line = 'Connect-AcaAccount -UseAzContext -Authority https://login.contoso.example' }
    ) {
        { & ([scriptblock]::Create($Line)) } | Should -Throw -ErrorId '*ParameterSet*'
    }
}

Describe 'A certificate that cannot be used' {
    BeforeAll {
        $key = [System.Security.Cryptography.RSA]::Create(2048)
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=pruner', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $certificate = $request.CreateSelfSigned([datetimeoffset]::UtcNow.AddDays(-1), [datetimeoffset]::UtcNow.AddDays(1))
        $application = @{ ServicePrincipal = $true; TenantId = 't'; ApplicationId = 'a' }
        $files = @{
            Bare = $certificate.ExportCertificatePem()
            Protected = $certificate.Export('Pfx', (Get-PlantedSecret -Purpose 'right'))
            Noise = 'no certificate'
        }
        foreach ($name in $files.Keys) {
            [System.IO.File]::WriteAllBytes("$TestDrive/$name.pfx", $files[$name] -is [string] ? [System.Text.Encoding]::UTF8.GetBytes($files[$name]) : $files[$name])
        }
    }

    It 'is named, and no secret with it: <What>' -ForEach @(
        @{ What = 'no file'; Given = @{ CertificatePath = 'none.pfx' }; Words = '*none.pfx*' }
        @{ What = 'no certificate'; Given = @{ CertificatePath = 'Noise.pfx' }; Words = '*Noise.pfx*neither PFX nor PEM*' }
        @{ What = 'no private key'; Given = @{ CertificatePath = 'Bare.pfx' }; Words = '*private key*' }
        @{ What = 'another password'; Given = @{ CertificatePath = 'Protected.pfx'; Password = 'another' }; Words = '*Protected.pfx*the password is wrong*' }
        @{ What = 'a thumbprint that nothing has'; Given = @{ CertificateThumbprint = 'ab' * 20 }; Words = '*thumbprint ABAB*' }
    ) {
        $with = $Given.Clone()
        if ($with.ContainsKey('Password')) {
            $with.CertificatePassword = Get-PlantedSecret -Purpose $with.Password -AsSecureString
            $with.Remove('Password')
        }

        Push-Location -Path $TestDrive
        try {
            $thrown = { Connect-AcaAccount @application @with } | Should -Throw -ErrorId 'InvalidCredential,*' -ExpectedMessage $Words -PassThru
            "$thrown" | Should -Not -Match (Get-PlantedPattern)
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'A cloud of one''s own' {
    BeforeEach {
        $cloud = Open-Cloud
    }

    AfterEach {
        $cloud.Dispose()
        $env:IDENTITY_ENDPOINT = $null
        $env:IDENTITY_HEADER = $null
    }

    It 'takes an access token, and is called by its address' {
        $token = Get-EntraToken
        $arguments = Get-CloudArgument
        $context = Connect-AcaAccount @arguments -AccessToken ([System.Net.NetworkCredential]::new('', $token).SecurePassword)
        $context.Environment | Should -Be $cloud.Address.Authority
        $context.Account, $context.SubscriptionId, $context.Name, $context.IsSandbox | Should -Be @('kim@contoso.com', $subscription, 'Shop', $false)
        (Get-AcaApp).Name | Should -Be 'web'
        Get-TokenSeen | Select-Object -Unique | Should -Be $token
    }

    It 'takes a managed identity: <What>' -ForEach @(
        @{ What = 'the one of the system'; Given = @{}; Query = '*resource=https://arm.contoso.example*' }
        @{ What = 'one of the user'; Given = @{ ClientId = '5d3f2a6e-6c0b-4f0e-9f0d-2f6f4f1d7c11' }; Query = '*client_id=5d3f2a6e-6c0b-4f0e-9f0d-2f6f4f1d7c11*' }
        @{ What = 'one of the user, as Connect-AzAccount calls it'; Given = @{ AccountId = '6e3f2a6e-6c0b-4f0e-9f0d-2f6f4f1d7c12' }; Query = '*client_id=6e3f2a6e-6c0b-4f0e-9f0d-2f6f4f1d7c12*' }
    ) {
        $env:IDENTITY_ENDPOINT = "$($cloud.Address)msi/token"
        $env:IDENTITY_HEADER = Get-PlantedSecret -Purpose 'header'
        $cloud.Answer('/msi/token', "{`"access_token`":`"$(Get-PlantedSecret)`",`"expires_on`":`"$([datetimeoffset]::UtcNow.AddHours(1).ToUnixTimeSeconds())`",`"resource`":`"$audience`",`"token_type`":`"Bearer`"}")
        $arguments = Get-CloudArgument
        $told = Connect-AcaAccount @arguments -Identity @Given -Verbose 4>&1 | Out-String -Width 4000
        $told | Should -BeLike '*GET 127.0.0.1/msi/token: 200 in * ms*GET /subscriptions: 200 in * ms*Signed in with the managed identity.*'
        $told | Should -Not -Match (Get-PlantedPattern)
        $asked = @($cloud.Requests) | Where-Object -Property Path -EQ '/msi/token'
        $asked.Query | Should -BeLike $Query
        $asked.IdentityHeader | Should -Be (Get-PlantedSecret -Purpose 'header')
        (Get-AcaApp).Name | Should -Be 'web'
        Get-TokenSeen | Select-Object -Unique | Should -Be (Get-PlantedSecret)
    }

    It 'takes the sign-in of Azure CLI' -Skip:$IsWindows {
        $folder = New-Item -Path (Join-Path -Path $TestDrive -ChildPath 'bin') -ItemType Directory -Force
        "{`"accessToken`":`"$(Get-PlantedSecret)`",`"expiresOn`":`"2090-01-01 00:00:00.000000`",`"expires_on`":3786912000,`"tenant`":`"t-1`",`"tokenType`":`"Bearer`"}" |
            Set-Content -Path "$folder/answer.secret"
        "#!/bin/sh`necho `"`$@`" > '$folder/asked'`ncat '$folder/answer.secret'" | Set-Content -Path "$folder/az"
        chmod +x "$folder/az"
        $env:PATH = "$folder$([System.IO.Path]::PathSeparator)$($saved.PATH)"
        try {
            $arguments = Get-CloudArgument
            $null = Connect-AcaAccount @arguments -AzureCli -TenantId 't-1'
            Get-TokenSeen | Select-Object -Unique | Should -Be (Get-PlantedSecret)
            Get-Content -Path "$folder/asked" | Should -BeLike "account get-access-token*$audience*--tenant t-1*"
        }
        finally {
            $env:PATH = $saved.PATH
        }
    }
}

Describe 'The host that is asked for a token or with one' {
    # Each in a process of its own: the network of a process is chosen once. Its proxy is all the network that it has.
    BeforeAll {
        $rsa = [System.Security.Cryptography.RSA]::Create(2048)
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=pruner', $rsa, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $certificate = $request.CreateSelfSigned([datetimeoffset]::UtcNow.AddDays(-1), [datetimeoffset]::UtcNow.AddDays(1))
        [System.IO.File]::WriteAllBytes("$TestDrive/pruner.pfx", $certificate.Export('Pfx', (Get-PlantedSecret)))
        "$($certificate.ExportCertificatePem())`n$($rsa.ExportPkcs8PrivateKeyPem())" | Set-Content -Path "$TestDrive/pruner.pem"
        Get-EntraToken -Account 'system:serviceaccount:pruner' | Set-Content -Path "$TestDrive/federated.secret" -NoNewline
        $prelude = @"
            Import-Module -Name '$(Get-ModuleManifestPath)'
            Set-Location -Path '$TestDrive'
            `$secret = ConvertTo-SecureString -String '$(Get-PlantedSecret)' -AsPlainText
            `$token = ConvertTo-SecureString -String '$(Get-EntraToken)' -AsPlainText
            `$application = @{ TenantId = 'contoso.onmicrosoft.com'; ApplicationId = '9b0c1a52-0f5d-4b58-8c0c-5d7c5e1f9a20' }
            `$Az = @{ Account = 'kim@contoso.com'; Tenant = 't-1'; Environment = 'AzureCloud'; Tokens = @('$(Get-EntraToken)'); Expires = [datetimeoffset]::UtcNow.AddHours(1); OnToken = ''; AsText = `$false; Asked = @(); Subscription = '' }
            `$module = '$(Save-AzModule)/Az.Accounts'
            `$task = {
                `$env:SYSTEM_OIDCREQUESTURI = 'https://dev.azure.example/oidc'
                `$env:SYSTEM_ACCESSTOKEN = '$(Get-PlantedSecret)'
                `$env:AZURESUBSCRIPTION_CLIENT_ID = '9b0c1a52-0f5d-4b58-8c0c-5d7c5e1f9a20'
                `$env:AZURESUBSCRIPTION_TENANT_ID = '7e4a47f0-0000-4000-8000-00000000c0de'
                `$env:AZURESUBSCRIPTION_SERVICE_CONNECTION_ID = '1f0e7a1c-3b1a-4e0f-9c1d-0d2b7f1c9a33'
            }
"@

        # The first thing that the process asks its proxy for.
        function Get-FirstConnect {
            param ([string] $Script)
            $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
            $listener.Start()
            $encoded = [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes("$prelude`n$Script"))
            $start = [System.Diagnostics.ProcessStartInfo]::new('pwsh')
            '-NoProfile', '-OutputFormat', 'Text', '-EncodedCommand', $encoded | ForEach-Object -Process { $start.ArgumentList.Add($_) }
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardError = $true
            $start.Environment['HTTPS_PROXY'] = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"
            $start.Environment['NO_PROXY'] = '127.0.0.1'
            $process = [System.Diagnostics.Process]::Start($start)
            try {
                Wait-Until -Condition { $listener.Pending() -or $process.HasExited } -Limit '00:01:00'
                if (-not $listener.Pending()) {
                    throw "It asked for nothing: $($process.StandardOutput.ReadToEnd()) $($process.StandardError.ReadToEnd())"
                }

                $client = $listener.AcceptTcpClient()
                $buffer = [byte[]]::new(4096)
                return [System.Text.Encoding]::ASCII.GetString($buffer, 0, $client.GetStream().Read($buffer, 0, $buffer.Length))
            }
            finally {
                # As a tool of .NET, pwsh only starts the process that counts.
                $process.Kill($true)
                $process.Dispose()
                $listener.Stop()
            }
        }
    }

    It 'is <Place> for <What>' -ForEach @(
        @{ What = 'a token in the public cloud'; Place = 'management.azure.com'; Script = 'Connect-AcaAccount -AccessToken $token' }
        @{ What = 'a token in another cloud'; Place = 'management.usgovcloudapi.net'; Script = 'Connect-AcaAccount -AccessToken $token -EnvironmentName AzureUSGovernment' }
        @{ What = 'a token in a cloud of one''s own'; Place = 'management.contoso.example'; Script = 'Connect-AcaAccount -AccessToken $token -Endpoint https://management.contoso.example -Audience a' }
        @{ What = 'Azure PowerShell in its cloud'; Place = 'management.chinacloudapi.cn'; Script = 'Import-Module -Name $module; $Az.Environment = "AzureChinaCloud"; Connect-AcaAccount -UseAzContext' }
        @{ What = 'an application with a secret'; Place = 'login.microsoftonline.com'; Script = 'Connect-AcaAccount -ServicePrincipal -TenantId contoso.onmicrosoft.com -Credential ([pscredential]::new($application.ApplicationId, $secret))' }
        @{ What = 'an application with a protected PFX file'; Place = 'login.microsoftonline.com'; Script = 'Connect-AcaAccount -ServicePrincipal @application -CertificatePath ./pruner.pfx -CertificatePassword $secret' }
        @{ What = 'an application with a PEM file'; Place = 'login.microsoftonline.com'; Script = 'Connect-AcaAccount -ServicePrincipal @application -CertificatePath ./pruner.pem' }
        @{ What = 'an application with a federated token'; Place = 'login.microsoftonline.com'; Script = 'Connect-AcaAccount -FederatedTokenFile ./federated.secret @application' }
        @{ What = 'an application with a secret in a cloud of one''s own'; Place = 'login.contoso.example'; Script = 'Connect-AcaAccount -ServicePrincipal -TenantId 7e4a47f0-0000-4000-8000-00000000c0de -Credential ([pscredential]::new($application.ApplicationId, $secret)) -Endpoint https://management.contoso.example -Audience a -Authority https://login.contoso.example' }
        @{ What = 'a service connection'; Place = 'login.microsoftonline.com'; Script = '. $task; Connect-AcaAccount -AzurePipelines' }
        @{ What = 'a running task, where no way is named'; Place = 'login.microsoftonline.com'; Script = '. $task; Connect-AcaAccount' }
        @{ What = 'Azure PowerShell of the session, where no way is named'; Place = 'management.azure.com'; Script = 'Import-Module -Name $module; Connect-AcaAccount' }
    ) {
        Get-FirstConnect -Script $Script | Should -BeLike "CONNECT $Place`:443*"
    }

    It 'is none where Azure PowerShell is there and not loaded' {
        $env:AZURE_TOKEN_CREDENTIALS = 'AzureCliCredential'
        $env:PATH = ''
        $env:PSModulePath = (Save-AzModule), $saved.PSModulePath -join [System.IO.Path]::PathSeparator
        try {
            { Connect-AcaAccount } | Should -Throw -ErrorId 'AuthenticationFailed,*'
            Get-Module -Name 'Az.Accounts' | Should -BeNullOrEmpty
        }
        finally {
            $env:AZURE_TOKEN_CREDENTIALS = $null
            $env:PATH = $saved.PATH
            $env:PSModulePath = $saved.PSModulePath
        }
    }

    It 'is none where the environment asks for a credential that is not known' {
        $env:AZURE_TOKEN_CREDENTIALS = 'BrokerCredential'
        try {
            { Connect-AcaAccount } | Should -Throw -ErrorId 'InvalidCredential,*' -ExpectedMessage "*AZURE_TOKEN_CREDENTIALS is 'BrokerCredential'*takes dev, prod, *"
        }
        finally {
            $env:AZURE_TOKEN_CREDENTIALS = $null
        }
    }
}

Describe 'A way that needs a person' {
    It 'is refused where nobody can be asked: -<_>' -ForEach 'Interactive', 'DeviceCode' {
        $result = Invoke-InNewProcess -Variable @{ way = $_ } -Script @'
            Import-Module -Name $module
            $with = @{ $way = $true }
            try { Connect-AcaAccount @with } catch { ConvertTo-Json -Compress -InputObject @{ Id = $_.FullyQualifiedErrorId; Message = "$_" } }
'@
        $result.Id | Should -Be 'InvalidCredential,RevisionTools.Cmdlets.ConnectAcaAccountCommand'
        $result.Message | Should -BeLike "-$_ needs a person*-Identity*"
    }
}

Describe 'Azure Pipelines' {
    AfterEach {
        foreach ($name in $variables -like '*SUBSCRIPTION_*' + 'SYSTEM_OIDCREQUESTURI' + 'SYSTEM_ACCESSTOKEN') {
            [System.Environment]::SetEnvironmentVariable($name, $null)
        }
    }

    It 'says exactly which variable is missing: <Missing>' -ForEach @(
        @{ Missing = 'SYSTEM_ACCESSTOKEN' }
        @{ Missing = 'SYSTEM_OIDCREQUESTURI' }
        @{ Missing = 'AZURESUBSCRIPTION_CLIENT_ID' }
        @{ Missing = 'AZURESUBSCRIPTION_TENANT_ID' }
        @{ Missing = 'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID' }
    ) {
        $values = @{
            SYSTEM_ACCESSTOKEN = Get-PlantedSecret
            SYSTEM_OIDCREQUESTURI = 'https://dev.azure.example/oidc'
            AZURESUBSCRIPTION_CLIENT_ID = '9b0c1a52-0f5d-4b58-8c0c-5d7c5e1f9a20'
            AZURESUBSCRIPTION_TENANT_ID = '7e4a47f0-0000-4000-8000-00000000c0de'
            AZURESUBSCRIPTION_SERVICE_CONNECTION_ID = '1f0e7a1c-3b1a-4e0f-9c1d-0d2b7f1c9a33'
        }
        foreach ($name in $values.Keys) {
            [System.Environment]::SetEnvironmentVariable($name, $name -eq $Missing ? $null : $values[$name])
        }

        $thrown = { Connect-AcaAccount -AzurePipelines } | Should -Throw -PassThru
        $words = "$thrown $($thrown.ErrorDetails)"
        $words | Should -Match "\b$Missing\b"
        foreach ($name in $values.Keys | Where-Object -FilterScript { $_ -ne $Missing }) {
            $words | Should -Not -Match "\b$name\b"
        }

        $words | Should -Not -Match (Get-PlantedPattern)
    }
}

Describe 'Connect-AcaAccount -UseAzContext' {
    BeforeEach {
        $cloud = Open-Cloud
        $opened = $null
    }

    AfterEach {
        $cloud.Dispose()
        if ($opened) {
            Close-TestSession -Session $opened.Session
        }
    }

    It 'takes <Shape>, and the tenant and the subscription with it' -ForEach @(
        @{ Shape = 'a token as text'; Az = @{ AsText = $true } }
        @{ Shape = 'a token as a SecureString'; Az = @{} }
        @{ Shape = 'a token with a time without a zone'; Az = @{ Expires = [datetime]::new([datetime]::UtcNow.AddHours(1).Ticks) } }
    ) {
        $opened = Open-AzSession -Az $Az
        $result = Invoke-TestCommand -Session $opened.Session -Script 'Connect-AcaAccount -UseAzContext @cloud; Get-AcaApp'
        $result.Errors | Should -BeNullOrEmpty
        $result.Failure | Should -BeNullOrEmpty
        $result.Warnings | Should -BeNullOrEmpty -Because 'what the other module says is not for our user'
        $result.Output[0].Account, $result.Output[0].SubscriptionId, $result.Output[0].TenantId | Should -Be @('kim@contoso.com', $subscription, 't-1')
        $result.Output[1].Name | Should -Be 'web'
        $opened.Az.Asked | Should -HaveCount 1
        $opened.Az.Asked[0] | Should -Be @($audience, 't-1')
        Get-TokenSeen | Select-Object -Unique | Should -Be (Get-EntraToken)
    }

    It 'takes the subscription and the tenant that are named, before those of the sign-in' {
        $opened = Open-AzSession
        $result = Invoke-TestCommand -Session $opened.Session -Script 'Connect-AcaAccount -UseAzContext @cloud Lab -Tenant t-9'
        $result.Output[0].SubscriptionName | Should -Be 'Lab'
        $opened.Az.Asked[0] | Should -Be @($audience, 't-9')
    }

    It 'asks anew when a token is over' {
        $one, $two = (Get-EntraToken -Mark one), (Get-EntraToken -Mark two)
        $opened = Open-AzSession -Az @{ Tokens = @($one, $two) }
        $null = Invoke-TestCommand -Session $opened.Session -Script 'Connect-AcaAccount -UseAzContext @cloud'
        $cloud.Refuse($one)
        $result = Invoke-TestCommand -Session $opened.Session -Script 'Get-AcaApp | ForEach-Object { Get-AcaApp $_.Name }'
        $result.Errors | Should -BeNullOrEmpty
        $result.Output.Name | Should -Be 'web'
        $opened.Az.Asked | Should -HaveCount 2
        (Get-TokenSeen)[-1] | Should -Be $two
    }

    It 'asks in the session of whoever needs the token: a connection lent to a thread job renews itself there' {
        $one, $two = (Get-EntraToken -Mark one), (Get-EntraToken -Mark two)
        $opened = Open-AzSession -Az @{ Tokens = @($one, $two) }
        $null = Invoke-TestCommand -Session $opened.Session -Script '$context = Connect-AcaAccount -UseAzContext @cloud'
        $cloud.Refuse($one)
        $script = "Start-ThreadJob { `$global:Az = `$using:Az; Import-Module -Name '$(Get-ModuleManifestPath)', '$(Save-AzModule)/Az.Accounts'; Get-AcaApp -Context `$using:context } | Receive-Job -Wait"
        $result = Invoke-TestCommand -Session $opened.Session -Script $script
        $result.Errors | Should -BeNullOrEmpty
        $result.Output.Name | Should -Be 'web'
        $opened.Az.Asked | Should -HaveCount 2
    }

    It 'asks by a command further down the pipeline, where the one that needs the token first waits for that' {
        $one, $two = (Get-EntraToken -Mark one), (Get-EntraToken -Mark two)
        $opened = Open-AzSession -Az @{ Tokens = @($one, $two) }
        $apps = "/subscriptions/$subscription/providers/Microsoft.App/containerApps"
        $cloud.Answer("$apps/more", '{"value":[]}')
        $cloud.Answer($apps, (Get-AppList -Next "$($cloud.Address.AbsoluteUri.TrimEnd('/'))$apps/more"))
        $cloud.Refuse($one, "$apps/more")
        $null = Invoke-TestCommand -Session $opened.Session -Script 'Connect-AcaAccount -UseAzContext @cloud'
        $opened.Session.Runspace.SessionStateProxy.SetVariable('server', $cloud)
        $result = Invoke-TestCommand -Session $opened.Session -Script 'Get-AcaApp | ForEach-Object { while (-not (@($server.Requests).Path -like "*/more")) { }; Get-AcaApp }'
        $result.Errors | Should -BeNullOrEmpty
        $result.Output.Name | Should -Be 'web'
        $opened.Az.Asked | Should -HaveCount 2
    }

    It 'is stopped at once while <What>' -ForEach @(
        @{ What = 'the other module takes its time'; OnToken = '$global:Az.Reached = $true; Start-Sleep -Seconds 60'; Script = 'Connect-AcaAccount -UseAzContext @cloud' }
        @{ What = 'the other module ends before it is told itself'; OnToken = 'Import-Module -Assembly ([WaitStopCommand].Assembly); Wait-Stop -State $global:Az'; Script = 'Connect-AcaAccount -UseAzContext @cloud' }
        @{ What = 'the pipeline is busy further down'; OnToken = ''; Script = 'Connect-AcaAccount -UseAzContext @cloud | ForEach-Object { $Az.Expires = $null }; Get-AcaApp | ForEach-Object { $Az.Reached = $true; Start-Sleep -Seconds 60 }' }
    ) {
        # Keeps PowerShell busy after it has ended, which tells one command after the other that they are to stop, from the inside out.
        Add-Type -TypeDefinition @'
            using System.Collections;
            using System.Management.Automation;
            using System.Threading;

            [Cmdlet(VerbsLifecycle.Wait, "Stop")]
            public sealed class WaitStopCommand : Cmdlet
            {
                private readonly ManualResetEventSlim _stop = new();

                [Parameter]
                public Hashtable State { get; set; }

                protected override void ProcessRecord()
                {
                    State["Reached"] = true;
                    _stop.Wait();
                }

                protected override void StopProcessing()
                {
                    _stop.Set();
                    Thread.Sleep(500);
                }
            }
'@
        $opened = Open-AzSession -Az @{ OnToken = $OnToken; Reached = $false; Expires = [datetimeoffset]::UtcNow.AddHours(1) }
        $command = Submit-TestCommand -Session $opened.Session -Script $Script
        Wait-Until -Condition { $opened.Az.Reached }
        (Request-TestCommandStop -Command $command).TotalSeconds | Should -BeLessThan 5
        $result = Wait-TestCommand -Command $command
        $result.State | Should -Be 'Stopped'
        $result.Errors | Should -BeNullOrEmpty
    }

    It 'says what to do where <What>' -ForEach @(
        @{ What = 'nobody is signed in'; Az = @{ Account = $null }; Script = 'Connect-AcaAccount -UseAzContext @cloud'; Id = 'AuthenticationFailed'; Words = '*nobody is signed in*Run Connect-AzAccount*' }
        @{ What = 'its sign-in is over'; Az = @{ OnToken = 'throw "Your Azure credentials have expired."' }; Script = 'Connect-AcaAccount -UseAzContext @cloud'; Id = 'AuthenticationFailed'; Words = '*Your Azure credentials have expired.*Connect-AzAccount*' }
        @{ What = 'it gives no token'; Az = @{ Tokens = @('') }; Script = 'Connect-AcaAccount -UseAzContext @cloud'; Id = 'AuthenticationFailed'; Words = '*without a token*' }
        @{ What = 'it is signed in to a cloud that is none of Azure'; Az = @{ Environment = 'AzureStack' }; Script = 'Connect-AcaAccount -UseAzContext'; Id = 'InvalidEndpoint'; Words = "*'AzureStack'*-Endpoint and -Audience*" }
        @{ What = 'it is signed in to another cloud than the one asked for'; Az = @{}; Script = 'Connect-AcaAccount -UseAzContext -Environment AzureChinaCloud'; Id = 'InvalidEndpoint'; Words = '*signed in to AzureCloud, not to AzureChinaCloud*' }
    ) {
        $opened = Open-AzSession -Az $Az
        $result = Invoke-TestCommand -Session $opened.Session -Script $Script
        $result.Errors | Should -HaveCount 1
        $result.Errors[0].FullyQualifiedErrorId | Should -Be "$Id,RevisionTools.Cmdlets.ConnectAcaAccountCommand"
        $result.Errors[0].Exception.Message | Should -BeLike $Words
        $cloud.Requests | Should -HaveCount 0
    }

    It 'says that the module is not there' {
        $session = Open-TestSession
        try {
            $result = Invoke-TestCommand -Session $session -Script '$env:PSModulePath = ""; Connect-AcaAccount -UseAzContext'
            $result.Errors[0].FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
            $result.Errors[0].Exception.Message | Should -BeLike '*Az.Accounts is not to be had here*'
        }
        finally {
            $env:PSModulePath = $saved.PSModulePath
            Close-TestSession -Session $session
        }
    }

    It 'does not go on as somebody else' {
        $opened = Open-AzSession -Az @{ Tokens = @((Get-EntraToken), (Get-EntraToken -Account 'ada@contoso.com')) }
        $null = Invoke-TestCommand -Session $opened.Session -Script 'Connect-AcaAccount -UseAzContext @cloud'
        $cloud.Refuse((Get-EntraToken))
        $result = Invoke-TestCommand -Session $opened.Session -Script 'Get-AcaApp'
        $result.Errors[0].FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
        $result.Errors[0].Exception.Message | Should -BeLike '*signed in as ada@contoso.com now, and this connection was made as kim@contoso.com*'
        Get-TokenSeen | Select-Object -Unique | Should -Be (Get-EntraToken)
    }

    It 'completes names with a token that is good, and quietly nothing with one that is not' {
        $opened = Open-AzSession
        $complete = '$line = "Get-AcaApp -Name w"; (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches | ForEach-Object { $_.CompletionText }'
        $null = Invoke-TestCommand -Session $opened.Session -Script 'Connect-AcaAccount -UseAzContext @cloud; Get-AcaApp'
        (Invoke-TestCommand -Session $opened.Session -Script $complete).Output | Should -Be 'web'
        $null = Invoke-TestCommand -Session $opened.Session -Script 'Connect-AcaAccount -UseAzContext @cloud'
        $cloud.Refuse((Get-EntraToken))
        $asked = $opened.Az.Asked.Count
        $result = Invoke-TestCommand -Session $opened.Session -Script "`$Error.Clear(); $complete; `$Error.Count"
        $result.Output | Should -Be 0
        $opened.Az.Asked.Count | Should -Be $asked
    }

    It 'shows no token, in no stream' {
        $opened = Open-AzSession
        $command = Submit-TestCommand -Session $opened.Session -Script 'Connect-AcaAccount -UseAzContext @cloud -Verbose -Debug | Format-List -Property * -Force; Get-AcaApp -Verbose -Debug; $Error | Format-List -Property * -Force'
        $result = Wait-TestCommand -Command $command
        $streams = $command.PowerShell.Streams
        $words = @($result.Output, $streams.Verbose, $streams.Debug, $streams.Information, $streams.Warning | Out-String -Width 4000) + @($opened.Session.Host.Screen) -join "`n"
        $words | Should -BeLike '*GET /subscriptions*'
        foreach ($part in (Get-EntraToken) -split '\.') {
            $words | Should -Not -BeLike "*$part*"
        }
    }
}
