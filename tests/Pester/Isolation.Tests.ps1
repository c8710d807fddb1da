#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force

    # Reports which of the libraries that modules quarrel about are loaded, where, and in which version.
    $report = @'
        $loaded = foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
            foreach ($assembly in $context.Assemblies) {
                $name = $assembly.GetName()
                if ($name.Name -match '^(Azure\.|Microsoft\.Identity|System\.ClientModel|System\.Memory\.Data|RevisionTools\.)') {
                    [pscustomobject]@{ Context = $context.Name; Name = $name.Name; Version = "$($name.Version)" }
                }
            }
        }
        ConvertTo-Json -InputObject @($loaded) -Compress
'@
    $use = 'Import-Module -Name $module; Connect-AcaAccount -Sandbox | Out-Null; if (-not @(Get-AcaApp).Count) { throw "no app" }'
    $preload = 'Get-ChildItem -Path $rival -Filter *.dll | ForEach-Object { [void][System.Reflection.Assembly]::LoadFrom($_.FullName) }; [void][Azure.Core.AzureLocation]::WestEurope'

    # What of the rival's libraries answers to the names by which scripts call them, once it has been put to use.
    $useRival = @'
        $rivals = @(
            [Azure.Core.AzureLocation]::WestEurope
            [Microsoft.Identity.Client.PublicClientApplicationBuilder]::Create('5d3f2a6e-6c0b-4f0e-9f0d-2f6f4f1d7c11').Build()
        ) | ForEach-Object {
            $assembly = $_.GetType().Assembly
            '{0} {1} {2}' -f $assembly.GetName().Name, $assembly.GetName().Version, [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name
        }
'@
    $rivals = @('Azure.Core 1.36.0.0 Default', 'Microsoft.Identity.Client 4.61.3.0 Default')

    # A sign-in that Azure.Identity and MSAL really make, by a managed identity of this machine, and a call with its token.
    $signIn = @'
        Import-Module -Name $module
        $null = Connect-AcaAccount -Identity -Endpoint $endpoint -Audience 'https://arm.contoso.example'
        if ((Get-AcaApp).Name -ne 'web') { throw 'no app' }
'@
    if (-not ('RevisionTools.Testing.LoopbackServer' -as [type])) {
        Add-Type -Path "$PSScriptRoot/LoopbackServer.cs"
    }

    function Open-Cloud {
        param ([string] $Token = 'token-of-the-identity')
        $server = [RevisionTools.Testing.LoopbackServer]::new()
        $expires = [datetimeoffset]::UtcNow.AddHours(1).ToUnixTimeSeconds()
        $server.Answer('/msi/token', "{`"access_token`":`"$Token`",`"expires_on`":`"$expires`",`"resource`":`"https://arm.contoso.example`",`"token_type`":`"Bearer`"}")
        $server.Answer('/subscriptions', '{"value":[{"subscriptionId":"s-1","displayName":"Shop","state":"Enabled","tenantId":"t-1"}]}')
        $app = '{"id":"/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.App/containerApps/web","name":"web","location":"westeurope","properties":{"provisioningState":"Succeeded"}}'
        $server.Answer('/subscriptions/s-1/providers/Microsoft.App/containerApps', "{`"value`":[$app]}")
        $env:IDENTITY_ENDPOINT = "$($server.Address)msi/token"
        $env:IDENTITY_HEADER = 'header-of-the-identity'
        return $server
    }
}

Describe 'The Azure libraries' {
    It 'stay in the context of the module; the default context has the loader alone' {
        $loaded = Invoke-InNewProcess -Script "$use`n$report"
        ($loaded | Where-Object -Property Context -EQ 'Default').Name | Should -Be 'RevisionTools.Loader'
        ($loaded | Where-Object -Property Context -EQ 'RevisionTools').Name | Should -Contain 'Azure.Core'
        $loaded.Context | Select-Object -Unique | Sort-Object | Should -Be @('Default', 'RevisionTools')
    }

    It 'are loaded by no <What>' -ForEach @(
        @{ What = 'import'; Script = '' }
        @{ What = 'Get-Help'; Script = 'Get-Command -Module RevisionTools | ForEach-Object { $null = Get-Help -Name $_.Name -Full | Out-String }' }
        @{ What = 'completion without a connection'; Script = '"Get-AcaApp web-", "Get-AcaRevision web-shop ", "Get-AcaApp -Context ", "Get-AcaLabelHistory x -L" | ForEach-Object { $null = TabExpansion2 -inputScript $_ -cursorColumn $_.Length }' }
        @{ What = 'Connect-AcaAccount -Sandbox'; Script = '$null = Connect-AcaAccount -Sandbox; $null = Get-AcaContext -ListAvailable | Out-String; $null = Connect-AcaAccount -Context Sandbox; Disconnect-AcaAccount' }
    ) {
        $loaded = Invoke-InNewProcess -Script "Import-Module -Name `$module`n$Script`n$report"
        $loaded.Name | Where-Object -FilterScript { $_ -notlike 'RevisionTools.*' } | Should -BeNullOrEmpty
        $loaded.Name | Should -Contain 'RevisionTools.Cmdlets'
    }

    It 'are our own when an older Azure.Core sits in the default context <Order>' -ForEach @(
        @{ Order = 'before the import'; Before = $true }
        @{ Order = 'after the import'; Before = $false }
    ) {
        $steps = $Before ? @($preload, $use) : @($use, $preload, $use)
        $loaded = Invoke-InNewProcess -Variable @{ rival = Get-BuiltFolder -Name Rival } -Script (($steps + $report) -join "`n")
        $rival = $loaded | Where-Object -FilterScript { $_.Name -eq 'Azure.Core' -and $_.Context -eq 'Default' }
        $own = $loaded | Where-Object -FilterScript { $_.Name -eq 'Azure.Core' -and $_.Context -eq 'RevisionTools' }
        $rival.Version | Should -Be '1.36.0.0'
        $own | Should -HaveCount 1
        [version]$own.Version | Should -BeGreaterThan ([version]$rival.Version)
        ($loaded | Where-Object -Property Context -EQ 'Default').Name | Sort-Object |
            Should -Be @('Azure.Core', 'Microsoft.Identity.Client', 'Microsoft.IdentityModel.Abstractions', 'RevisionTools.Loader', 'System.Memory.Data')
    }
}

Describe 'A real sign-in' {
    BeforeAll {
        $saved = @{}
        foreach ($name in 'IDENTITY_ENDPOINT', 'IDENTITY_HEADER') {
            $saved[$name] = [System.Environment]::GetEnvironmentVariable($name)
        }

        # The libraries that matter, as "name version context", each once.
        function Get-Loaded {
            param ([object[]] $Loaded, [string] $Context)
            return @($Loaded | Where-Object -FilterScript { $_.Context -like $Context -and $_.Name -in 'Azure.Core', 'Microsoft.Identity.Client' } | Sort-Object -Property Name)
        }
    }

    BeforeEach {
        $cloud = Open-Cloud
        $variables = @{ endpoint = $cloud.Address; rival = Get-BuiltFolder -Name Rival }
    }

    AfterEach {
        $cloud.Dispose()
        foreach ($name in $saved.Keys) {
            [System.Environment]::SetEnvironmentVariable($name, $saved[$name])
        }
    }

    It 'goes by our own MSAL where an older one sits in the default context <Order>, and both go on working' -ForEach @(
        @{ Order = 'before the import'; Steps = 'rival', 'ours', 'rival' }
        @{ Order = 'after the import'; Steps = 'import', 'rival', 'ours', 'rival' }
        @{ Order = 'after the sign-in'; Steps = 'ours', 'rival', 'ours' }
    ) {
        $script = foreach ($step in $Steps) {
            switch ($step) {
                'rival' { "$preload`n$useRival" }
                'ours' { $signIn }
                'import' { 'Import-Module -Name $module' }
            }
        }
        $result = Invoke-InNewProcess -Variable $variables -Script (($script -join "`n") + "`n$($report -replace 'ConvertTo-Json.*', 'ConvertTo-Json -Compress -InputObject @{ Loaded = @($loaded); Rivals = @($rivals) }')")
        $result.Rivals | Should -Be $rivals
        $ours = Get-Loaded -Loaded $result.Loaded -Context 'RevisionTools'
        $ours.Name | Should -Be @('Azure.Core', 'Microsoft.Identity.Client')
        $theirs = Get-Loaded -Loaded $result.Loaded -Context 'Default'
        $theirs.Version | Should -Be @('1.36.0.0', '4.61.3.0')
        foreach ($number in 0, 1) {
            [version]$ours[$number].Version | Should -BeGreaterThan ([version]$theirs[$number].Version)
        }

        @($cloud.Requests | Where-Object -Property Path -EQ '/msi/token').Count | Should -BeGreaterThan 0
        $cloud.Requests | Where-Object -Property Path -Like '/subscriptions*' | ForEach-Object -Process { $_.Token } | Select-Object -Unique | Should -Be 'token-of-the-identity'
    }

    It 'is not answered by a module that resolves libraries for everybody, as Az.Accounts does: one that came <Order>' -ForEach @(
        @{ Order = 'before the import'; Ours = '' }
        @{ Order = 'after the import'; Ours = 'Import-Module -Name $module' }
        @{ Order = 'after the sign-in'; Ours = $null }
    ) {
        # It answers whatever asks in vain for a library that it has, in any version, out of a context of its own.
        $resolver = @'
            Add-Type -TypeDefinition @"
                using System.Collections.Concurrent;
                using System.IO;
                using System.Reflection;
                using System.Runtime.Loader;
                public static class RivalResolver
                {
                    public static readonly ConcurrentQueue<string> Asked = new ConcurrentQueue<string>();
                    private static readonly AssemblyLoadContext Shared = new AssemblyLoadContext("Rival");
                    public static void Register(string folder)
                    {
                        AssemblyLoadContext.Default.Resolving += (context, name) =>
                        {
                            string path = Path.Combine(folder, name.Name + ".dll");
                            if (!File.Exists(path)) return null;
                            Asked.Enqueue(name.FullName);
                            return Shared.LoadFromAssemblyPath(path);
                        };
                        Shared.Resolving += (context, name) => File.Exists(Path.Combine(folder, name.Name + ".dll")) ? context.LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll")) : null;
                    }
                }
"@
            [RivalResolver]::Register($rival)
'@
        $first = $null -eq $Ours ? $signIn : $Ours
        $result = Invoke-InNewProcess -Variable $variables -Script @"
            $first
            $resolver
            $signIn
            `$asked = @([RivalResolver]::Asked)
            `$core = [System.Reflection.Assembly]::Load('Azure.Core, Version=1.0.0.0, Culture=neutral, PublicKeyToken=92742159e12e44c8')
            `$msal = [System.Reflection.Assembly]::Load('Microsoft.Identity.Client, Version=1.0.0.0, Culture=neutral, PublicKeyToken=0a613f4dd989e8ae')
            `$app = `$msal.GetType('Microsoft.Identity.Client.PublicClientApplicationBuilder')::Create('5d3f2a6e-6c0b-4f0e-9f0d-2f6f4f1d7c11').Build()
            $signIn
            $($report -replace 'ConvertTo-Json.*')
            ConvertTo-Json -Compress -InputObject @{ Asked = `$asked; Rivals = @("`$core", "`$(`$app.GetType().Assembly)"); Loaded = @(`$loaded) }
"@
        $result.Asked | Should -BeNullOrEmpty -Because 'no library of ours is looked for in vain'
        $result.Rivals | Should -BeLike '*, Version=*'
        $result.Rivals[0] | Should -BeLike 'Azure.Core, Version=1.36.0.0,*'
        $result.Rivals[1] | Should -BeLike 'Microsoft.Identity.Client, Version=4.61.3.0,*'
        (Get-Loaded -Loaded $result.Loaded -Context 'RevisionTools').Name | Should -Be @('Azure.Core', 'Microsoft.Identity.Client')
        (Get-Loaded -Loaded $result.Loaded -Context 'Rival').Name | Should -Be @('Azure.Core', 'Microsoft.Identity.Client')
    }

    It 'works again after -Force and after removal, with the libraries that are there already' {
        $result = Invoke-InNewProcess -Variable $variables -Script @"
            $signIn
            Import-Module -Name `$module -Force
            $signIn
            Remove-Module -Name RevisionTools
            $signIn
            $report
"@
        (Get-Loaded -Loaded $result -Context '*').Name | Should -Be @('Azure.Core', 'Microsoft.Identity.Client') -Because 'none is loaded a second time'
    }

    It 'works with two versions of the module side by side, each with its own libraries and connections' {
        $copy = Join-Path -Path $TestDrive -ChildPath 'RevisionTools/99.0.0'
        $null = New-Item -Path (Split-Path -Path $copy) -ItemType Directory
        Copy-AsAnotherBuild -Destination $copy -Version 99.0.0
        # One session takes no two modules with the same commands; one process does.
        $result = Invoke-InNewProcess -Variable ($variables + @{ copy = "$copy/RevisionTools.psd1"; signIn = $signIn }) -Script @"
            $signIn
            `$other = [powershell]::Create()
            `$text = 'param (`$module, `$endpoint) ' + `$signIn + '; (Get-AcaApp).Name; (Get-AcaContext -ListAvailable).Count; (Get-Command -Name Get-AcaApp).ImplementingType.Assembly.Location'
            `$found = @(`$other.AddScript(`$text).AddArgument(`$copy).AddArgument(`$endpoint).Invoke())
            `$failures = @(`$other.Streams.Error | ForEach-Object { "`$_" })
            `$files = @((Get-Command -Name Get-AcaApp).ImplementingType.Assembly.Location, "`$(`$found[-1])")
            `$names = @((Get-AcaApp).Name, "`$(`$found[0])")
            $($report -replace 'ConvertTo-Json.*')
            ConvertTo-Json -Compress -InputObject @{ Names = `$names; Count = [int]`$found[1]; Files = `$files; Failures = `$failures; Loaded = @(`$loaded) }
"@
        $result.Failures | Should -BeNullOrEmpty
        $result.Names | Should -Be @('web', 'web')
        $result.Count | Should -Be 1 -Because 'the connection of the one is none of the other'
        $result.Files | Should -Be @((Join-Path -Path (Get-ModuleFolder) -ChildPath 'bin/lib/RevisionTools.Cmdlets.dll'), (Join-Path -Path $copy -ChildPath 'bin/lib/RevisionTools.Cmdlets.dll'))
        (Get-Loaded -Loaded $result.Loaded -Context 'RevisionTools').Name | Should -Be @('Azure.Core', 'Azure.Core', 'Microsoft.Identity.Client', 'Microsoft.Identity.Client')
        @($result.Loaded | Where-Object -Property Name -EQ 'RevisionTools.Cmdlets').Version | Select-Object -Unique | Should -HaveCount 2
        (Get-Loaded -Loaded $result.Loaded -Context 'Default') | Should -BeNullOrEmpty
    }

    It 'works in parallel blocks, thread jobs and jobs, beside the rival' {
        $result = Invoke-InNewProcess -Variable $variables -Script @"
            $preload
            `$block = {
                `$module, `$endpoint = `$using:module, `$using:endpoint
                $signIn
                (Get-AcaApp).ResourceId
            }
            `$parallel = @(1..3 | ForEach-Object -Parallel `$block)
            `$thread = Start-ThreadJob -ScriptBlock `$block | Receive-Job -Wait
            `$job = Start-Job -ScriptBlock `$block | Receive-Job -Wait
            $useRival
            $($report -replace 'ConvertTo-Json.*')
            ConvertTo-Json -Compress -InputObject @{ Parallel = `$parallel; Thread = "`$thread"; Job = "`$job"; Rivals = @(`$rivals); Loaded = @(`$loaded) }
"@
        $id = '/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.App/containerApps/web'
        $result.Parallel | Should -Be @($id, $id, $id)
        $result.Thread, $result.Job | Should -Be @($id, $id)
        $result.Rivals | Should -Be $rivals
        (Get-Loaded -Loaded $result.Loaded -Context 'RevisionTools').Name | Should -Be @('Azure.Core', 'Microsoft.Identity.Client')
    }
    It 'gives no runspace the token of another identity, though MSAL keeps those of all in the process' {
        $other = Open-Cloud -Token 'token-of-the-other'
        $env:IDENTITY_ENDPOINT = "$($cloud.Address)msi/token"
        try {
            $result = Invoke-InNewProcess -Variable ($variables + @{ other = "$($other.Address)msi/token" }) -Script @"
                $signIn
                function Connect-Elsewhere {
                    param ([hashtable] `$With)
                    `$second = [powershell]::Create()
                    `$text = 'param (`$module, `$with) Import-Module -Name `$module; `$null = Connect-AcaAccount -Identity -Audience https://arm.contoso.example @with; (Get-AcaApp).Name'
                    `$second.AddScript(`$text).AddArgument(`$module).AddArgument(@{ Endpoint = `$endpoint } + `$With).Invoke()
                    `$second.Streams.Error | ForEach-Object { "`$_" }
                    `$second.Dispose()
                }
                `$env:IDENTITY_ENDPOINT = `$other
                `$names = @(
                    Connect-Elsewhere -With @{ ClientId = '5d3f2a6e-6c0b-4f0e-9f0d-2f6f4f1d7c15' }
                    Connect-Elsewhere -With @{}
                    (Get-AcaApp).Name
                )
                ConvertTo-Json -Compress -InputObject `$names
"@
            $result | Should -Be @('web', 'web', 'web')
            # The last two are the same identity, whose token is known.
            $runs = $cloud.Requests | Where-Object -Property Path -Like '/subscriptions*' | ForEach-Object -Process { $_.Token } | Get-Unique
            $runs | Should -Be @('token-of-the-identity', 'token-of-the-other', 'token-of-the-identity')
            $other.Requests | Where-Object -Property Path -EQ '/msi/token' | ForEach-Object -Process { $_.Query } | Should -BeLike '*5d3f2a6e-6c0b-4f0e-9f0d-2f6f4f1d7c15*'
        }
        finally {
            $other.Dispose()
        }
    }
}
