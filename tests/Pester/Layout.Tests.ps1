#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'The folder of the module' {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
        $folder = Get-ModuleFolder
        # PSResourceGet adds PSGetModuleInfo.xml when it installs.
        $files = Get-ChildItem -Path $folder -Recurse -File |
            ForEach-Object -Process { [System.IO.Path]::GetRelativePath($folder, $_.FullName).Replace('\', '/') } |
            Where-Object -FilterScript { $_ -ne 'PSGetModuleInfo.xml' }

        # The names of the assemblies that each one in bin/lib refers to.
        $references = @{}
        foreach ($library in Get-ChildItem -Path "$folder/bin/lib" -Filter '*.dll') {
            $stream = [System.IO.File]::OpenRead($library.FullName)
            try {
                $image = [System.Reflection.PortableExecutable.PEReader]::new($stream)
                $metadata = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)
                $references[$library.BaseName] = foreach ($handle in $metadata.AssemblyReferences) {
                    $metadata.GetString($metadata.GetAssemblyReference($handle).Name)
                }
            }
            finally {
                $stream.Dispose()
            }
        }
    }

    It 'has the expected files at the top' {
        $files | Where-Object -FilterScript { $_ -notlike '*/*' } | Sort-Object | Should -Be @(
            'LICENSE'
            'RevisionTools.cdx.json'
            'RevisionTools.Format.ps1xml'
            'RevisionTools.psd1'
            'RevisionTools.psm1'
            'THIRD-PARTY-NOTICES.txt'
        )
    }

    It 'has below its folders what the repository has there, the help of the cmdlets and topics, and nothing else' {
        $source = (Resolve-Path -Path "$PSScriptRoot/../../module").Path
        $expected = @(
            Get-ChildItem -Path $source -Directory | Get-ChildItem -Recurse -File |
                ForEach-Object -Process { [System.IO.Path]::GetRelativePath($source, $_.FullName).Replace('\', '/') }
            Get-ChildItem -Path "$PSScriptRoot/../../docs/about" -Filter 'about_*.md' | ForEach-Object -Process { "en-US/$($_.BaseName).help.txt" }
            'en-US/RevisionTools.Cmdlets.dll-Help.xml'
        )
        $expected | Should -Contain 'en-US/about_RevisionTools.help.txt'
        $files | Where-Object -FilterScript { $_ -like '*/*' -and $_ -notlike 'bin/*' } | Sort-Object | Should -Be ($expected | Sort-Object)
    }

    It 'has the loader alone beside bin/lib' {
        $files | Where-Object -FilterScript { $_ -like 'bin/*' -and $_ -notlike 'bin/lib/*' } | Sort-Object |
            Should -Be @('bin/RevisionTools.Loader.dll', 'bin/RevisionTools.Loader.pdb')
    }

    It 'has the expected assemblies and own symbols in bin/lib' {
        $files | Where-Object -FilterScript { $_ -like 'bin/lib/*' } | Split-Path -Leaf | Sort-Object | Should -Be @(
            'Azure.Core.dll'
            'Microsoft.Extensions.Configuration.Abstractions.dll'
            'Microsoft.Extensions.DependencyInjection.Abstractions.dll'
            'Microsoft.Extensions.Diagnostics.Abstractions.dll'
            'Microsoft.Extensions.FileProviders.Abstractions.dll'
            'Microsoft.Extensions.Hosting.Abstractions.dll'
            'Microsoft.Extensions.Logging.Abstractions.dll'
            'Microsoft.Extensions.Options.dll'
            'Microsoft.Extensions.Primitives.dll'
            'Microsoft.Identity.Client.dll'
            'Microsoft.Identity.Client.Extensions.Msal.dll'
            'Microsoft.IdentityModel.Abstractions.dll'
            'RevisionTools.Cmdlets.dll'
            'RevisionTools.Cmdlets.pdb'
            'RevisionTools.Core.dll'
            'RevisionTools.Core.pdb'
            'RevisionTools.Sandbox.dll'
            'RevisionTools.Sandbox.pdb'
            'System.ClientModel.dll'
            'System.Diagnostics.DiagnosticSource.dll'
            'System.IO.Pipelines.dll'
            'System.Memory.Data.dll'
            'System.Net.ServerSentEvents.dll'
            'System.Security.Cryptography.ProtectedData.dll'
            'System.Text.Encodings.Web.dll'
            'System.Text.Json.dll'
        )
    }

    It 'has no assembly of PowerShell itself' {
        $files | Where-Object -FilterScript { $_ -match '/(System\.Management\.Automation|Microsoft\.PowerShell\.)' } | Should -BeNullOrEmpty
    }

    It 'has every assembly that those in bin/lib refer to, save those of the runtime and of PowerShell' {
        $runtime = [System.Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()
        $missing = foreach ($library in $references.Keys) {
            $references[$library] | Where-Object -FilterScript {
                -not $references.ContainsKey($_) -and $_ -ne 'System.Management.Automation' -and
                -not (Test-Path -Path (Join-Path -Path $runtime -ChildPath "$_.dll"))
            } | ForEach-Object -Process { "$library -> $_" }
        }

        $missing | Should -BeNullOrEmpty
    }

    It 'has no assembly in bin/lib that nothing refers to' {
        $reached = [System.Collections.Generic.HashSet[string]]::new()
        $open = [System.Collections.Generic.Queue[string]]::new()
        $open.Enqueue('RevisionTools.Cmdlets')
        while ($open.Count -gt 0) {
            $name = $open.Dequeue()
            if ($references.ContainsKey($name) -and $reached.Add($name)) {
                $references[$name] | ForEach-Object -Process { $open.Enqueue($_) }
            }
        }

        $references.Keys | Where-Object -FilterScript { -not $reached.Contains($_) } | Should -BeNullOrEmpty
    }

    It 'has a loader that refers to nothing but the runtime' {
        $result = Invoke-InNewProcess -Variable @{ folder = $folder } -Script @'
            $loader = [System.Reflection.Assembly]::LoadFrom("$folder/bin/RevisionTools.Loader.dll")
            ConvertTo-Json -InputObject @{
                References = @($loader.GetReferencedAssemblies().Name)
                Types = @($loader.GetExportedTypes().FullName)
            } -Compress
'@
        $result.References | Where-Object -FilterScript { $_ -notlike 'System.*' } | Should -BeNullOrEmpty
        $result.Types | Should -Be 'RevisionTools.Loader.ModuleLoadContext'
    }
}
