#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'The folder that the build lays out' {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
        $folder = Get-ModuleFolder
        $files = Get-ChildItem -Path $folder -Recurse -File |
            ForEach-Object -Process { [System.IO.Path]::GetRelativePath($folder, $_.FullName).Replace('\', '/') }
    }

    It 'has the expected text files and nothing else at the top' {
        $files | Where-Object -FilterScript { $_ -notlike 'bin/*' } | Sort-Object | Should -Be @(
            'en-US/about_RevisionTools.help.txt'
            'en-US/RevisionTools.Cmdlets.dll-Help.xml'
            'LICENSE'
            'RevisionTools.Format.ps1xml'
            'RevisionTools.psd1'
            'RevisionTools.psm1'
            'schemas/retention-policy.schema.json'
        )
    }

    It 'has the loader alone beside bin/lib' {
        $files | Where-Object -FilterScript { $_ -like 'bin/*' -and $_ -notlike 'bin/lib/*' } | Sort-Object |
            Should -Be @('bin/RevisionTools.Loader.dll', 'bin/RevisionTools.Loader.pdb')
    }

    It 'has no assembly of PowerShell itself' {
        $files | Where-Object -FilterScript { $_ -match '/(System\.Management\.Automation|Microsoft\.PowerShell\.)' } | Should -BeNullOrEmpty
    }

    It 'has only assemblies and own symbols in bin/lib' {
        $files | Where-Object -FilterScript { $_ -like 'bin/lib/*' -and $_ -notmatch '^bin/lib/([^/]+\.dll|RevisionTools\.[^/]+\.pdb)$' } |
            Should -BeNullOrEmpty
    }

    It 'has every assembly that those in bin/lib refer to, save those of the runtime and of PowerShell' {
        $libraries = Get-ChildItem -Path "$folder/bin/lib" -Filter '*.dll'
        $missing = foreach ($library in $libraries) {
            $stream = [System.IO.File]::OpenRead($library.FullName)
            try {
                $image = [System.Reflection.PortableExecutable.PEReader]::new($stream)
                $metadata = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)
                foreach ($handle in $metadata.AssemblyReferences) {
                    $name = $metadata.GetString($metadata.GetAssemblyReference($handle).Name)
                    $isHere = $name -in $libraries.BaseName
                    $isOfRuntime = Test-Path -Path (Join-Path -Path ([System.Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()) -ChildPath "$name.dll")
                    if (-not $isHere -and -not $isOfRuntime -and $name -ne 'System.Management.Automation') {
                        "$($library.Name) -> $name"
                    }
                }
            }
            finally {
                $stream.Dispose()
            }
        }

        $missing | Should -BeNullOrEmpty
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
