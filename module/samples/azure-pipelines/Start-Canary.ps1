#Requires -Version 7.4
<#
.SYNOPSIS
    Gives a revision a part of the traffic, and waits until it has held for a while.
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
    $RevisionName,

    # Empty where the revision serves already.
    [Parameter()]
    [string]
    $PreviousRevisionName,

    [Parameter()]
    [int]
    $Percent = 10,

    [Parameter()]
    [string]
    $StableFor = '2m'
)

$ErrorActionPreference = 'Stop'

if (-not $PreviousRevisionName) {
    "Revision $RevisionName serves already."
    return
}

Import-Module -Name RevisionTools
$null = Connect-AcaAccount -AzurePipelines
$app = @{ ContainerAppName = $ContainerAppName; ResourceGroupName = $ResourceGroupName }
Set-AcaTraffic @app -Weight @{ $RevisionName = $Percent } -Remainder $PreviousRevisionName
Wait-AcaRevision @app -Name $RevisionName -Stage Active -StableFor $StableFor
