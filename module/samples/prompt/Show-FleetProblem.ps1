#Requires -Version 7.4
#Requires -Modules RevisionTools
<#
.SYNOPSIS
    Shows what in a fleet of container apps wants a look: failed revisions, old revisions that still take messages, and odd traffic.
.DESCRIPTION
    Changes nothing. Connect first: Connect-AcaAccount, or Connect-AcaAccount -Sandbox to try it.
.PARAMETER Name
    The apps, with wildcards; all of the subscription when left out.
.EXAMPLE
    ./Show-FleetProblem.ps1 web-* | Format-Table -Wrap
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param (
    [Parameter(Position = 0)]
    [SupportsWildcards()]
    [string[]]
    $Name = '*'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$apps = @(Get-AcaApp -Name $Name)
$revisions = @($apps | Get-AcaRevision)

# Revisions that are up and dead, with the platform's own words.
foreach ($revision in $revisions | Where-Object -Property Stage -EQ -Value 'Failed') {
    [pscustomobject]@{ App = $revision.ContainerAppName; Finding = 'Failed'; Revision = $revision.Name; Detail = $revision.StageReason }
}

# At 0 % traffic a revision still takes messages, until it is deactivated.
foreach ($revision in $revisions | Where-Object -FilterScript { $_.Active -and $_.EventConsumers -and $_.EffectiveWeight -eq 0 }) {
    $newer = $revisions | Where-Object -FilterScript {
        $_.ResourceId -like "$($revision.ResourceId -replace '/revisions/.*')/*" -and $_.Active -and $_.CreatedTime -gt $revision.CreatedTime
    }
    if ($newer) {
        [pscustomobject]@{ App = $revision.ContainerAppName; Finding = 'OldConsumer'; Revision = $revision.Name; Detail = $revision.StageReason }
    }
}

# Entries of the traffic table that do not do what they say.
foreach ($traffic in $apps | Where-Object -Property IngressEnabled | Get-AcaTraffic) {
    foreach ($problem in $traffic.Problems) {
        [pscustomobject]@{ App = $traffic.ContainerAppName; Finding = 'Traffic'; Revision = $null; Detail = $problem }
    }
}
