#Requires -Version 7.4
<#
.SYNOPSIS
    Plans a prune of a subscription, and keeps the plan and a report in a storage account. Changes nothing.
.DESCRIPTION
    A runbook for a runtime environment of Azure Automation with PowerShell 7.4. Somebody can look at the report, and Invoke-SubscriptionPrune
    carries out that very plan. The identity needs to read apps, and Storage Blob Data Contributor on the container.
.PARAMETER SubscriptionId
    The subscription.
.PARAMETER StorageAccountName
    The storage account.
.PARAMETER ContainerName
    The container of blobs in it.
.PARAMETER ClientId
    The client id of a user-assigned managed identity; the one of the Automation account itself when left out.
.PARAMETER KeepLast
    How many of the newest revisions of each app stay.
.PARAMETER PlanName
    The name of the plan. The report has the same, and .md behind it.
.PARAMETER Deadline
    How long the job may take. Azure Automation stops one after three hours.
#>
[CmdletBinding()]
[OutputType('RevisionTools.PrunePlanEntry')]
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
    $PlanName = 'plan.json',

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
    $plan = Join-Path -Path $folder -ChildPath 'plan.json'
    $report = Join-Path -Path $folder -ChildPath 'plan.md'
    $count = 0
    # An app that cannot be read does not keep the others from their plan.
    Get-AcaApp |
        Invoke-AcaRevisionPrune -KeepLast $KeepLast -PlanOnly -PlanPath $plan -ReportPath $report -Deadline $Deadline -ErrorAction Continue -ErrorVariable failures |
        ForEach-Object -Process { $count++; $_.Entries } |
        Where-Object -Property Decision -In -Value 'Deactivate', 'Blocked'
    if ($count -eq 0) {
        throw 'No app was planned, so the plan that is there stays.'
    }

    $null = Set-AzStorageBlobContent @storage -File $plan -Blob $PlanName -Force
    $null = Set-AzStorageBlobContent @storage -File $report -Blob "$PlanName.md" -Force
    if ($failures) {
        throw "The plan is kept, but not of all apps: $($failures.Count) could not be planned."
    }
}
finally {
    Remove-Item -LiteralPath $folder -Recurse
}
