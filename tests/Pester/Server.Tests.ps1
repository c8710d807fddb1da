#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    $isMissing = -not (Get-ServerPath)
    if ($isMissing) {
        Write-Warning -Message 'The sandbox server is not built: the tests with it are skipped.'
    }
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    function Get-SecureText {
        param ([string] $Text)
        return [System.Net.NetworkCredential]::new('', $Text).SecurePassword
    }

    function Connect-Server {
        param ([hashtable] $With = @{})
        $token = Get-SecureText -Text $server.Ready.token
        Connect-AcaAccount -Endpoint $server.Ready.endpoint -AccessToken $token @With
    }

    function Get-ServerLog {
        return (Invoke-RestMethod -Uri "$($server.Ready.endpoint)/_sandbox/log").value
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Connect-AcaAccount -Endpoint' {
    It 'refuses <Endpoint> before anything is sent' -ForEach @(
        @{ Endpoint = 'http://192.0.2.1:5080'; Reason = '*is not this machine*' }
        @{ Endpoint = 'https://management.azure.com'; Reason = '*is not this machine*' }
        @{ Endpoint = 'ftp://127.0.0.1'; Reason = '*no HTTP or HTTPS address*' }
        @{ Endpoint = 'sandbox'; Reason = '*no HTTP or HTTPS address*' }
        @{ Endpoint = 'http://127.0.0.1:5080/path'; Reason = '*scheme, host and port only*' }
    ) {
        $token = Get-SecureText -Text 'secret'
        $thrown = { Connect-AcaAccount -Endpoint $Endpoint -AccessToken $token } |
            Should -Throw -ErrorId 'InvalidEndpoint,RevisionTools.Cmdlets.ConnectAcaAccountCommand' -PassThru
        $thrown.Exception.Message | Should -BeLike $Reason
        $thrown.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'names a certificate file that is not there' {
        $token = Get-SecureText -Text 'secret'
        { Connect-AcaAccount -Endpoint 'https://127.0.0.1:5443' -AccessToken $token -CertificateFile "$TestDrive/nothing.pem" } |
            Should -Throw -ErrorId 'InvalidEndpoint,*' -ExpectedMessage '*nothing.pem*'
    }
}

Describe 'A sandbox server over HTTP' -Skip:$isMissing {
    BeforeAll {
        $server = Open-SandboxServer -ArgumentList '--time-scale', '1000'
    }

    AfterAll {
        Close-SandboxServer -Server $server
    }

    BeforeEach {
        $null = Connect-Server
    }

    It 'is what Get-AcaContext shows' {
        $context = Get-AcaContext
        $context.Environment | Should -Be 'Sandbox'
        $context.IsSandbox | Should -BeTrue
        $context.Sandbox | Should -BeNullOrEmpty
        $context.Endpoint | Should -Be ([uri]$server.Ready.endpoint)
        $context.SubscriptionName | Should -Be 'Sandbox'
    }

    It 'lists apps and revisions' {
        (Get-AcaApp).Count | Should -Be 11
        (Get-AcaRevision web-shop).Count | Should -Be 31
    }

    It 'prunes: nothing is written with -WhatIf, and then for real' {
        $before = @(Get-ServerLog | Where-Object -Property isWrite).Count
        $null = Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -WhatIf
        @(Get-ServerLog | Where-Object -Property isWrite).Count | Should -Be $before

        $results = Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -Confirm:$false
        ($results | Where-Object -Property Outcome -EQ 'Deactivated').Name | Sort-Object | Should -Be @('web-checkout--v2-10', 'web-checkout--v2-11')
        $written = Get-ServerLog | Where-Object -Property isWrite | Select-Object -Skip $before
        $written | ForEach-Object -Process { ($_.path -split '[/?]')[-3] } | Sort-Object | Should -Be @('web-checkout--v2-10', 'web-checkout--v2-11')
    }

    It 'cannot be copied, so nothing is simulated on it' {
        { Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Simulate 5d } | Should -Throw -ErrorId 'SandboxRequired,*'
    }

    It 'refuses another token' {
        $token = Get-SecureText -Text 'another'
        { Connect-AcaAccount -Endpoint $server.Ready.endpoint -AccessToken $token } | Should -Throw -ErrorId 'AuthenticationFailed,*' -ExpectedMessage '*token that the sandbox server printed*'
    }
}

Describe 'A sandbox server over HTTPS' -Skip:$isMissing {
    BeforeAll {
        $server = Open-SandboxServer -ArgumentList '--https'
    }

    AfterAll {
        Close-SandboxServer -Server $server
    }

    It 'is trusted by the certificate that it has written' {
        $null = Connect-Server -With @{ CertificateFile = $server.Ready.caFile }
        (Get-AcaContext).Endpoint.Scheme | Should -Be 'https'
        (Get-AcaApp web-shop).Name | Should -Be 'web-shop'
    }

    It 'is not trusted without it, and the message says what is missing' {
        { Connect-Server } | Should -Throw -ErrorId 'ConnectionFailed,*' -ExpectedMessage '*-CertificateFile takes the caFile*'
    }
}
