#Requires -Version 7.4
<#
.SYNOPSIS
    Measures what importing the module costs, beside other modules.
.DESCRIPTION
    Imports each module in fresh processes of the PowerShell that runs this, in rounds: each round has every module once, in an order drawn
    from the seed. Gives one row a module: medians of the whole process in milliseconds, by the clock and by the processor's (user and
    kernel), and how much each is above that of an empty script module. The clock tells little on a machine that has other work to do.
.PARAMETER ModulePath
    The manifest of the module; that of the build when left out.
.PARAMETER Count
    How many processes a module gets.
.PARAMETER Seed
    Where the order of each round comes from.
.EXAMPLE
    pwsh -NoProfile -File tests/RevisionTools.Benchmarks/Measure-Import.ps1
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param (
    [Parameter()]
    [string]
    $ModulePath,

    [Parameter()]
    [ValidateRange(1, 1000)]
    [int]
    $Count = 21,

    [Parameter()]
    [int]
    $Seed = 1
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Measure-Process {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [string]
        $Module
    )

    $script = "Import-Module -Name '$($Module -replace "'", "''")'; [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime.TotalMilliseconds"
    $encoded = [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($script))
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $cpu = & pwsh -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand $encoded
    $watch.Stop()
    if ($LASTEXITCODE -ne 0) {
        throw "Importing $Module ended with $LASTEXITCODE`: $cpu"
    }

    [pscustomobject]@{ Clock = $watch.Elapsed.TotalMilliseconds; Cpu = [double]::Parse($cpu, [cultureinfo]::InvariantCulture) }
}

function Get-Median {
    [CmdletBinding()]
    [OutputType([double])]
    param (
        [Parameter(Mandatory)]
        [double[]]
        $Value
    )

    $sorted = @($Value | Sort-Object)
    return ($sorted[[math]::Floor(($sorted.Count - 1) / 2)] + $sorted[[math]::Ceiling(($sorted.Count - 1) / 2)]) / 2
}

if (-not $ModulePath) {
    $repository = (Resolve-Path -Path "$PSScriptRoot/../..").Path
    $version = (Import-PowerShellDataFile -Path "$repository/module/RevisionTools.psd1").ModuleVersion
    $ModulePath = "$repository/output/RevisionTools/$version/RevisionTools.psd1"
}

Import-Module -Name "$PSScriptRoot/../Pester/Shared.psm1"
$env:PSModulePath = (Get-BuiltFolder -Name 'Modules'), $env:PSModulePath -join [System.IO.Path]::PathSeparator
$folder = New-Item -Path ([System.IO.Path]::GetTempPath()) -Name "revisiontools-import-$([guid]::NewGuid())" -ItemType Directory
try {
    $null = New-Item -Path "$folder/Empty.psm1" -ItemType File
    $modules = [ordered]@{ 'an empty script module' = "$folder/Empty.psm1"; 'RevisionTools' = (Resolve-Path -Path $ModulePath).Path }
    foreach ($name in 'PSScriptAnalyzer', 'Microsoft.PowerShell.PSResourceGet', 'Pester') {
        $installed = Get-Module -Name $name -ListAvailable | Select-Object -First 1
        if ($installed) {
            $modules[$name] = $installed.Path
        }
    }

    $random = [System.Random]::new($Seed)
    $times = @{}
    # The first round only fills the caches of the machine.
    foreach ($round in 0..$Count) {
        $order = [string[]]@($modules.Keys)
        $random.Shuffle($order)
        foreach ($name in $order) {
            Write-Progress -Activity 'Importing' -Status "round $round of $Count" -PercentComplete (100 * $round / ($Count + 1))
            $measured = Measure-Process -Module $modules[$name]
            if ($round -gt 0) {
                $times[$name] = @($times[$name] | Where-Object -FilterScript { $_ }) + $measured
            }
        }
    }

    $medians = foreach ($name in $modules.Keys) {
        [pscustomobject]@{ Module = $name; Clock = Get-Median -Value $times[$name].Clock; Cpu = Get-Median -Value $times[$name].Cpu }
    }

    foreach ($median in $medians) {
        [pscustomobject]@{
            Module = $median.Module
            ClockMs = [math]::Round($median.Clock)
            ClockOverEmptyMs = [math]::Round($median.Clock - $medians[0].Clock)
            CpuMs = [math]::Round($median.Cpu)
            CpuOverEmptyMs = [math]::Round($median.Cpu - $medians[0].Cpu)
        }
    }
}
finally {
    Remove-Item -Path $folder -Recurse
}
