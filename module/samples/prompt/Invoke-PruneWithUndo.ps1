#Requires -Version 7.4
#Requires -Modules RevisionTools
<#
.SYNOPSIS
    Takes old revisions down by a policy, after showing what and why, and says how to take it back.
.DESCRIPTION
    Makes a plan and shows what it would do; asks; carries out that very plan, and nothing that has come about since. Everything that was
    sent stands in a journal, with which Undo-AcaRevisionPrune brings the revisions up again.
.PARAMETER Name
    The apps, with wildcards.
.PARAMETER KeepLast
    How many of the newest revisions stay.
.PARAMETER JournalPath
    The journal; a new file in the present folder when left out.
.EXAMPLE
    ./Invoke-PruneWithUndo.ps1 web-* -KeepLast 3
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
[OutputType('RevisionTools.PruneResult')]
param (
    [Parameter(Mandatory, Position = 0)]
    [SupportsWildcards()]
    [string[]]
    $Name,

    [Parameter()]
    [ValidateRange(1, 100)]
    [int]
    $KeepLast = 3,

    [Parameter()]
    [string]
    $JournalPath = "./prune-$(Get-Date -Format 'yyyyMMdd-HHmmss').jsonl"
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$plan = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "plan-$([guid]::NewGuid()).json"
try {
    $plans = @(Invoke-AcaRevisionPrune -ContainerAppName $Name -KeepLast $KeepLast -PlanOnly -PlanPath $plan -WhatIf:$false)
    $plans.Entries | Where-Object -Property Decision -In -Value 'Deactivate', 'Blocked' | Format-Table | Out-Host
    $count = @($plans.Entries | Where-Object -Property Decision -EQ -Value 'Deactivate').Count
    if ($count -eq 0) {
        Write-Verbose -Message 'There is nothing to take down.'
        return
    }

    if ($PSCmdlet.ShouldProcess("$count revisions of $($plans.Count) apps", 'Take down as planned')) {
        Invoke-AcaRevisionPrune -Plan $plan -JournalPath $JournalPath -Confirm:$false
        Write-Warning -Message "To take it back: Undo-AcaRevisionPrune -JournalPath '$JournalPath'"
    }
}
finally {
    Remove-Item -Path $plan -ErrorAction Ignore -WhatIf:$false
}
