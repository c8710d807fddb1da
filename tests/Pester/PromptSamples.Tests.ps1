#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    Import-Module -Name (Join-Path -Path (Get-ModuleFolder) -ChildPath 'RevisionTools.psd1') -Force
    $samples = Join-Path -Path (Get-ModuleFolder) -ChildPath 'samples/prompt'
}

Describe 'The samples for the prompt' {
    BeforeEach {
        $sandbox = (Connect-AcaAccount -Sandbox).Sandbox
    }

    It 'are all tried here' {
        (Get-ChildItem -Path $samples).Name | Sort-Object |
            Should -Be @('Invoke-PruneWithUndo.ps1', 'Publish-WithCanary.ps1', 'Show-FleetProblem.ps1')
    }

    Context 'Show-FleetProblem' {
        It 'finds what is wrong in the sample fleet, and sends no write' {
            $found = & "$samples/Show-FleetProblem.ps1"
            ($found | Where-Object -Property Finding -EQ -Value 'Failed').Revision | Should -Be 'web-search--0000004'
            ($found | Where-Object -Property Finding -EQ -Value 'OldConsumer').Revision | Should -Contain 'orders-worker--0000001'
            # The newest consumer of an app is where its work should be.
            ($found | Where-Object -Property Finding -EQ -Value 'OldConsumer').Revision | Should -Not -Contain 'orders-worker--0000003'
            ($found | Where-Object -Property Finding -EQ -Value 'Traffic').App | Should -Be 'web-search'
            $sandbox.WriteCount | Should -Be 0
        }

        It 'looks only at what it is asked for' {
            (& "$samples/Show-FleetProblem.ps1" 'web-*').App | Select-Object -Unique | Should -Be 'web-search'
        }
    }

    Context 'Publish-WithCanary' {
        It 'gives everything to a revision that holds with a share' {
            $change = & "$samples/Publish-WithCanary.ps1" 'web-shop' 'contososhop.azurecr.io/shop:5.8.0' -Weight 20 -StableFor '00:05:00' -ProbePath '/healthz'
            $change.Before.Entries.Weight | Sort-Object | Should -Be @(20, 80)
            $serving = @((Get-AcaTraffic -ContainerAppName 'web-shop').Entries)
            $serving | Should -HaveCount 1
            (Get-AcaRevision -ContainerAppName 'web-shop' -Name $serving[0].RevisionName).Images | Should -Be 'contososhop.azurecr.io/shop:5.8.0'
        }

        It 'puts the traffic back when the revision does not hold' {
            $before = (Get-AcaTraffic -ContainerAppName 'web-shop').Entries | ConvertTo-Json
            $sandbox.Inject('Status', 'GET', '/healthz', 1000, 500)
            $told = $null
            try {
                & "$samples/Publish-WithCanary.ps1" 'web-shop' 'contososhop.azurecr.io/shop:5.8.0' -ProbePath '/healthz' -WarningVariable told -WarningAction SilentlyContinue
            }
            catch {
                $thrown = $_
            }

            $thrown.FullyQualifiedErrorId | Should -BeLike 'RevisionWaitTimeout*'
            $told | Should -Match 'The traffic goes back'
            (Get-AcaTraffic -ContainerAppName 'web-shop').Entries | ConvertTo-Json | Should -Be $before
        }

        It 'moves nothing for a revision that does not start' {
            $before = (Get-AcaTraffic -ContainerAppName 'web-shop').Entries | ConvertTo-Json
            { & "$samples/Publish-WithCanary.ps1" 'web-shop' 'contososhop.azurecr.io/shop:5.8.0-missing' } | Should -Throw -ErrorId 'RevisionFailed*'
            (Get-AcaTraffic -ContainerAppName 'web-shop').Entries | ConvertTo-Json | Should -Be $before
        }

        It 'sends no write with -WhatIf' {
            & "$samples/Publish-WithCanary.ps1" 'web-shop' 'contososhop.azurecr.io/shop:5.8.0' -WhatIf
            $sandbox.WriteCount | Should -Be 0
        }
    }

    Context 'Invoke-PruneWithUndo' {
        BeforeEach {
            $journal = Join-Path -Path $TestDrive -ChildPath "$([guid]::NewGuid()).jsonl"
        }

        It 'takes down what it has shown, and the journal takes that back' {
            $before = (Get-AcaRevision -ContainerAppName 'web-shop' -Active).Name
            $results = & "$samples/Invoke-PruneWithUndo.ps1" 'web-shop' -KeepLast 2 -JournalPath $journal -Confirm:$false -WarningVariable told -WarningAction SilentlyContinue
            $taken = ($results | Where-Object -Property Outcome -EQ -Value 'Deactivated').Count
            $taken | Should -BeGreaterThan 10
            $sandbox.Clock.Advance([timespan]'00:05:00')
            (Get-AcaRevision -ContainerAppName 'web-shop' -Active).Count | Should -Be ($before.Count - $taken)
            $told | Should -Match 'Undo-AcaRevisionPrune'
            $null = Undo-AcaRevisionPrune -JournalPath $journal -Wait
            (Get-AcaRevision -ContainerAppName 'web-shop' -Active).Name | Sort-Object | Should -Be ($before | Sort-Object)
        }

        It 'sends no write and leaves no journal with -WhatIf' {
            & "$samples/Invoke-PruneWithUndo.ps1" 'web-*' -JournalPath $journal -WhatIf
            $sandbox.WriteCount | Should -Be 0
            $journal | Should -Not -Exist
        }
    }
}
