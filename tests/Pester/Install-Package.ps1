#Requires -Version 7.4
<#
.SYNOPSIS
    Installs a package of the module into an empty folder, and gives the folder of the installed module.
.DESCRIPTION
    Publishes the package to a folder repository and installs it from there, as users do. Repositories and modules of the user who runs
    it stay as they are. Where PSResourceGet is missing the package is expanded instead, with a warning.
.PARAMETER PackagePath
    The package, RevisionTools.<version>.nupkg.
.PARAMETER Destination
    The folder, which is made if it is not there.
#>
[CmdletBinding()]
[OutputType([string])]
param (
    [Parameter(Mandatory)]
    [string]
    $PackagePath,

    [Parameter(Mandatory)]
    [string]
    $Destination
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$package = Get-Item -Path $PackagePath
$folder = New-Item -Path $Destination -ItemType Directory -Force
if (Get-ChildItem -Path $folder) {
    throw "$folder is not empty."
}

if (-not (Get-Module -Name 'Microsoft.PowerShell.PSResourceGet' -ListAvailable)) {
    Write-Warning -Message 'PSResourceGet is not installed: the package is expanded, not installed.'
    $version = $package.BaseName -replace '^RevisionTools\.'
    $module = Join-Path -Path $folder -ChildPath "RevisionTools/$version"
    Expand-Archive -Path $package -DestinationPath $module
    # What belongs to the package and not to the module; PSResourceGet leaves it out, too.
    '_rels', 'package', '[Content_Types].xml', 'RevisionTools.nuspec' |
        ForEach-Object -Process { Remove-Item -LiteralPath (Join-Path -Path $module -ChildPath $_) -Recurse }
    return $module
}

$install = {
    $ErrorActionPreference = 'Stop'
    $source = New-Item -Path "$using:folder/repository" -ItemType Directory
    $repository = "RevisionTools-$([guid]::NewGuid())"
    Register-PSResourceRepository -Name $repository -Uri $source.FullName -Trusted
    try {
        if ((Get-Command -Name 'Publish-PSResource').Parameters.ContainsKey('NupkgPath')) {
            Publish-PSResource -NupkgPath $using:package -Repository $repository
        }
        else {
            # Before version 1.1, which came with PowerShell 7.5, this was the only way.
            Copy-Item -Path $using:package -Destination $source
        }

        if ($IsWindows) {
            # The folder of a user's modules cannot be moved there.
            Save-PSResource -Name 'RevisionTools' -Repository $repository -Path $using:folder -IncludeXml
        }
        else {
            Install-PSResource -Name 'RevisionTools' -Repository $repository -Scope CurrentUser
        }
    }
    finally {
        Unregister-PSResourceRepository -Name $repository
    }
}

# The list of repositories and the modules of the current user lie below these; a process that runs would not notice the change.
$userFolders = @{ HOME = $env:HOME; XDG_DATA_HOME = $env:XDG_DATA_HOME }
try {
    if (-not $IsWindows) {
        # Where these are missing, what belongs below them is written into the present folder.
        $null = New-Item -Path "$folder/.config", "$folder/.local/share" -ItemType Directory
        $env:HOME = $folder.FullName
        Remove-Item -Path 'Env:XDG_DATA_HOME' -ErrorAction Ignore
    }

    Start-Job -ScriptBlock $install | Receive-Job -Wait -AutoRemoveJob
}
finally {
    $userFolders.GetEnumerator() | Where-Object -Property Value |
        ForEach-Object -Process { Set-Item -Path "Env:$($_.Key)" -Value $_.Value }
}

(Get-ChildItem -Path $folder -Filter 'RevisionTools.psd1' -Recurse -Force).DirectoryName
