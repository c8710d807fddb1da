#Requires -Version 7.4
#Requires -Modules RevisionTools
<#
.SYNOPSIS
    Releases an image to a part of the users first, and to all once it has held; puts the traffic back where it does not.
.DESCRIPTION
    Makes a revision of the one that has the most traffic, without moving any, and waits until it is ready. Gives it a share, taken from
    that revision, and watches it. Then everything goes to it, or the traffic table is put back as it was. Older revisions stay up: take
    them down later, when nobody wants to go back any more.
.PARAMETER Name
    The app, in Multiple mode.
.PARAMETER Image
    The image of the new revision.
.PARAMETER Weight
    The share of the traffic, in percent, that it gets first.
.PARAMETER StableFor
    How long it must hold with that share.
.PARAMETER ProbePath
    A path of the app that must answer all the while; nothing is asked when left out.
.EXAMPLE
    ./Publish-WithCanary.ps1 web-shop contososhop.azurecr.io/shop:5.8.0 -Weight 10 -StableFor 00:05:00 -ProbePath /healthz
#>
[CmdletBinding(SupportsShouldProcess)]
[OutputType('RevisionTools.TrafficChange')]
param (
    [Parameter(Mandatory, Position = 0)]
    [string]
    $Name,

    [Parameter(Mandatory, Position = 1)]
    [string]
    $Image,

    [Parameter()]
    [ValidateRange(1, 99)]
    [int]
    $Weight = 10,

    [Parameter()]
    [timespan]
    $StableFor = '00:02:00',

    [Parameter()]
    [string]
    $ProbePath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$present = Get-AcaRevision -ContainerAppName $Name -Active | Sort-Object -Property EffectiveWeight -Descending | Select-Object -First 1
if (-not $PSCmdlet.ShouldProcess("$Name, now on $($present.Name)", "Release $Image")) {
    return
}

$revision = New-AcaRevision -ContainerAppName $Name -From $present.Name -Image $Image -PinTraffic -Wait
$share = Set-AcaTraffic -ContainerAppName $Name -Weight @{ $revision.Name = $Weight } -Remainder $present.Name
try {
    $probe = $ProbePath ? @{ ProbePath = $ProbePath } : @{}
    $limit = [int]$StableFor.TotalSeconds + 300
    $null = Wait-AcaRevision -ResourceId $revision.ResourceId -Stage Active -StableFor $StableFor -TimeoutSec $limit @probe
    Set-AcaTraffic -ContainerAppName $Name -To $revision.Name
}
catch {
    Write-Warning -Message "$($revision.Name) did not hold: $_ The traffic goes back to where it was."
    $share.Before | Set-AcaTraffic
    throw
}
