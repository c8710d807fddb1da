#Requires -Version 7.4
<#
.SYNOPSIS
    Runs test files of this folder and sets the exit code.
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

# In a pipeline of its own the module would tell that of what the tests do.
Remove-Item -Path Env:TF_BUILD -ErrorAction Ignore
Import-Module -Name Pester -MinimumVersion '5.0'
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$configuration.TestRegistry.Enabled = $false

$result = Invoke-Pester -Configuration $configuration
exit [int]($result.Result -ne 'Passed' -or $result.TotalCount -eq 0)
