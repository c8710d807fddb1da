#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'New-AcaRetentionPolicy' {
    BeforeAll {
        Disconnect-AcaAccount
    }

    BeforeEach {
        Push-Location -LiteralPath $TestDrive
    }

    AfterEach {
        Pop-Location
        Get-ChildItem -LiteralPath $TestDrive | Remove-Item -Recurse
    }

    It 'makes an object of every rule, without a connection' {
        $policy = New-AcaRetentionPolicy -KeepLast 1 -KeepSinceCreated 48h -KeepSinceActive 15h -KeepDaily 2 -KeepWeekly 3 -KeepMonthly 4 -TimeZone Europe/Berlin `
            -KeepLastPerLabel 5 -KeepLastPerImage 6 -KeepName 'v1.*' -KeepReady 7 -MaxActive 8 -MaxInactive 9 -Failed 10m -GroupBy Image
        $policy | Should -BeOfType ([RevisionTools.RetentionPolicy])
        "$policy" | Should -Be 'KeepLast 1; KeepSinceCreated 2d; KeepSinceActive 15h; KeepDaily 2; KeepWeekly 3; KeepMonthly 4; TimeZone Europe/Berlin; KeepLastPerLabel 5; KeepLastPerImage 6; KeepName v1.*; KeepReady 7; MaxActive 8; MaxInactive 9; Failed 10m; GroupBy Image'
    }

    It 'takes the file by position and from the pipeline' {
        $null = New-AcaRetentionPolicy -KeepLast 3 -OutFile ./pol.json
        $null = New-AcaRetentionPolicy -KeepLast 4 -OutFile ./pol2.json
        (New-AcaRetentionPolicy ./pol.json).KeepLast | Should -Be 3
        (Get-ChildItem -Path pol*.json | Sort-Object -Property Name | New-AcaRetentionPolicy).KeepLast | Should -Be 3, 4
    }

    It 'says in plain words that there is a comma too many' {
        Set-Content -LiteralPath ./comma.json -Value '{ "keepLast": 3, }'
        $thrown = { New-AcaRetentionPolicy -Path ./comma.json } | Should -Throw -ErrorId 'InvalidRetentionPolicyFile,*' -PassThru
        $thrown.Exception.Message | Should -BeLike '*There is a comma after the last item*'
        $thrown.Exception.Message | Should -Not -BeLike '*options*'
    }

    It 'refuses rules that cannot be meant: <Rules>' -ForEach @(
        @{ Rules = '' }
        @{ Rules = '-KeepLast 0' }
        @{ Rules = '-KeepLast $null -KeepDaily 1' }
        @{ Rules = '-MaxActive 0' }
        @{ Rules = '-KeepLast 1 -MaxInactive 101' }
        @{ Rules = '-KeepLast 5 -MaxActive 3' }
        @{ Rules = '-KeepDaily 5 -TimeZone Atlantis/Poseidonis' }
    ) {
        { & ([scriptblock]::Create("New-AcaRetentionPolicy $Rules -OutFile out.json")) } | Should -Throw -ErrorId 'InvalidRetentionRule,RevisionTools.Cmdlets.NewAcaRetentionPolicyCommand'
        'out.json' | Should -Not -Exist
    }

    It 'writes a file by PowerShell''s location, and reads it from there' {
        $written = New-AcaRetentionPolicy -KeepLast 3 -KeepSinceCreated 48h -KeepName 'v1.*', 'hotfix*' -GroupBy Label -OutFile ./retention.json
        $read = New-AcaRetentionPolicy -Path ./retention.json
        "$read" | Should -Be "$written"
        $json = Get-Content -LiteralPath 'retention.json' -Raw
        ($json | ConvertFrom-Json).keepSinceCreated | Should -Be '2d'
        $schema = Get-Content -Path (Join-Path -Path (Split-Path -Path (Get-ModuleManifestPath)) -ChildPath 'schemas/retention-policy.schema.json') -Raw | ConvertFrom-Json
        ($json | ConvertFrom-Json).psobject.Properties.Name | Where-Object -FilterScript { $_ -notin $schema.properties.psobject.Properties.Name } | Should -BeNullOrEmpty
    }

    It 'says where a file does not fit: <Json>' -ForEach @(
        @{ Json = '{ "keepLats": 5 }'; Expected = '$.keepLats: *keepLast*' }
        @{ Json = '{ "keepLast": "5" }'; Expected = '$.keepLast: *' }
        @{ Json = '{ "keepSinceCreated": "7" }'; Expected = '$.keepSinceCreated: *' }
        @{ Json = '{ "maxActive": 0 }'; Expected = '$.maxActive: *' }
        @{ Json = '{}'; Expected = '$: *' }
    ) {
        Set-Content -LiteralPath 'bad.json' -Value $Json
        $thrown = { New-AcaRetentionPolicy -Path bad.json } | Should -Throw -ErrorId 'InvalidRetentionPolicyFile,*' -PassThru
        $thrown.Exception.Message | Should -BeLike ($Expected -replace '\[', '`[')
        $thrown.TargetObject | Should -Be 'bad.json'
    }

    It 'refuses what is no file: <Path>' -ForEach @(
        @{ Path = 'none.json' }
        @{ Path = '.' }
        @{ Path = 'Env:PATH' }
        @{ Path = 'NoSuchDrive:/x.json' }
    ) {
        { New-AcaRetentionPolicy -Path $Path } | Should -Throw -ErrorId 'InvalidRetentionPolicyFile,*'
    }

    It 'writes to no path that is no file: <Path>' -ForEach @(
        @{ Path = '.' }
        @{ Path = 'Env:PATH' }
        @{ Path = 'NoSuchDrive:/x.json' }
    ) {
        { New-AcaRetentionPolicy -KeepLast 1 -OutFile $Path -Force } | Should -Throw -ErrorId 'FileNotWritten,*'
    }

    It 'overwrites a file only when told to, and writes none in a rehearsal' {
        Set-Content -LiteralPath 'there.json' -Value 'mine'
        { New-AcaRetentionPolicy -KeepLast 1 -OutFile there.json } | Should -Throw -ErrorId 'FileNotWritten,*' -ExpectedMessage '*-Force*'
        (New-AcaRetentionPolicy -KeepLast 1 -OutFile there.json -Force -WhatIf).KeepLast | Should -Be 1
        Get-Content -LiteralPath 'there.json' | Should -Be 'mine'
        $null = New-AcaRetentionPolicy -KeepLast 2 -OutFile there.json -Force
        (New-AcaRetentionPolicy -Path there.json).KeepLast | Should -Be 2
        (New-AcaRetentionPolicy -KeepLast 1 -OutFile new.json -WhatIf).KeepLast | Should -Be 1
        'new.json' | Should -Not -Exist
        { New-AcaRetentionPolicy -KeepLast 1 -OutFile no/such/folder.json } | Should -Throw -ErrorId 'FileNotWritten,*'
    }
}

