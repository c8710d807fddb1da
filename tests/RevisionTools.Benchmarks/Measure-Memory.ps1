#Requires -Version 7.4
<#
.SYNOPSIS
    Measures how much memory a prune of a whole subscription takes.
.DESCRIPTION
    The sandbox server, which has to be built, serves a fleet from the seed; each case is a fresh process of the PowerShell that runs this, with the
    module of the build or that of the environment variable REVISIONTOOLS_MODULE_PATH. Gives one row a case: the peak of the whole process in MB
    (1,048,576 bytes), how long it took by the clock, and how many records came. Templates are light as the server generates them, or heavy: some 7 KB
    each. The system has to tell the peak of a process, which macOS may not.
.PARAMETER AppCount
    How many apps there are, one fleet for each number. The greatest is measured with heavy templates as well.
.PARAMETER RevisionCount
    How many revisions an app has.
.PARAMETER Seed
    Where the fleet comes from.
.EXAMPLE
    pwsh -NoProfile -File tests/RevisionTools.Benchmarks/Measure-Memory.ps1
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param (
    [Parameter()]
    [ValidateRange(1, 10000)]
    [int[]]
    $AppCount = @(100, 300, 500),

    [Parameter()]
    [ValidateRange(1, 1000)]
    [int]
    $RevisionCount = 100,

    [Parameter()]
    [int]
    $Seed = 7
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module -Name "$PSScriptRoot/../Pester/Harness.psm1", "$PSScriptRoot/../Pester/Shared.psm1" -Force

# In the order in which they need each other: the second saves the plan of the third.
$cases = [ordered]@{
    'PowerShell alone' = ''
    'a plan' = 'Get-AcaApp | Invoke-AcaRevisionPrune -KeepLast 5 -PlanOnly | ForEach-Object -Process { $count += $_.Entries.Count }'
    'a plan with -PlanPath' = 'Get-AcaApp | Invoke-AcaRevisionPrune -KeepLast 5 -PlanOnly -PlanPath $plan | ForEach-Object -Process { $count += $_.Entries.Count }'
    'that plan taken up with -WhatIf' = '$count = @(Invoke-AcaRevisionPrune -Plan $plan -WhatIf 6> $null).Count'
    'a prune with -JournalPath' = 'Get-AcaApp | Invoke-AcaRevisionPrune -KeepLast 5 -JournalPath $journal -Confirm:$false | ForEach-Object -Process { $count++ }'
}

# A fleet as a file of the server: the templates as they are generated, or with many settings.
function Save-Fleet {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [string]
        $Path,

        [Parameter(Mandatory)]
        [int]
        $AppCount,

        [Parameter(Mandatory)]
        [int]
        $RevisionCount,

        [Parameter(Mandatory)]
        [int]
        $Seed,

        [Parameter()]
        [switch]
        $Heavy
    )

    & dotnet exec (Get-ServerPath) scenario generate --apps $AppCount --revisions $RevisionCount --seed $Seed --out $Path
    if ($LASTEXITCODE -ne 0) {
        throw "The fleet was not generated: $LASTEXITCODE."
    }

    $fleet = Get-Content -Path $Path -Raw | ConvertFrom-Json -AsHashtable -Depth 100
    # Azure's own brakes would only make it take longer.
    $fleet.throttling = $false
    if ($Heavy) {
        $settings = @(1..50 | ForEach-Object -Process { @{ name = "SETTING_$_"; value = 'x' * 100 } })
        $fleet.apps.template.containers | ForEach-Object -Process { $_.env = $settings }
    }

    $fleet | ConvertTo-Json -Depth 100 -Compress | Set-Content -Path $Path
}

if (-not (Get-ServerPath)) {
    throw 'Build src/RevisionTools.Sandbox.Server first.'
}

$folder = New-Item -Path ([System.IO.Path]::GetTempPath()) -Name "revisiontools-memory-$([guid]::NewGuid())" -ItemType Directory
try {
    $fleets = @($AppCount | ForEach-Object -Process { @{ Count = $_; Heavy = $false } }) + @{ Count = [int]($AppCount | Measure-Object -Maximum).Maximum; Heavy = $true }
    foreach ($fleet in $fleets) {
        Save-Fleet -Path "$folder/fleet.json" -AppCount $fleet.Count -RevisionCount $RevisionCount -Seed $Seed -Heavy:$fleet.Heavy
        $server = Open-SandboxServer -ArgumentList '--scenario', "$folder/fleet.json"
        try {
            $variables = @{ endpoint = $server.Ready.endpoint; token = $server.Ready.token; plan = "$folder/plan.json"; journal = "$folder/journal.jsonl" }
            $connect = 'Import-Module -Name $module; $null = Connect-AcaAccount -Endpoint $endpoint -AccessToken (ConvertTo-SecureString -String $token -AsPlainText)'
            foreach ($case in $cases.Keys) {
                Write-Progress -Activity 'Measuring' -Status "$($fleet.Count) apps: $case"
                $watch = [System.Diagnostics.Stopwatch]::StartNew()
                $measured = Invoke-InNewProcess -Variable $variables -Script @"
                    `$WarningPreference = 'SilentlyContinue'
                    `$count = 0
                    $($cases[$case] ? "$connect; $($cases[$case])" : '')
                    `$peak = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
                    ConvertTo-Json -InputObject @{ Peak = `$peak; Count = `$count } -Compress
"@
                if ($measured.Peak -eq 0) {
                    throw 'This system does not tell the peak of a process.'
                }

                [pscustomobject]@{
                    Apps = $fleet.Count
                    Templates = $fleet.Heavy ? 'heavy' : 'light'
                    Case = $case
                    PeakMB = [int][math]::Round($measured.Peak / 1MB)
                    Seconds = [int][math]::Round($watch.Elapsed.TotalSeconds)
                    Records = $measured.Count
                }
            }

            Remove-Item -Path "$folder/*"
        }
        finally {
            Close-SandboxServer -Server $server
        }
    }
}
finally {
    Remove-Item -Path $folder -Recurse
}
