#Requires -Version 7.4
<#
.SYNOPSIS
    Runs test files of this folder and sets the exit code.
.DESCRIPTION
    Each runs in a process of its own. Whatever is said and written there is kept, and looked through for the secrets of the tests in the end.
.PARAMETER Path
    The test files; all of this folder when left out.
#>
[CmdletBinding()]
param (
    [Parameter()]
    [string[]]
    $Path = @($PSScriptRoot)
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$before = @{}
foreach ($name in 'TF_BUILD', 'TMPDIR', 'TMP', 'TEMP', 'REVISIONTOOLS_SAID') {
    $before[$name] = [Environment]::GetEnvironmentVariable($name)
}

Import-Module -Name "$PSScriptRoot/Planted.psm1"
Import-Module -Name "$PSScriptRoot/Shared.psm1"
$pester = Join-Path -Path (Get-BuiltFolder -Name 'Modules') -ChildPath 'Pester'
$folder = (New-Item -ItemType Directory -Path (Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "revisiontools-$([guid]::NewGuid())")).FullName
try {
    # In a pipeline of its own the module would tell that of what the tests do.
    $env:TF_BUILD = $null
    $env:TMPDIR = $env:TMP = $env:TEMP = $folder
    $env:REVISIONTOOLS_SAID = Join-Path -Path $folder -ChildPath 'said'
    $failed = foreach ($file in Get-ChildItem -Path $Path -Filter '*.Tests.ps1') {
        & pwsh -NoProfile -NonInteractive -File "$PSScriptRoot/Invoke-TestFile.ps1" -Path $file -Folder $folder -PesterPath $pester 2>&1 |
            Tee-Object -FilePath "$folder/screen" -Append | Out-Host
        if ($LASTEXITCODE -ne 0) {
            $file.Name
        }
    }

    $leaks = @(Find-PlantedSecret -Path $folder)
    $leaks | Out-Host
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
    $before.GetEnumerator() | ForEach-Object -Process { [Environment]::SetEnvironmentVariable($_.Key, $_.Value) }
}

exit [int]($null -ne $failed -or $leaks.Count -gt 0)
