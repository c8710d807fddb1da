#Requires -Version 7.4
<#
.SYNOPSIS
    Takes back what Invoke-SubscriptionPrune has done last, by the journal that it has kept.
.DESCRIPTION
    A runbook for a runtime environment of Azure Automation with PowerShell 7.4, started by hand. Where the deadline comes before the end, another job
    goes on. The identity needs to read apps and to activate revisions, and Storage Blob Data Contributor on the container.
.PARAMETER SubscriptionId
    The subscription.
.PARAMETER StorageAccountName
    The storage account.
.PARAMETER ContainerName
    The container of blobs in it.
.PARAMETER ClientId
    The client id of a user-assigned managed identity; the one of the Automation account itself when left out.
.PARAMETER JournalName
    The name of the journal.
.PARAMETER All
    Takes back all runs that the journal tells of and that were not taken back yet, not only the last one.
.PARAMETER Deadline
    How long it may take. Azure Automation stops a job after three hours.
#>
[CmdletBinding()]
[OutputType('Microsoft.PowerShell.Commands.GroupInfo', 'RevisionTools.PruneUndoResult')]
param (
    [Parameter(Mandatory)]
    [string]
    $SubscriptionId,

    [Parameter(Mandatory)]
    [string]
    $StorageAccountName,

    [Parameter()]
    [string]
    $ContainerName = 'prune',

    [Parameter()]
    [string]
    $ClientId,

    [Parameter()]
    [string]
    $JournalName = 'prune.jsonl',

    [Parameter()]
    [bool]
    $All,

    [Parameter()]
    [string]
    $Deadline = '2h30m'
)

Set-StrictMode -Version Latest
# What the script does not handle ends it, and the job is Failed then.
$ErrorActionPreference = 'Stop'

$identity = @{ Identity = $true }
if ($ClientId) {
    $identity.AccountId = $ClientId
}

$null = Connect-AcaAccount @identity -SubscriptionId $SubscriptionId
# The disk of a job goes with it: what is to last is kept in the storage account.
$null = Disable-AzContextAutosave -Scope Process
$null = Connect-AzAccount @identity
$storage = @{
    Container = $ContainerName
    Context = New-AzStorageContext -StorageAccountName $StorageAccountName -UseConnectedAccount
}
$folder = New-Item -Path ([System.IO.Path]::GetTempPath()) -Name "prune-$(New-Guid)" -ItemType Directory
try {
    $notKept = $null
    $journal = Join-Path -Path $folder -ChildPath 'prune.jsonl'
    $null = Get-AzStorageBlobContent @storage -Blob $JournalName -Destination $journal -Force
    try {
        $results = Undo-AcaRevisionPrune -JournalPath $journal -All:$All -Deadline $Deadline -Confirm:$false -ErrorAction Continue -ErrorVariable failures
    }
    finally {
        try {
            $null = Set-AzStorageBlobContent @storage -File $journal -Blob $JournalName -Force
        }
        catch {
            # An error of its own, which does not take the place of one that has ended the run.
            $notKept = "The journal was not kept in the storage account: $_"
            Write-Error -Message $notKept -ErrorAction Continue
        }
    }

    if ($notKept) {
        # Nothing else tells any more what was done.
        $results
        throw $notKept
    }

    $results | Group-Object -Property Outcome -NoElement
    if ($failures) {
        throw "Not all went well: $($failures.Count) errors. What was done stands in the journal, and another job goes on with the rest."
    }
}
finally {
    Remove-Item -LiteralPath $folder -Recurse
}
