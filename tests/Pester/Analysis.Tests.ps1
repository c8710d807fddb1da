#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $hasAnalyzer = $null -ne (Get-Module -Name 'PSScriptAnalyzer' -ListAvailable)
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
}

Describe 'PSScriptAnalyzer' {
    It 'finds nothing in the module, its samples, the scripts of the build and the tests' -Skip:(-not $hasAnalyzer) {
        $output = & pwsh -NoProfile -NonInteractive -File "$PSScriptRoot/../../build.ps1" -Task Analyze -ModulePath (Get-ModuleFolder) 2>&1
        $LASTEXITCODE | Should -Be 0 -Because ($output | Out-String)
    }
}
