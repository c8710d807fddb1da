#Requires -Version 7.4
<#
.SYNOPSIS
    Makes a revision beside the one that serves, and waits until it is ready. A repeated run finds it there and succeeds.
#>
[CmdletBinding()]
param (
    [Parameter(Mandatory)]
    [string]
    $ContainerAppName,

    [Parameter(Mandatory)]
    [string]
    $ResourceGroupName,

    [Parameter(Mandatory)]
    [string]
    $Image,

    [Parameter(Mandatory)]
    [string]
    $Build
)

$ErrorActionPreference = 'Stop'

Import-Module -Name RevisionTools
$null = Connect-AcaAccount -AzurePipelines
$release = @{
    ContainerAppName = $ContainerAppName
    ResourceGroupName = $ResourceGroupName
    Image = $Image
    SuffixFrom = $Build
    ReuseIfSame = $true
    PinTraffic = $true
    Wait = $true
}
New-AcaRevision @release
