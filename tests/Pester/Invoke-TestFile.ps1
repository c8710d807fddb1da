#Requires -Version 7.4
<#
.SYNOPSIS
    Runs one test file in this process and sets the exit code.
.DESCRIPTION
    The commands are made to say all that they can, and the test drive is a folder of our own, which nobody empties before all has been looked at.
.PARAMETER Path
    The test file.
.PARAMETER Folder
    Where what is said is kept, and what the tests write.
.PARAMETER PesterPath
    The folder of Pester.
#>
[CmdletBinding()]
param (
    [Parameter(Mandatory)]
    [string]
    $Path,

    [Parameter(Mandatory)]
    [string]
    $Folder,

    [Parameter(Mandatory)]
    [string]
    $PesterPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module -Name $PesterPath
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$configuration.TestRegistry.Enabled = $false

# Pester would empty its own after each block.
$configuration.TestDrive.Enabled = $false
$drive = New-Item -ItemType Directory -Path (Join-Path -Path $Folder -ChildPath ([guid]::NewGuid()))
Set-Variable -Name 'TestDrive' -Value $drive.FullName -Scope 'Global'
$global:PSDefaultParameterValues['*-Aca*:Verbose'] = $true
$global:PSDefaultParameterValues['*-Aca*:Debug'] = $true

$result = Invoke-Pester -Configuration $configuration 4>> "$Folder/verbose" 5>> "$Folder/debug"
$Error | ForEach-Object -Process { $_ | Format-List -Property * -Force | Out-String -Width 4000; "$($_.Exception)" } | Add-Content -Path "$Folder/errors"

# Once more in the end: what the tests print can be long, and of a log often no more than the tail is to be had.
foreach ($failure in (@($result.Failed) + $result.FailedBlocks + $result.FailedContainers).Where({ $_.ErrorRecord })) {
    "Failed: $($failure.psobject.Properties['ExpandedPath']?.Value ?? $failure.Item)"
    foreach ($record in $failure.ErrorRecord) {
        "$record"
        ($record.ScriptStackTrace -split '\n') -notmatch 'Pester\.psm?1: line'
    }
}

exit [int]($result.Result -ne 'Passed' -or $result.TotalCount -eq 0)
