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

        # In a process that has loaded nothing yet, what a script gives, and the peak of the whole process in MB after it.
        function Measure-Script {
            param ([string] $Script)
            $variables = @{ endpoint = $server.Ready.endpoint; token = $server.Ready.token; plan = "$TestDrive/plan.json"; journal = "$TestDrive/journal.jsonl" }
            $measured = Invoke-InNewProcess -Variable $variables -Script @"
                `$WarningPreference = 'SilentlyContinue'
                Import-Module -Name `$module
                `$null = Connect-AcaAccount -Endpoint `$endpoint -AccessToken (ConvertTo-SecureString -String `$token -AsPlainText)
                `$count = 0
                $Script
                ConvertTo-Json -InputObject @{ Count = `$count; Peak = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB } -Compress
"@
            if ($measured.Peak -eq 0 -and $IsMacOS) {
                Set-ItResult -Skipped -Because 'this system does not tell the peak of a process'
            }

            # PowerShell alone takes more than that: a figure below it measures something else.
            $measured.Peak | Should -BeGreaterThan 50
            return $measured
        }
    }

    AfterAll {
        Close-SandboxServer -Server $server
    }

    It 'is planned and saved within 400 MB: 500 apps with 100 revisions each' {
        $measured = Measure-Script -Script 'Get-AcaApp | Invoke-AcaRevisionPrune -KeepLast 5 -PlanOnly -PlanPath $plan | ForEach-Object -Process { $count += $_.Entries.Count }'
        $measured.Count | Should -Be 50000
        $measured.Peak | Should -BeLessThan 400
    }

    It 'is taken up again from its file within 400 MB: 500 apps with 100 revisions each' {
        $measured = Measure-Script -Script '$count = @(Invoke-AcaRevisionPrune -Plan $plan -WhatIf 6> $null).Count'
        $measured.Peak | Should -BeLessThan 400
    }

    It 'is carried out with a journal within 400 MB: 500 apps with 100 revisions each' {
        $measured = Measure-Script -Script '$count = @(Get-AcaApp | Invoke-AcaRevisionPrune -KeepLast 5 -JournalPath $journal -Confirm:$false | Where-Object -Property Outcome -EQ Deactivated).Count'
        $measured.Count | Should -BeGreaterThan 5000
        $measured.Peak | Should -BeLessThan 400
    }
}
