#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
}

Describe 'Test-AcaRevision' {
    BeforeAll {
        Connect-AcaAccount -Sandbox | Out-Null
    }

    AfterAll {
        Disconnect-AcaAccount
    }

    It 'says of a failed revision that it is not ready, and of its neighbours that they are' {
        $readiness = Test-AcaRevision -ContainerAppName web-search
        $readiness.Count | Should -Be 5
        ($readiness | Where-Object -Property Result -EQ 'NotReady').Name | Should -Be 'web-search--0000004'
        $readiness[-1].Message | Should -BeLike '*The image cannot be pulled*'
        $readiness[-1].Findings[0].Check | Should -Be 'LastStart'
        ($readiness | Where-Object -Property Result -EQ 'Ready').Count | Should -Be 4
    }

    It 'takes revisions and apps from the pipeline' {
        (Get-AcaRevision -ContainerAppName web-landing -Stage Inactive | Test-AcaRevision -ErrorAction Stop).Count | Should -Be 6
        (Get-AcaApp -Name web-landing | Test-AcaRevision -ErrorAction Stop).Count | Should -Be 7
    }

    It 'changes nothing' {
        $sandbox = (Get-AcaContext).Sandbox
        $sandbox.ClearRequests()
        Test-AcaRevision | Should -Not -BeNullOrEmpty
        $sandbox.WriteCount | Should -Be 0
    }

    It 'says of a purged revision that it is not there' {
        { Test-AcaRevision -ContainerAppName web-landing -Name gone -ErrorAction Stop } | Should -Throw -ErrorId 'RevisionNotFound,*'
    }

    It 'asks registries that are named, and no others' {
        (Test-AcaRevision -ContainerAppName web-search -Name '0000004' -CheckImage -Registry contososhop.azurecr.io).Findings[-1].Result | Should -Be 'NotReady'
        (Test-AcaRevision -ContainerAppName web-search -Name '0000003' -CheckImage -Registry contososhop.azurecr.io).Result | Should -Be 'Ready'
        $unknown = Test-AcaRevision -ContainerAppName web-search -Name '0000003' -CheckImage
        $unknown.Result | Should -Be 'Unknown'
        $unknown.Message | Should -BeLike "*-Registry does not name 'contososhop.azurecr.io'*"
        { Test-AcaRevision -ContainerAppName web-search -CheckImage -Registry example.com } | Should -Throw -ErrorId 'InvalidRegistry,*'
    }

    It 'refuses registries that nothing would ask' {
        { Test-AcaRevision -ContainerAppName web-search -Registry contososhop.azurecr.io } | Should -Throw -ErrorId 'InvalidRegistry,*'
    }

    It 'shows the cause in a table of 120 columns' {
        $text = Test-AcaRevision -ContainerAppName web-search -Name '0000004' | Out-String -Width 120
        $text | Should -BeLike '*NotReady*'
        ($text -split '\r?\n').Where({ $_.TrimEnd().Length -gt 120 }) | Should -BeNullOrEmpty
    }
}

Describe 'The list of images to keep' {
    BeforeEach {
        Connect-AcaAccount -Sandbox | Out-Null
        $file = Join-Path -Path $TestDrive -ChildPath 'keep.txt'
        Remove-Item -Path $file -ErrorAction Ignore
    }

    AfterEach {
        Disconnect-AcaAccount
    }

    It 'spares what stays, what goes down and what can be gone back to, and not what the platform purges' {
        $plan = Invoke-AcaRevisionPrune -ContainerAppName api-catalog -KeepLast 2 -PlanOnly -ImageKeepList $file
        $filter = (Get-Content -Path $file) -notmatch '^#' -match '\S'
        $filter | Should -HaveCount 1
        $repository, $tags = $filter -split ':', 2
        $repository | Should -Be 'catalog'
        $groups = $plan.Entries | Group-Object -AsHashTable -AsString -Property { $_.Decision -eq 'Inactive' -and $_.PurgeExpected }
        $groups['True'].Count | Should -BeGreaterThan 0
        $groups['True'].ForEach({ ($_.Revision.Images[0] -split ':')[-1] }).Where({ $_ -notmatch $tags }) | Should -BeNullOrEmpty
        $groups['False'].ForEach({ ($_.Revision.Images[0] -split ':')[-1] }).Where({ $_ -match $tags }) | Should -BeNullOrEmpty
    }

    It 'is written with -WhatIf too, before anything is changed' {
        Invoke-AcaRevisionPrune -ContainerAppName web-shop -KeepLast 3 -WhatIf -ImageKeepList $file
        Get-Content -Path $file | Should -Contain '# contososhop.azurecr.io'
        (Get-AcaContext).Sandbox.WriteCount | Should -Be 0
    }

    It 'is not written, and stays as it was, where <What>' -ForEach @(
        @{ What = 'an app cannot be read'; Fault = 'web-checkout'; Extra = @{ ContainerAppName = 'web-shop', 'web-checkout' }; Why = '*not every app could be planned*'; Count = 1 }
        @{ What = 'an app is not there'; Fault = $null; Extra = @{ ContainerAppName = 'web-shop', 'web-shopp' }; Why = '*not every app could be planned*web-shopp*'; Count = 1 }
        @{ What = 'the deadline cut it off'; Fault = $null; Extra = @{ ContainerAppName = 'web-shop'; Deadline = '0.0000001s' }; Why = '*the deadline of*'; Count = 0 }
    ) {
        Set-Content -Path $file -Value 'of before'
        if ($Fault) {
            (Get-AcaContext).Sandbox.Inject('Status', 'GET', "*/$Fault/revisions*", 99, 404)
        }

        $plans = Invoke-AcaRevisionPrune @Extra -KeepLast 3 -PlanOnly -ImageKeepList $file -ErrorVariable failures -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $plans | Should -HaveCount $Count
        $failure = @($failures).Where({ $_.FullyQualifiedErrorId -like 'FileNotWritten,*' })
        $failure | Should -HaveCount 1
        $failure[0].Exception.Message | Should -BeLike $Why
        Get-Content -Path $file | Should -Be 'of before'
    }

    It 'is not written where what came by the pipeline names no app' {
        $items = [pscustomobject]@{ ResourceId = '/subscriptions/x' }, (Get-AcaApp -Name web-shop | Select-Object -Property ResourceId)
        $plans = $items | Invoke-AcaRevisionPrune -KeepLast 3 -PlanOnly -ImageKeepList $file -ErrorVariable failures -ErrorAction SilentlyContinue
        $plans | Should -HaveCount 1
        $file | Should -Not -Exist
        $failures.FullyQualifiedErrorId -like 'FileNotWritten,*' | Should -HaveCount 1
    }

    It 'ends the prune before it begins where it cannot be written' {
        { Invoke-AcaRevisionPrune -ContainerAppName web-shop -KeepLast 3 -Confirm:$false -ImageKeepList (Join-Path -Path $TestDrive -ChildPath 'no/such/file') } |
            Should -Throw -ErrorId 'FileNotWritten,*'
        (Get-AcaContext).Sandbox.WriteCount | Should -Be 0
    }
}
