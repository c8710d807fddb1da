#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, analyses, packs and shows RevisionTools.

.DESCRIPTION
    A thin wrapper for people who have PowerShell. Everything but Analyze, Package and Demo is a dotnet command that works
    without this script: dotnet build RevisionTools.sln leaves an importable module in output/RevisionTools/<version>.

.PARAMETER Task
    What to do. Several tasks run in the order Clean, Build, Test, Analyze, Package, Demo.
    Build    builds the solution and lays the module out.
    Test     runs all tests, those inside PowerShell too.
    Analyze  runs PSScriptAnalyzer over the laid-out module, this script and the Pester files.
    Package  writes artifacts/RevisionTools.<version>.nupkg from the laid-out module.
    Demo     imports the module in a new process, connects to the sandbox and does the main job.
    Clean    removes what the tasks have written.

.PARAMETER Configuration
    The configuration to build and test.

.EXAMPLE
    ./build.ps1
    Builds the solution.

.EXAMPLE
    ./build.ps1 -Task Build, Test, Analyze, Package
    All that a release needs.
#>
[CmdletBinding()]
param (
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Analyze', 'Package', 'Demo', 'Clean')]
    [string[]]
    $Task = 'Build',

    [Parameter()]
    [ValidateSet('Debug', 'Release')]
    [string]
    $Configuration = 'Release'
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
        [string]
        $Path,

        [Parameter(Mandatory)]
        [string]
        $Settings,

        [Parameter()]
        [string[]]
        $ExcludeRule = @()
    )

    $analysis = @{ Path = $Path; Settings = $Settings; ExcludeRule = $ExcludeRule }
    foreach ($attempt in 1..5) {
        $job = Start-Job -ScriptBlock {
            $arguments = $using:analysis
            Import-Module -Name 'PSScriptAnalyzer' -MinimumVersion '1.21.0'
            Invoke-ScriptAnalyzer -Recurse @arguments
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
    param ()

    Assert-ModuleOutput
    $settings = "$PSScriptRoot/tests/Pester/PSScriptAnalyzerSettings.psd1"
    $findings = @(
        Get-AnalyzerFinding -Path $script:output -Settings $settings
        Get-AnalyzerFinding -Path "$PSScriptRoot/build.ps1" -Settings $settings
        # Pester's blocks share variables in a way that this rule cannot follow.
        Get-AnalyzerFinding -Path "$PSScriptRoot/tests/Pester" -Settings $settings -ExcludeRule 'PSUseDeclaredVarsMoreThanAssignments'
    )

    if ($findings) {
        $findings | Format-Table -Property 'Severity', 'RuleName', 'ScriptName', 'Line', 'Message' -Wrap | Out-Host
        throw "PSScriptAnalyzer found $($findings.Count) problem(s)."
    }
}

function New-ModulePackage {
    [CmdletBinding(SupportsShouldProcess)]
    param ()

    Assert-ModuleOutput
    $package = "$script:artifacts/RevisionTools.$($script:manifest.ModuleVersion).nupkg"
    if (-not $PSCmdlet.ShouldProcess($package, 'Write the package')) {
        return
    }

    $null = New-Item -Path $script:artifacts -ItemType Directory -Force
    Remove-Item -Path $package -ErrorAction Ignore
    if (Get-Command -Name 'Publish-PSResource' -ErrorAction Ignore) {
        Publish-ToFolder -Path $script:artifacts
    }
    else {
        $nuspec = Join-Path -Path $script:artifacts -ChildPath 'RevisionTools.nuspec'
        Set-Content -Path $nuspec -Value (Get-Nuspec)
        try {
            Invoke-DotNet 'pack' $nuspec '--output' $script:artifacts '--version' $script:manifest.ModuleVersion
        }
        finally {
            Remove-Item -Path $nuspec
        }
    }

    Get-Item -Path $package
}

function Publish-ToFolder {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [string]
        $Path
    )

    $repository = "RevisionTools-$([guid]::NewGuid())"
    Register-PSResourceRepository -Name $repository -Uri $Path -Trusted
    try {
        Publish-PSResource -Path $script:output -Repository $repository
    }
    finally {
        Unregister-PSResourceRepository -Name $repository
    }
}

# The package description that Publish-PSResource derives from the manifest.
function Get-Nuspec {
    [CmdletBinding()]
    [OutputType([string])]
    param ()

    $data = $script:manifest.PrivateData.PSData
    $tags = @('PSModule', 'PSIncludes_Cmdlet') + $data.Tags
    $tags += $script:manifest.CmdletsToExport | ForEach-Object -Process { "PSCmdlet_$_", "PSCommand_$_" }
    $escape = { param ($text) [System.Security.SecurityElement]::Escape($text) }
    return @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>RevisionTools</id>
    <version>$($script:manifest.ModuleVersion)</version>
    <authors>$(& $escape $script:manifest.Author)</authors>
    <owners>$(& $escape $script:manifest.CompanyName)</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <license type="expression">MIT</license>
    <projectUrl>$(& $escape $data.ProjectUri)</projectUrl>
    <description>$(& $escape $script:manifest.Description)</description>
    <releaseNotes>$(& $escape $data.ReleaseNotes)</releaseNotes>
    <copyright>$(& $escape $script:manifest.Copyright)</copyright>
    <tags>$(& $escape ($tags -join ' '))</tags>
  </metadata>
  <files>
    <file src="$(& $escape $script:output)/**" target="" />
  </files>
</package>
"@
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
    & ([System.Environment]::ProcessPath) -NoProfile -NonInteractive -Command ($script -join "`n")
    if ($LASTEXITCODE -ne 0) {
        throw "The demo ended with $LASTEXITCODE."
    }
}

foreach ($name in 'Clean', 'Build', 'Test', 'Analyze', 'Package', 'Demo' | Where-Object -FilterScript { $_ -in $Task }) {
    switch ($name) {
        'Build' { Invoke-DotNet 'build' "$PSScriptRoot/RevisionTools.sln" '--configuration' $Configuration }
        'Test' { Invoke-DotNet 'test' "$PSScriptRoot/RevisionTools.sln" '--configuration' $Configuration }
        'Analyze' { Invoke-ModuleAnalysis }
        'Package' { New-ModulePackage }
        'Demo' { Show-Demo }
        'Clean' {
            Invoke-DotNet 'clean' "$PSScriptRoot/RevisionTools.sln" '--configuration' $Configuration
            Remove-Item -Path "$PSScriptRoot/output", $script:artifacts -Recurse -ErrorAction Ignore
        }
    }
}
