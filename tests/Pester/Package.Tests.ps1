#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    $isInstalled = Test-Path -Path (Join-Path -Path (Get-ModuleFolder) -ChildPath 'PSGetModuleInfo.xml')
    $hasResourceGet = $null -ne (Get-Module -Name 'Microsoft.PowerShell.PSResourceGet' -ListAvailable)
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    $folder = Get-ModuleFolder
    $manifest = Import-PowerShellDataFile -Path (Join-Path -Path $folder -ChildPath 'RevisionTools.psd1')
}

Describe 'The module under test' {
    It 'lies where the tests say, with every assembly of its own' {
        $loaded = Invoke-InNewProcess -Script @'
            Import-Module -Name $module
            $assemblies = [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'RevisionTools.*' }
            ConvertTo-Json -InputObject @{
                Base = (Get-Module -Name RevisionTools).ModuleBase
                Cmdlets = (Get-Command -Name Get-AcaApp).ImplementingType.Assembly.Location
                Assemblies = @($assemblies.Location)
            } -Compress
'@
        $loaded.Base | Should -Be $folder
        $loaded.Cmdlets | Should -Be (Join-Path -Path $folder -ChildPath 'bin/lib/RevisionTools.Cmdlets.dll')
        $loaded.Assemblies | Should -Not -BeNullOrEmpty
        $loaded.Assemblies | Where-Object -FilterScript { -not $_.StartsWith($folder) } | Should -BeNullOrEmpty
    }

    It 'is tried in other processes by the PowerShell that runs the tests' {
        (Invoke-InNewProcess -Script 'ConvertTo-Json -InputObject @{ Home = $PSHOME } -Compress').Home | Should -Be $PSHOME
    }

    It 'is not that of the build when another one is named' -Skip:(-not $env:REVISIONTOOLS_MODULE_PATH) {
        $output = (Resolve-Path -Path "$PSScriptRoot/../..").Path + '/output'
        $folder.Replace('\', '/') | Should -Not -BeLike "$($output.Replace('\', '/'))/*"
    }
}

Describe 'The installed package' -Skip:(-not $isInstalled) {
    BeforeAll {
        $found = Import-Clixml -Path (Join-Path -Path $folder -ChildPath 'PSGetModuleInfo.xml')
    }

    It 'was found as a module of this version with all cmdlets and tags' {
        $found.Type.ToString() | Should -Be 'Module'
        "$($found.Version)" | Should -Be $manifest.ModuleVersion
        $found.Includes.Cmdlet | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        $found.Includes.Command | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        $manifest.PrivateData.PSData.Tags | Where-Object -FilterScript { $_ -notin $found.Tags } | Should -BeNullOrEmpty
    }

    It 'says of <Name> what the manifest says' -ForEach @(
        @{ Name = 'Author'; Key = 'Author' }
        @{ Name = 'CompanyName'; Key = 'CompanyName' }
        @{ Name = 'Copyright'; Key = 'Copyright' }
        @{ Name = 'Description'; Key = 'Description' }
    ) {
        $found.$Name | Should -Be $manifest.$Key
    }

    It 'says of <Name> what the manifest says to the gallery' -ForEach @(
        @{ Name = 'LicenseUri' }
        @{ Name = 'ProjectUri' }
        @{ Name = 'ReleaseNotes' }
    ) {
        "$($found.$Name)" | Should -Be $manifest.PrivateData.PSData.$Name
    }

    It 'needs no other module' {
        $found.Dependencies | Should -BeNullOrEmpty
    }
}

Describe 'The folder of the module' -Skip:(-not $hasResourceGet -or $IsWindows) {
    BeforeAll {
        # The list of repositories lies below these.
        $userFolders = @{ HOME = $env:HOME; XDG_DATA_HOME = $env:XDG_DATA_HOME }
        # Where these are missing, what belongs below them is written into the present folder.
        $null = New-Item -Path "$TestDrive/.config", "$TestDrive/.local/share" -ItemType Directory
        $env:HOME = "$TestDrive"
        Remove-Item -Path 'Env:XDG_DATA_HOME' -ErrorAction Ignore
    }

    AfterAll {
        $userFolders.GetEnumerator() | Where-Object -Property Value |
            ForEach-Object -Process { Set-Item -Path "Env:$($_.Key)" -Value $_.Value }
    }

    It 'can be published as it is' {
        $published = Invoke-InNewProcess -Variable @{ folder = $folder; store = "$TestDrive" } -Script @'
            $source = New-Item -Path "$store/source" -ItemType Directory
            Register-PSResourceRepository -Name 'Folder' -Uri $source.FullName -Trusted
            Publish-PSResource -Path $folder -Repository 'Folder'
            $found = Find-PSResource -Name 'RevisionTools' -Repository 'Folder'
            ConvertTo-Json -InputObject @{ Version = "$($found.Version)"; Type = "$($found.Type)" } -Compress
'@
        $published.Version | Should -Be $manifest.ModuleVersion
        $published.Type | Should -Be 'Module'
    }
}

Describe 'Publishing' {
    It 'refuses a package of another version than the tag, before anything is published' {
        $package = New-Item -Path "$TestDrive/RevisionTools.$($manifest.ModuleVersion).nupkg" -ItemType File
        $publish = { param ($tag) & "$PSScriptRoot/../../build.ps1" -Task Publish -PackagePath $package.FullName -Repository Nowhere -Tag $tag -WhatIf }
        { & $publish 'v0.0.99' } | Should -Throw "The tag v0.0.99 is not that of $($package.Name)*"
        { & $publish "v$($manifest.ModuleVersion)" } | Should -Not -Throw
    }
}

Describe 'The manifest' {
    It 'is one that PowerShell takes without a word' {
        $path = Join-Path -Path $folder -ChildPath 'RevisionTools.psd1'
        $tested = Test-ModuleManifest -Path $path -ErrorVariable problem -WarningVariable warning
        $problem | Should -BeNullOrEmpty
        $warning | Should -BeNullOrEmpty
        $tested.ExportedCmdlets.Keys | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'has all that the gallery shows and asks for' {
        $manifest.CompatiblePSEditions | Should -Be 'Core'
        $manifest.PowerShellVersion | Should -Be '7.4'
        [guid]$manifest.GUID | Should -Not -Be ([guid]::Empty)
        $manifest.Description.Length | Should -BeGreaterThan 200
        $manifest.Description | Should -Match 'revisions of Azure Container Apps'
        $manifest.PrivateData.PSData.Tags | Should -Contain 'PSEdition_Core'
        'Windows', 'Linux', 'MacOS' | Where-Object -FilterScript { $_ -notin $manifest.PrivateData.PSData.Tags } | Should -BeNullOrEmpty
        $manifest.PrivateData.PSData.Tags | Where-Object -FilterScript { $_ -match '\s' } | Should -BeNullOrEmpty
        'FunctionsToExport', 'VariablesToExport', 'AliasesToExport' | ForEach-Object -Process {
            $manifest.ContainsKey($_) | Should -BeTrue
            $manifest.$_ | Should -BeNullOrEmpty
        }
        'ScriptsToProcess', 'RequiredModules', 'RequiredAssemblies', 'NestedModules', 'ModuleToProcess', 'HelpInfoURI', 'TypesToProcess' |
            Where-Object -FilterScript { $manifest.ContainsKey($_) } | Should -BeNullOrEmpty
    }
}
