#Requires -Version 7.4
<#
.SYNOPSIS
    Prunes the apps of a subscription, anew or as planned, and keeps the journal in a storage account.
.DESCRIPTION
    A runbook for a runtime environment of Azure Automation with PowerShell 7.4, on a schedule. It ends before Azure Automation would stop it; the next
    job goes on from there. The job is Failed where anything has failed, after all else had its turn. Only one job at a time may use a journal.
    The identity needs to read apps and to deactivate revisions, and Storage Blob Data Contributor on the container.
.PARAMETER SubscriptionId
    The subscription.
.PARAMETER StorageAccountName
    The storage account.
.PARAMETER ContainerName
    The container of blobs in it.
.PARAMETER ClientId
    The client id of a user-assigned managed identity; the one of the Automation account itself when left out.
.PARAMETER KeepLast
    How many of the newest revisions of each app stay; of no effect with PlanName, which has its rules.
.PARAMETER PlanName
    The name of a plan that Save-PrunePlan has kept; a new plan is made when left out.
.PARAMETER JournalName
    The name of the journal, with which Undo-SubscriptionPrune takes the prune back.
.PARAMETER Deadline
    How long the prune may take. Azure Automation stops a job after three hours.
.PARAMETER MaxFailure
    After how many failures nothing new is begun.
#>
[CmdletBinding()]
[OutputType('Microsoft.PowerShell.Commands.GroupInfo', 'RevisionTools.PruneResult')]
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
    [ValidateRange(1, 100)]
    [int]
    $KeepLast = 5,

    [Parameter()]
    [string]
    $PlanName,

    [Parameter()]
    [string]
    $JournalName = 'prune.jsonl',

    [Parameter()]
    [string]
    $Deadline = '2h30m',

    [Parameter()]
    [ValidateRange(1, 1000)]
    [int]
    $MaxFailure = 5
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
    $journal = Join-Path -Path $folder -ChildPath 'prune.jsonl'
    if (Get-AzStorageBlob @storage -Blob $JournalName -ErrorAction Ignore) {
        $null = Get-AzStorageBlobContent @storage -Blob $JournalName -Destination $journal -Force
    }

    $notKept = $null
    $run = @{
        JournalPath = $journal
        Deadline = $Deadline
        MaxFailure = $MaxFailure
        # Nobody is there to ask.
        Confirm = $false
        # What fails in one app does not keep the others from their turn.
        ErrorAction = 'Continue'
    }
    try {
        $results = if ($PlanName) {
            $plan = Join-Path -Path $folder -ChildPath 'plan.json'
            $null = Get-AzStorageBlobContent @storage -Blob $PlanName -Destination $plan -Force
            Invoke-AcaRevisionPrune -Plan $plan @run -ErrorVariable failures
        }
        else {
            Get-AcaApp | Invoke-AcaRevisionPrune -KeepLast $KeepLast @run -ErrorVariable failures
        }
    }
    finally {
        if (Test-Path -LiteralPath $journal) {
            try {
                $null = Set-AzStorageBlobContent @storage -File $journal -Blob $JournalName -Force
            }
            catch {
                # An error of its own, which does not take the place of one that has ended the run.
                $notKept = "The journal was not kept in the storage account: $_"
                Write-Error -Message $notKept -ErrorAction Continue
            }
        }
    }

    if ($notKept) {
        # Nothing else tells any more what was done.
        $results
        throw $notKept
    }

    $results | Group-Object -Property Outcome -NoElement
    if ($failures) {
        throw "Not all went well: $($failures.Count) errors. What was done stands in the journal, and the next job goes on with the rest."
    }
}
finally {
    Remove-Item -LiteralPath $folder -Recurse
}
