#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, analyses, packs and shows RevisionTools.

.DESCRIPTION
    A thin wrapper for people who have PowerShell. Build, Test and Package are dotnet commands that work without this script:
    dotnet build RevisionTools.sln leaves an importable module in output/RevisionTools/<version>.

.PARAMETER Task
    What to do. Several tasks run in the order Clean, Build, Test, Analyze, Package, Publish, Demo.
    Build    builds the solution and lays the module out.
    Test     runs all tests, those inside PowerShell too. With -PackagePath it builds nothing: it installs that package into an empty folder
             and runs the tests inside PowerShell on it.
    Analyze  runs PSScriptAnalyzer over the laid-out module, the build's own scripts and the tests.
    Package  writes artifacts/RevisionTools.<version>.nupkg: the same sources give the same bytes.
    Publish  publishes the package of -PackagePath with the key in the environment variable REVISIONTOOLS_GALLERY_KEY.
    Demo     imports the module in a new process, connects to the sandbox and does the main job.
    Clean    removes what the tasks have written.

.PARAMETER Configuration
    The configuration to build, test and pack.

.PARAMETER PackagePath
    The package to test or publish; wildcards that match one file are taken.

.PARAMETER ModulePath
    The folder of the module that Analyze looks at; the laid-out one when left out.

.PARAMETER Repository
    The registered repository that Publish publishes to.

.PARAMETER Tag
    The tag that is released. Publish refuses a package whose version is another: 'v0.1.0' is the tag of version 0.1.0.

.EXAMPLE
    ./build.ps1
    Builds the solution.

.EXAMPLE
    ./build.ps1 -Task Build, Test, Analyze, Package
    All that a release needs.

.EXAMPLE
    ./build.ps1 -Task Test -PackagePath ./artifacts/RevisionTools.*.nupkg
    Tests a package that another machine has built.
#>
[CmdletBinding(SupportsShouldProcess)]
param (
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Analyze', 'Package', 'Publish', 'Demo', 'Clean')]
    [string[]]
    $Task = 'Build',

    [Parameter()]
    [ValidateSet('Debug', 'Release')]
    [string]
    $Configuration = 'Release',

    [Parameter()]
    [SupportsWildcards()]
    [string]
    $PackagePath,

    [Parameter()]
    [string]
    $ModulePath,

    [Parameter()]
    [string]
    $Repository = 'PSGallery',

    [Parameter()]
    [string]
    $Tag
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$script:manifest = Import-PowerShellDataFile -Path "$PSScriptRoot/module/RevisionTools.psd1"
$script:output = "$PSScriptRoot/output/RevisionTools/$($script:manifest.ModuleVersion)"
$script:artifacts = "$PSScriptRoot/artifacts"

function Invoke-DotNet {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory, ValueFromRemainingArguments)]
        [string[]]
        $ArgumentList
    )

    & dotnet @ArgumentList
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($ArgumentList -join ' ') ended with $LASTEXITCODE."
    }
}

function Assert-ModuleOutput {
    [CmdletBinding()]
    param ()

    if (-not (Test-Path -Path "$script:output/RevisionTools.psd1")) {
        throw "There is no module in $script:output. Run: ./build.ps1 -Task Build"
    }
}

# The analyzer looks commands up on several threads at once; now and then one of these fails, and then goes on failing for as long
# as the process lives (https://github.com/PowerShell/PSScriptAnalyzer/issues/2205). So it runs in a process of its own, and in a new one then.
function Get-AnalyzerFinding {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [string[]]
        $Path,

        [Parameter(Mandatory)]
        [string]
        $Settings,

        [Parameter()]
        [string[]]
        $ExcludeRule = @()
    )

    $analysis = $Path | ForEach-Object -Process { @{ Path = $_; Settings = $Settings; ExcludeRule = $ExcludeRule } }
    foreach ($attempt in 1..5) {
        $job = Start-Job -ScriptBlock {
            Import-Module -Name 'PSScriptAnalyzer' -MinimumVersion '1.21.0'
            $using:analysis | ForEach-Object -Process {
                $arguments = $_
                Invoke-ScriptAnalyzer -Recurse @arguments
            }
        }
        try {
            return Receive-Job -Job $job -Wait -AutoRemoveJob
        }
        catch {
            if ($attempt -eq 5 -or "$_" -notmatch "'Get-Command' is not recognized|Object reference not set") {
                throw
            }
        }
    }
}

function Invoke-ModuleAnalysis {
    [CmdletBinding()]
    param (
        [Parameter()]
        [string]
        $Path
    )

    if (-not $Path) {
        Assert-ModuleOutput
        $Path = $script:output
    }

    $settings = "$PSScriptRoot/tests/Pester/PSScriptAnalyzerSettings.psd1"
    $own = "$PSScriptRoot/build.ps1", "$PSScriptRoot/.ci", "$PSScriptRoot/tests/Conformance/support", "$PSScriptRoot/tests/RevisionTools.Benchmarks/Measure-Import.ps1", "$PSScriptRoot/tests/RevisionTools.Benchmarks/Measure-Memory.ps1"
    $findings = @(
        Get-AnalyzerFinding -Path (@($Path) + $own) -Settings $settings
        # Pester's blocks share variables in a way that this rule cannot follow.
        Get-AnalyzerFinding -Path "$PSScriptRoot/tests/Pester" -Settings $settings -ExcludeRule 'PSUseDeclaredVarsMoreThanAssignments'
    )

    if ($findings) {
        $findings | Format-Table -Property 'Severity', 'RuleName', 'ScriptName', 'Line', 'Message' -Wrap | Out-Host
        throw "PSScriptAnalyzer found $($findings.Count) problem(s)."
    }
}

