#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Azure Automation gives a sandbox 400 MB, PowerShell itself included. The fleet is served by another process, so that only the client counts.

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    $isMissing = -not (Get-ServerPath)
    if ($isMissing) {
        Write-Warning -Message 'The sandbox server is not built: the memory of a prune is not measured.'
    }
}

Describe 'A prune of a whole subscription' -Skip:$isMissing {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
        Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
        $fleet = Join-Path -Path $TestDrive -ChildPath 'fleet.json'
        & dotnet exec (Get-ServerPath) scenario generate --apps 500 --revisions 100 --seed 7 --out $fleet
        (Get-Content -Path $fleet -Raw) -replace '"throttling": true', '"throttling": false' | Set-Content -Path $fleet
        $server = Open-SandboxServer -ArgumentList '--scenario', $fleet
    }

    AfterAll {
        Close-SandboxServer -Server $server
    }

    It 'is planned, saved and taken up again within 400 MB: 500 apps with 100 revisions each' {
        $variables = @{ endpoint = $server.Ready.endpoint; token = $server.Ready.token; file = Join-Path -Path $TestDrive -ChildPath 'plan.json' }
        $result = Invoke-InNewProcess -Variable $variables -Script @'
            $WarningPreference = 'SilentlyContinue'
            Import-Module -Name $module
            $null = Connect-AcaAccount -Endpoint $endpoint -AccessToken (ConvertTo-SecureString -String $token -AsPlainText)
            $revisions = 0
            Get-AcaApp | Invoke-AcaRevisionPrune -KeepLast 5 -PlanOnly -PlanPath $file | ForEach-Object -Process { $revisions += $_.Entries.Count }
            $planned = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
            Invoke-AcaRevisionPrune -Plan $file -WhatIf 6> $null | Out-Null
            $taken = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
            ConvertTo-Json -InputObject @{ Revisions = $revisions; Planned = $planned / 1MB; Taken = $taken / 1MB } -Compress
'@
        $result.Revisions | Should -Be 50000
        $result.Planned | Should -BeLessThan 400
        $result.Taken | Should -BeLessThan 400
    }
}
