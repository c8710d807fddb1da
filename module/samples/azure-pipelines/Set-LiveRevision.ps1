#Requires -Version 7.4
<#
.SYNOPSIS
    Gives a revision all the traffic, forward or back; one that is down is brought up first.
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
    $RevisionName
)

$ErrorActionPreference = 'Stop'

Import-Module -Name RevisionTools
$null = Connect-AcaAccount -AzurePipelines
$app = @{ ContainerAppName = $ContainerAppName; ResourceGroupName = $ResourceGroupName }
Set-AcaRevisionState @app -Name $RevisionName -State Active -Wait
Set-AcaTraffic @app -To $RevisionName
