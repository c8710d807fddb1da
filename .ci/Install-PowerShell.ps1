#Requires -Version 7.4
<#
.SYNOPSIS
    Gets a release of PowerShell into a folder, and gives the path of its executable.
.DESCRIPTION
    Takes the archive for this system from the releases of PowerShell and compares it with the hash that is published beside it. Nothing is
    installed on the machine.
.PARAMETER Version
    The release, for example 7.4.0.
.PARAMETER Destination
    The folder to expand it to; it must not be there yet.
.PARAMETER Source
    The address that holds a folder v<version> for each release.
#>
[CmdletBinding()]
[OutputType([string])]
param (
    [Parameter(Mandatory)]
    [ValidatePattern('^\d+\.\d+\.\d+$')]
    [string]
    $Version,

    [Parameter(Mandatory)]
    [string]
    $Destination,

    [Parameter()]
    [uri]
    $Source = 'https://github.com/PowerShell/PowerShell/releases/download'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

if (Test-Path -Path $Destination) {
    throw "$Destination is there already."
}

$architecture = "$([System.Runtime.InteropServices.RuntimeInformation]::OSArchitecture)".ToLowerInvariant()
$name = $IsWindows ? "PowerShell-$Version-win-$architecture.zip" : "powershell-$Version-$($IsMacOS ? 'osx' : 'linux')-$architecture.tar.gz"
$folder = New-Item -Path $Destination -ItemType Directory
$release = "$("$Source".TrimEnd('/'))/v$Version"
$archive = Join-Path -Path $folder -ChildPath $name
$hashes = Join-Path -Path $folder -ChildPath 'hashes.sha256'
Invoke-WebRequest -Uri "$release/$name" -OutFile $archive -MaximumRetryCount 3 -RetryIntervalSec 5
Invoke-WebRequest -Uri "$release/hashes.sha256" -OutFile $hashes -MaximumRetryCount 3 -RetryIntervalSec 5

$published = @(Get-Content -Path $hashes | Where-Object -FilterScript { $_ -match "^([0-9a-fA-F]{64})\s+\*?$([regex]::Escape($name))$" } | ForEach-Object -Process { $Matches[1] })
if ($published.Count -ne 1 -or (Get-FileHash -Path $archive -Algorithm SHA256).Hash -ne $published[0]) {
    Remove-Item -Path $folder -Recurse
    throw "$name is not the file whose hash is published beside it."
}

if ($IsWindows) {
    Expand-Archive -Path $archive -DestinationPath $folder
}
else {
    & tar -xzf $archive -C $folder
    if ($LASTEXITCODE -ne 0) {
        throw "tar ended with $LASTEXITCODE."
    }

    & chmod +x "$folder/pwsh"
}

Remove-Item -Path $archive, $hashes
Join-Path -Path $folder -ChildPath ($IsWindows ? 'pwsh.exe' : 'pwsh')