Describe 'Invoke-AcaRevisionPrune -Policy' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
        Push-Location -LiteralPath $TestDrive
    }

    AfterEach {
        Pop-Location
    }

    It 'goes by an object or by a file, as by the same rules' {
        $policy = New-AcaRetentionPolicy -KeepLast 2 -KeepDaily 5 -OutFile ./policy.json -Force
        $plans = @(
            Invoke-AcaRevisionPrune web-shop -KeepLast 2 -KeepDaily 5 -PlanOnly
            Invoke-AcaRevisionPrune web-shop -Policy $policy -PlanOnly
            Invoke-AcaRevisionPrune web-shop -Policy ./policy.json -PlanOnly
            Invoke-AcaRevisionPrune web-shop -Policy (Get-Item -Path ./policy.json) -PlanOnly
        )
        $plans | ForEach-Object -Process { $_.Entries.Decision -join ' ' } | Select-Object -Unique | Should -HaveCount 1
        $plans[0].DeactivateCount | Should -BeGreaterThan 0
    }

    It 'is refused with the path of what is wrong, before anything is sent' {
        Set-Content -LiteralPath 'bad.json' -Value '{ "keepLats": 5 }'
        $thrown = { Invoke-AcaRevisionPrune web-shop -Policy bad.json -Confirm:$false } | Should -Throw -ErrorId 'InvalidRetentionPolicyFile,*' -PassThru
        $thrown.Exception.Message | Should -BeLike '$.keepLats: *'
        { Invoke-AcaRevisionPrune web-shop -Policy missing.json -Confirm:$false } | Should -Throw -ErrorId 'InvalidRetentionPolicyFile,*'
        { Invoke-AcaRevisionPrune web-shop -Policy @{ KeepLast = 1 } -Confirm:$false } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        { Invoke-AcaRevisionPrune web-shop -Policy (New-AcaRetentionPolicy -KeepLast 1) -KeepDaily 2 -Confirm:$false } | Should -Throw -ErrorId 'InvalidPruneRequest,*'
        $sandbox.Requests.Count | Should -Be 0
    }

    It 'says what each revision costs and what the prune sets free' {
        $plan = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly
        $plan.FreedReplicas | Should -Be (($plan.Entries | Where-Object -Property Decision -EQ 'Deactivate').ActiveReplicas | Measure-Object -Sum).Sum
        $plan.ReservedCpu | Should -BeGreaterOrEqual $plan.FreedCpu
        $plan.Entries[-1].ReservedMemoryGiB | Should -Not -BeNullOrEmpty
    }

    It 'refuses a rule that finds nothing to keep, which would prune all that no interlock protects' {
        $plans = Invoke-AcaRevisionPrune web-shop -KeepLastPerLabel 1 -PlanOnly -ErrorVariable failures -ErrorAction SilentlyContinue
        $plans | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRetentionRule,*'
    }
}
