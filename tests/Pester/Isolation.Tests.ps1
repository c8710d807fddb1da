#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force

    # Reports which of the libraries that modules quarrel about are loaded, where, and in which version.
    $report = @'
        $loaded = foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
            foreach ($assembly in $context.Assemblies) {
                $name = $assembly.GetName()
                if ($name.Name -match '^(Azure\.|Microsoft\.Identity|System\.ClientModel|System\.Memory\.Data|RevisionTools\.)') {
                    [pscustomobject]@{ Context = $context.Name; Name = $name.Name; Version = "$($name.Version)" }
                }
            }
        }
        ConvertTo-Json -InputObject @($loaded) -Compress
'@
    $use = 'Import-Module -Name $module; Connect-AcaAccount -Sandbox | Out-Null; if (-not @(Get-AcaApp).Count) { throw "no app" }'
    $preload = 'Get-ChildItem -Path $rival -Filter *.dll | ForEach-Object { [void][System.Reflection.Assembly]::LoadFrom($_.FullName) }; [void][Azure.Core.AzureLocation]::WestEurope'
}

Describe 'The Azure libraries' {
    It 'stay in the context of the module; the default context has the loader alone' {
        $loaded = Invoke-InNewProcess -Script "$use`n$report"
        ($loaded | Where-Object -Property Context -EQ 'Default').Name | Should -Be 'RevisionTools.Loader'
        ($loaded | Where-Object -Property Context -EQ 'RevisionTools').Name | Should -Contain 'Azure.Core'
        $loaded.Context | Select-Object -Unique | Sort-Object | Should -Be @('Default', 'RevisionTools')
    }

    It 'are loaded by no <What>' -ForEach @(
        @{ What = 'import'; Script = '' }
        @{ What = 'Get-Help'; Script = 'Get-Command -Module RevisionTools | ForEach-Object { $null = Get-Help -Name $_.Name -Full | Out-String }' }
        @{ What = 'completion without a connection'; Script = '"Get-AcaApp web-", "Get-AcaRevision web-shop ", "Get-AcaApp -Context ", "Get-AcaLabelHistory x -L" | ForEach-Object { $null = TabExpansion2 -inputScript $_ -cursorColumn $_.Length }' }
        @{ What = 'Connect-AcaAccount -Sandbox'; Script = '$null = Connect-AcaAccount -Sandbox; $null = Get-AcaContext -ListAvailable | Out-String; $null = Connect-AcaAccount -Context Sandbox; Disconnect-AcaAccount' }
    ) {
        $loaded = Invoke-InNewProcess -Script "Import-Module -Name `$module`n$Script`n$report"
        $loaded.Name | Where-Object -FilterScript { $_ -notlike 'RevisionTools.*' } | Should -BeNullOrEmpty
        $loaded.Name | Should -Contain 'RevisionTools.Cmdlets'
    }

    It 'are our own when an older Azure.Core sits in the default context <Order>' -ForEach @(
        @{ Order = 'before the import'; Before = $true }
        @{ Order = 'after the import'; Before = $false }
    ) {
        $steps = $Before ? @($preload, $use) : @($use, $preload, $use)
        $loaded = Invoke-InNewProcess -Variable @{ rival = Get-RivalFolder } -Script (($steps + $report) -join "`n")
        $rival = $loaded | Where-Object -FilterScript { $_.Name -eq 'Azure.Core' -and $_.Context -eq 'Default' }
        $own = $loaded | Where-Object -FilterScript { $_.Name -eq 'Azure.Core' -and $_.Context -eq 'RevisionTools' }
        $rival.Version | Should -Be '1.36.0.0'
        $own | Should -HaveCount 1
        [version]$own.Version | Should -BeGreaterThan ([version]$rival.Version)
        ($loaded | Where-Object -Property Context -EQ 'Default').Name | Sort-Object |
            Should -Be @('Azure.Core', 'RevisionTools.Loader', 'System.Memory.Data')
    }
}