function Resolve-ModulePackage {
    [CmdletBinding()]
    [OutputType([System.IO.FileInfo])]
    param (
        [Parameter()]
        [string]
        $Path
    )

    $package = @(if ($Path) { Get-Item -Path $Path })
    if ($package.Count -ne 1) {
        throw "-PackagePath must name one package; '$Path' names $($package.Count)."
    }

    return $package[0]
}

function Test-ModulePackage {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [string]
        $Path
    )

    $package = Resolve-ModulePackage -Path $Path
    $folder = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "revisiontools-$([guid]::NewGuid())"
    $before = $env:REVISIONTOOLS_MODULE_PATH
    try {
        $env:REVISIONTOOLS_MODULE_PATH = & "$PSScriptRoot/tests/Pester/Install-Package.ps1" -PackagePath $package -Destination $folder
        & pwsh -NoProfile -NonInteractive -File "$PSScriptRoot/tests/Pester/Invoke-Suite.ps1"
        if ($LASTEXITCODE -ne 0) {
            throw "The tests of $package failed."
        }
    }
    finally {
        $env:REVISIONTOOLS_MODULE_PATH = $before
        Remove-Item -Path $folder -Recurse -Force -ErrorAction Ignore
    }
}

function New-ModulePackage {
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([System.IO.FileInfo])]
    param ()

    $package = "$script:artifacts/RevisionTools.$($script:manifest.ModuleVersion).nupkg"
    if ($PSCmdlet.ShouldProcess($package, 'Write the package')) {
        Invoke-DotNet 'build' "$PSScriptRoot/src/RevisionTools.Cmdlets" '--configuration' $Configuration '-t:PackModule' "-p:ModulePackagePath=$package" | Out-Host
        Get-Item -Path $package
    }
}

function Publish-ModulePackage {
    [CmdletBinding(SupportsShouldProcess)]
    param (
        [Parameter()]
        [string]
        $Path,

        [Parameter(Mandatory)]
        [string]
        $Repository,

        [Parameter()]
        [string]
        $Tag
    )

    $package = Resolve-ModulePackage -Path $Path
    if ($Tag -and $package.Name -ne "RevisionTools.$($Tag -replace '^v').nupkg") {
        throw "The tag $Tag is not that of $($package.Name): set ModuleVersion in module/RevisionTools.psd1, or give the commit another tag."
    }

    if ($PSCmdlet.ShouldProcess("$package to $Repository", 'Publish')) {
        # From the environment, since command lines end up in logs.
        $key = $env:REVISIONTOOLS_GALLERY_KEY ? @{ ApiKey = $env:REVISIONTOOLS_GALLERY_KEY } : @{}
        Publish-PSResource -NupkgPath $package.FullName -Repository $Repository @key
    }
}

function Show-Demo {
    [CmdletBinding()]
    param ()

    Assert-ModuleOutput
    $lines = @(
        'Connect-AcaAccount -Sandbox'
        'Get-AcaApp'
        'Get-AcaApp web-shop | Get-AcaRevision | Select-Object -Last 8'
        'Get-AcaApp | Invoke-AcaRevisionPrune -KeepLast 3 -PlanOnly'
        'Get-AcaApp web* | Invoke-AcaRevisionPrune -KeepLast 3 -WhatIf'
        'Get-AcaApp web* | Invoke-AcaRevisionPrune -KeepLast 3 -Confirm:$false'
        'Get-AcaApp web* | Invoke-AcaRevisionPrune -KeepLast 3 -PlanOnly'
    )
    $script = @("Import-Module -Name '$script:output/RevisionTools.psd1'")
    $script += $lines | ForEach-Object -Process { "'PS> ' + '$($_ -replace "'", "''")' | Out-Host", "$_ | Out-Host" }
    & pwsh -NoProfile -NonInteractive -Command ($script -join "`n")
    if ($LASTEXITCODE -ne 0) {
        throw "The demo ended with $LASTEXITCODE."
    }
}

foreach ($name in 'Clean', 'Build', 'Test', 'Analyze', 'Package', 'Publish', 'Demo' | Where-Object -FilterScript { $_ -in $Task }) {
    switch ($name) {
        'Build' { Invoke-DotNet 'build' "$PSScriptRoot/RevisionTools.sln" '--configuration' $Configuration }
        'Test' {
            if ($PackagePath) {
                Test-ModulePackage -Path $PackagePath
            }
            else {
                Invoke-DotNet 'test' "$PSScriptRoot/RevisionTools.sln" '--configuration' $Configuration
            }
        }
        'Analyze' { Invoke-ModuleAnalysis -Path $ModulePath }
        'Package' { New-ModulePackage }
        'Publish' { Publish-ModulePackage -Path $PackagePath -Repository $Repository -Tag $Tag }
        'Demo' { Show-Demo }
        'Clean' {
            Invoke-DotNet 'clean' "$PSScriptRoot/RevisionTools.sln" '--configuration' $Configuration
            Remove-Item -Path "$PSScriptRoot/output", $script:artifacts -Recurse -Force -ErrorAction Ignore
        }
    }
}
