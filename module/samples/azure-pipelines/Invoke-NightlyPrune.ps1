#Requires -Version 7.4
<#
.SYNOPSIS
    Prunes the apps of a resource group, with a journal that takes it back: Undo-AcaRevisionPrune -JournalPath.
#>
[CmdletBinding()]
param (
    [Parameter(Mandatory)]
    [string]
    $ResourceGroupName,

    [Parameter(Mandatory)]
    [string]
    $JournalPath
)

$ErrorActionPreference = 'Stop'

Import-Module -Name RevisionTools
$null = Connect-AcaAccount -AzurePipelines
$prune = @{
    KeepLast = 5
    KeepDaily = 7
    Failed = '1d'
    JournalPath = $JournalPath
    Deadline = '50m'
    Confirm = $false
    # What fails in one app does not keep the others from their turn; the variable Decision tells of it.
    ErrorAction = 'Continue'
}
Get-AcaApp -ResourceGroupName $ResourceGroupName | Invoke-AcaRevisionPrune @prune
