#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    function Get-Deactivated {
        return Get-SandboxWrite -Sandbox $sandbox | ForEach-Object -Process { ($_.PathAndQuery -split '/')[-2] } | Sort-Object
    }

    function Get-Count {
        param ([object[]] $Result)
        $counts = $Result | Group-Object -Property Outcome -NoElement | Sort-Object -Property Name | ForEach-Object -Process { "$($_.Name)=$($_.Count)" }
        return $counts -join ' '
    }

    $stale = @('web-shop--p7c3m1q') + @(1..27 | ForEach-Object -Process { 'web-shop--{0:0000000}' -f $_ }) | Sort-Object
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'The plan of a prune' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'has a decision and a reason for every revision of every app, and changes nothing' {
        $plans = Invoke-AcaRevisionPrune * -KeepLast 3 -PlanOnly
        $plans.Count | Should -Be 11
        $plans | ForEach-Object -Process { $_.Entries.Count } | Measure-Object -Sum | ForEach-Object -Process { $_.Sum | Should -Be 180 }
        $plans.Entries | Where-Object -FilterScript { $_.Reasons.Count -eq 0 -or $_.Reasons -contains '' } | Should -BeNullOrEmpty
        foreach ($plan in $plans) {
            $plan.KeepCount + $plan.DeactivateCount + $plan.BlockedCount + $plan.InactiveCount | Should -Be $plan.Entries.Count
        }

        ($plans | Measure-Object -Property DeactivateCount -Sum).Sum | Should -Be 31
        $sandbox.WriteCount | Should -Be 0
    }

    It 'keeps the newest and takes down the stale ones of web-shop' {
        $plan = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly
        $plan.ContainerAppName | Should -Be 'web-shop'
        $plan.Policy.ToString() | Should -Be 'KeepLast 3'
        ($plan.Entries | Where-Object -Property Decision -EQ 'Deactivate').Name | Sort-Object | Should -Be $stale
        ($plan.Entries | Where-Object -Property Decision -EQ 'Keep').Reasons | Should -BeLike '*(KeepLast 3)'
        ($plan.Entries | Where-Object -Property Name -EQ 'web-shop--0000002').Reasons | Should -BeLike '*29 of 31 active*created * d ago'
    }

    It 'names the interlocks of what no rule keeps: <App>' -ForEach @(
        @{ App = 'web-checkout'; Blocked = @{ 'web-checkout--v2-12' = 'Labelled'; 'web-checkout--v2-14' = 'CarriesTraffic Labelled' } }
        @{ App = 'web-search'; Blocked = @{ 'web-search--0000004' = 'CarriesTraffic Latest' } }
        @{ App = 'web-account'; Blocked = @{ 'web-account--d9w5q1x' = 'UnknownState' } }
        @{ App = 'orders-worker'; Blocked = @{ 'orders-worker--0000001' = 'ConsumesEvents'; 'orders-worker--0000002' = 'ConsumesEvents' } }
        @{ App = 'notifications'; Blocked = @{ 'notifications--y5a3g7t' = 'ConsumesEvents'; 'notifications--0000001' = 'ConsumesEvents'; 'notifications--0000002' = 'ConsumesEvents' } }
    ) {
        $entries = (Invoke-AcaRevisionPrune $App -KeepLast 1 -PlanOnly).Entries | Where-Object -Property Decision -EQ 'Blocked'
        $entries.Name | Sort-Object | Should -Be ($Blocked.Keys | Sort-Object)
        foreach ($entry in $entries) {
            $entry.Interlocks -join ' ' | Should -Be $Blocked[$entry.Name]
            foreach ($interlock in $entry.Interlocks) {
                $entry.Reasons -like "${interlock}: *" | Should -HaveCount 1
            }
        }
    }

    It 'never decides to take down what a rule could not keep in single-revision mode' {
        $plans = Invoke-AcaRevisionPrune web-landing, reports -KeepName 'nothing-like-it' -PlanOnly
        $plans.DeactivateCount | Should -Be @(0, 0)
        ($plans.Entries | Where-Object -Property Decision -EQ 'Blocked').Interlocks | Should -Contain 'SingleMode'
    }

    It 'keeps by <Rule>' -ForEach @(
        @{ Rule = '-KeepSinceCreated 10.00:00:00'; Kept = @('web-shop--0000027', 'web-shop--0000028', 'web-shop--0000029', 'web-shop--0000030') }
        @{ Rule = '-KeepSinceActive 06:00:00'; Kept = @('web-shop--0000029', 'web-shop--0000030') }
        @{ Rule = "-KeepName *--000001?, 'p7*'"; Kept = @('web-shop--p7c3m1q') + @(10..19 | ForEach-Object -Process { "web-shop--00000$_" }) }
        @{ Rule = '-KeepLast 2 -KeepName p7c3m1q'; Kept = @('web-shop--p7c3m1q', 'web-shop--0000029', 'web-shop--0000030') }
    ) {
        $plan = & ([scriptblock]::Create("Invoke-AcaRevisionPrune web-shop $Rule -PlanOnly"))
        ($plan.Entries | Where-Object -Property Decision -EQ 'Keep').Name | Should -Be $Kept
    }

    It 'foretells what the platform may purge' {
        $plan = Invoke-AcaRevisionPrune api-catalog -KeepLast 1 -PlanOnly
        $plan.InactiveCount | Should -Be 104
        $plan.DeactivateCount | Should -Be 2
        $marked = $plan.Entries | Where-Object -Property PurgeExpected
        $marked.Count | Should -Be 6
        $marked[-1].Reasons[-1] | Should -BeLike '*limit of 100 inactive revisions*may purge it'
    }

    It 'says of inactive revisions that they are' {
        $plan = Invoke-AcaRevisionPrune web-landing -KeepLast 1 -PlanOnly
        $plan.InactiveCount | Should -Be 6
        ($plan.Entries | Where-Object -Property Decision -EQ 'Inactive')[0].Reasons | Should -BeLike '*kept for rollback*'
    }
}

Describe 'A retention policy' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'is refused before anything is sent: <Rules>' -ForEach @(
        @{ Rules = '' }
        @{ Rules = '-KeepLast 0' }
        @{ Rules = '-KeepLast -1' }
        @{ Rules = '-KeepLast 3 -KeepSinceCreated -00:00:01' }
        @{ Rules = '-KeepSinceActive -1.00:00:00' }
        @{ Rules = '-KeepSinceCreated 0' }
        @{ Rules = '-KeepLast 0 -KeepSinceActive 0' }
        @{ Rules = "-KeepName ' '" }
        @{ Rules = '-KeepName @()' }
        @{ Rules = '-KeepName $null' }
    ) {
        $command = [scriptblock]::Create("Invoke-AcaRevisionPrune web-shop $Rules -Confirm:`$false")
        $thrown = { & $command } | Should -Throw -ErrorId 'InvalidRetentionRule,RevisionTools.Cmdlets.InvokeAcaRevisionPruneCommand' -PassThru
        $thrown.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $thrown.TargetObject | Should -BeOfType ([RevisionTools.RetentionPolicy])
        $thrown.ErrorDetails.RecommendedAction | Should -BeLike '*-KeepLast*'
        $sandbox.Requests.Count | Should -Be 0
    }

    It 'refuses a span that would have to be guessed: <Span>' -ForEach @(
        @{ Span = '7' }
        @{ Span = "'7'" }
        @{ Span = '1.5' }
        @{ Span = 'soon' }
        @{ Span = "'12h2d'" }
    ) {
        $command = [scriptblock]::Create("Invoke-AcaRevisionPrune web-shop -KeepSinceCreated $Span -Confirm:`$false")
        $command | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*without guessing*48h*'
        $sandbox.Requests.Count | Should -Be 0
    }

    It 'reads a span as it is meant: <Span>' -ForEach @(
        @{ Span = '7d'; Expected = '7.00:00:00' }
        @{ Span = "'7d'"; Expected = '7.00:00:00' }
        @{ Span = '48h'; Expected = '2.00:00:00' }
        @{ Span = '48:00:00'; Expected = '2.00:00:00' }
        @{ Span = '2.00:00:00'; Expected = '2.00:00:00' }
        @{ Span = '([timespan]::FromHours(15))'; Expected = '15:00:00' }
    ) {
        $plan = & ([scriptblock]::Create("Invoke-AcaRevisionPrune web-shop -KeepSinceCreated $Span -KeepSinceActive $Span -PlanOnly"))
        $plan.Policy.KeepSinceCreated.ToString() | Should -Be $Expected
        $plan.Policy.KeepSinceActive.ToString() | Should -Be $Expected
    }

    It 'refuses a span of ticks that somebody made of a number' {
        { Invoke-AcaRevisionPrune web-shop -KeepSinceCreated ([timespan]7) -Confirm:$false } | Should -Throw -ErrorId 'InvalidRetentionRule,*'
        $sandbox.Requests.Count | Should -Be 0
    }

    It 'refuses a rule that was given without a value: <Rules>' -ForEach @(
        @{ Rules = '-KeepLast 3 -KeepSinceCreated $env:REVISIONTOOLS_NOT_SET' }
        @{ Rules = '-KeepLast 3 -KeepSinceActive $null' }
        @{ Rules = '-KeepLast 3 -KeepName $env:REVISIONTOOLS_NOT_SET' }
        @{ Rules = '-KeepLast $null -KeepName v1*' }
    ) {
        $command = [scriptblock]::Create("Invoke-AcaRevisionPrune web-shop $Rules -Confirm:`$false")
        $command | Should -Throw -ErrorId 'InvalidRetentionRule,*'
        $sandbox.Requests.Count | Should -Be 0
    }

    It 'refuses another parameter that was given without a value: <Parameters>' -ForEach @(
        @{ Parameters = '-KeepLast 3 -Deadline $env:REVISIONTOOLS_NOT_SET'; Name = 'Deadline' }
        @{ Parameters = '-KeepLast 3 -PlanOnly -AsOf $null'; Name = 'AsOf' }
        @{ Parameters = '-KeepLast 3 -Policy $null'; Name = 'Policy' }
        @{ Parameters = '-Policy $null'; Name = 'Policy' }
        @{ Parameters = '-KeepLast 3 -DrainTimeout $null'; Name = 'DrainTimeout' }
        @{ Parameters = '-KeepLast 3 -Simulate $null'; Name = 'Simulate' }
        @{ Parameters = '-KeepLast 3 -Simulate 3d -Seed $null'; Name = 'Seed' }
        @{ Parameters = '-KeepLast 3 -ReportPath ./not-written.md -Format $null'; Name = 'Format' }
        @{ Parameters = '-KeepLast 3 -GroupBy $null'; Name = 'GroupBy'; Id = 'InvalidRetentionRule' }
    ) {
        $command = [scriptblock]::Create("Invoke-AcaRevisionPrune web-shop $Parameters -Confirm:`$false")
        $id = $_['Id'] ?? 'InvalidPruneRequest'
        { & $command } | Should -Throw -ErrorId "$id,*" -ExpectedMessage "-$Name was given without a value. Leave it out, or give it one."
        $sandbox.Requests.Count | Should -Be 0
    }

    It 'refuses a copy of a plan instead of planning its app anew: <Copy>' -ForEach @(
        @{ Copy = 'Clixml'; Make = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($args[0])) } }
        @{ Copy = 'Select-Object'; Make = { $args[0] | Select-Object -Property * } }
    ) {
        $copy = & $Make (Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly)
        $sandbox.ClearRequests()
        { $copy | Invoke-AcaRevisionPrune -Confirm:$false } | Should -Throw -ErrorId 'InvalidPrunePlan,*' -ExpectedMessage '*-PlanPath*'
        { $copy | Invoke-AcaRevisionPrune -KeepLast 1 -Confirm:$false } | Should -Throw
        { Invoke-AcaRevisionPrune -Plan $copy -Confirm:$false } | Should -Throw -ErrorId 'InvalidPrunePlan,*'
        $sandbox.Requests.Count | Should -Be 0
    }

    It 'warns where the tag that keeps an app is not understood' {
        $file = Join-Path -Path $TestDrive -ChildPath 'tagged.json'
        Set-Content -LiteralPath $file -Value @'
{
    "apps": [
        { "resourceGroup": "rg", "name": "one", "configuration": { "activeRevisionsMode": "Multiple" }, "tags": { "revisiontools-prune": "nevr" }, "revisions": [{ "suffix": "a", "createdTime": "-P3D", "image": "web:1" }, { "suffix": "b", "createdTime": "-P2D", "image": "web:1" }] },
        { "resourceGroup": "rg", "name": "two", "configuration": { "activeRevisionsMode": "Multiple" }, "tags": { "revisiontools-prune": "never" }, "revisions": [{ "suffix": "a", "createdTime": "-P3D", "image": "web:1" }, { "suffix": "b", "createdTime": "-P2D", "image": "web:1" }] }
    ]
}
'@
        $sandbox = (Connect-AcaAccount -Sandbox -Scenario $file).Sandbox
        Invoke-AcaRevisionPrune * -KeepLast 1 -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings -like "one (rg): all revisions are kept, since tag revisiontools-prune says 'nevr'*") | Should -HaveCount 1
        @($warnings -like '*revisiontools-prune*') | Should -HaveCount 1
        $sandbox.WriteCount | Should -Be 0
    }

    It 'counts the limits that would be lowered' {
        $session = Open-TestSession
        try {
            $null = Invoke-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -MaxInactive 50 -WhatIf'
            @($session.Host.Screen) -like 'What if: Total of 1 app: *, 1 limit to lower.' | Should -HaveCount 1
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    It 'recommends what fits: <Id>' -ForEach @(
        @{ Id = 'InvalidRetentionRule'; Rules = '-KeepLast 3 -TimeZone Mars/Base'; Advice = 'Change the rule that the message names*' }
        @{ Id = 'InvalidRetentionPolicyFile'; Rules = '-Policy ./none.json'; Advice = 'Give a JSON file*' }
        @{ Id = 'FileNotWritten'; Rules = '-KeepLast 3 -PlanOnly -PlanPath $PSCommandPath'; Advice = '*-Force*' }
    ) {
        $command = [scriptblock]::Create("Invoke-AcaRevisionPrune web-shop $($Rules.Replace('$PSCommandPath', "'$PSCommandPath'")) -Confirm:`$false")
        $thrown = { & $command } | Should -Throw -ErrorId "$Id,*" -PassThru
        $thrown.ErrorDetails.RecommendedAction | Should -BeLike $Advice
    }

    It 'refuses names that match nothing also where revisions were piped' {
        Get-AcaRevision -ContainerAppName web-shop -Stage Ready | Invoke-AcaRevisionPrune -KeepName typo* -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRetentionRule,*'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'refuses names that match nothing in an app, and goes on with the others' {
        $plans = Invoke-AcaRevisionPrune web-shop, web-checkout -KeepName v2-1* -PlanOnly -ErrorVariable failures -ErrorAction SilentlyContinue
        $plans.ContainerAppName | Should -Be 'web-checkout'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRetentionRule,*'
    }

    It 'is refused before the apps of the pipeline are used' {
        $apps = Get-AcaApp
        $sandbox.ClearRequests()
        { $apps | Invoke-AcaRevisionPrune -KeepLast 0 -Confirm:$false } | Should -Throw -ErrorId 'InvalidRetentionRule,*'
        $sandbox.Requests.Count | Should -Be 0
    }

    It 'with KeepLast 0 is good beside another rule, and interlocks still protect' {
        $plan = Invoke-AcaRevisionPrune web-shop -KeepLast 0 -KeepName '*--0000003' -PlanOnly
        ($plan.Entries | Where-Object -Property Decision -EQ 'Keep').Name | Should -Be 'web-shop--0000003'
        ($plan.Entries | Where-Object -Property Decision -EQ 'Blocked').Name | Should -Be 'web-shop--0000030'
    }
}

Describe 'Invoke-AcaRevisionPrune' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'does the main job: look, rehearse, do, and nothing is left to do' {
        $traffic = (Get-AcaApp -Name web-*).Traffic -join ' '
        Get-AcaApp -Name web-* | Invoke-AcaRevisionPrune -KeepLast 3 -WhatIf | Should -BeNullOrEmpty
        $sandbox.WriteCount | Should -Be 0

        $results = Get-AcaApp -Name web-* | Invoke-AcaRevisionPrune -KeepLast 3 -Confirm:$false -WarningVariable warnings -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Blocked=3 Deactivated=30'
        ($results | Where-Object -Property ContainerAppName -EQ 'web-shop').Name | Sort-Object | Should -Be $stale
        ($results | Where-Object -Property Outcome -EQ 'Deactivated').Stage | Select-Object -Unique | Should -Be 'Deactivating'
        $warnings | Should -BeNullOrEmpty
        $sandbox.WriteCount | Should -Be 30

        $again = Get-AcaApp -Name web-* | Invoke-AcaRevisionPrune -KeepLast 3 -Confirm:$false -ErrorAction Stop
        Get-Count -Result $again | Should -Be 'Blocked=3'
        $sandbox.Clock.Advance('00:01:10')
        $again = Get-AcaApp -Name web-* | Invoke-AcaRevisionPrune -KeepLast 3 -Confirm:$false -ErrorAction Stop
        Get-Count -Result $again | Should -Be 'Blocked=3'
        $sandbox.WriteCount | Should -Be 30
        (Get-AcaRevision -ContainerAppName web-shop -Active).Name | Should -Be @('web-shop--0000028', 'web-shop--0000029', 'web-shop--0000030')
        (Get-AcaApp -Name web-*).Traffic -join ' ' | Should -Be $traffic
    }

    It 'asks one question a revision with real names, and does what is answered' {
        $session = Open-TestSession
        try {
            $script:answers = [System.Collections.Queue]::new(@('Yes', 'No', 'Yes to All'))
            $result = Invoke-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune web-shop -KeepLast 27' -OnPrompt { $script:answers.Dequeue() }
            $result.Prompts.Message -replace '\r' | Should -Be @(
                'web-shop--p7c3m1q', 'web-shop--0000001', 'web-shop--0000002' | ForEach-Object -Process {
                    "Are you sure you want to perform this action?`nPerforming the operation `"Deactivate revision`" on target `"$_ (rg-shop/web-shop)`"." })
            $result.Output.Name | Sort-Object | Should -Be @('web-shop--0000002', 'web-shop--0000003', 'web-shop--p7c3m1q')
            $session.Sandbox.WriteCount | Should -Be 3
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    It 'shows with -WhatIf exactly what it would do' {
        $session = Open-TestSession
        try {
            $result = Invoke-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -WhatIf'
            $result.Output | Should -BeNullOrEmpty
            @($session.Host.Screen) | Where-Object -FilterScript { $_ -like 'What if:*' } | Should -Be @(
                10..11 | ForEach-Object -Process { "What if: Performing the operation `"Deactivate revision`" on target `"web-checkout--v2-$_ (rg-shop/web-checkout)`"." }
                'What if: web-checkout (rg-shop): 2 to deactivate, 3 kept, 1 blocked, 0 inactive; blocked: web-checkout--v2-12 by Labelled.'
                'What if: Total of 1 app: 2 to deactivate, 3 kept, 1 blocked, 0 inactive.')
            $session.Sandbox.WriteCount | Should -Be 0
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    It 'reports what an interlock protects, and deactivates the rest' {
        $results = Invoke-AcaRevisionPrune web-checkout -KeepLast 1 -Confirm:$false -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Blocked=2 Deactivated=3'
        $blocked = $results | Where-Object -Property Name -EQ 'web-checkout--v2-14'
        $blocked.Interlocks | Should -Be @('CarriesTraffic', 'Labelled')
        $blocked.Message | Should -BeLike 'CarriesTraffic: *90 %*Labelled: *stable*'
        Get-Deactivated | Should -Be @('web-checkout--v2-10', 'web-checkout--v2-11', 'web-checkout--v2-13')
    }

    It 'takes labelled ones with -IncludeLabelled, never those with traffic' {
        $results = Invoke-AcaRevisionPrune web-checkout -KeepLast 1 -IncludeLabelled -Confirm:$false -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Blocked=1 Deactivated=4'
        Get-Deactivated | Should -Be @('web-checkout--v2-10', 'web-checkout--v2-11', 'web-checkout--v2-12', 'web-checkout--v2-13')
    }

    It 'leaves event consumers alone, and takes the old ones with -IncludeEventConsumer' {
        $results = Invoke-AcaRevisionPrune orders-worker, notifications -KeepLast 1 -Confirm:$false -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Blocked=5'
        $results.Interlocks | Select-Object -Unique | Should -Be 'ConsumesEvents'
        $sandbox.WriteCount | Should -Be 0

        $results = Invoke-AcaRevisionPrune orders-worker, notifications -KeepLast 1 -IncludeEventConsumer -Confirm:$false -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Deactivated=5'
        (Get-AcaRevision -ContainerAppName orders-worker -Stage Active).Name | Should -Be 'orders-worker--0000003'
    }

    It 'hands a queue over to the newest revision: what three had consumed, one does from then on' {
        $sandbox.Clock.Advance([timespan]'01:00:00')
        $plan = Invoke-AcaRevisionPrune orders-worker -KeepLast 1 -IncludeEventConsumer -PlanOnly -WarningVariable warnings 3>$null
        $plan.DoubleConsumers.Source | Should -Be 'azure-servicebus:orders'
        $plan.DoubleConsumers.Revisions | Should -Be @(1..3 | ForEach-Object -Process { "orders-worker--000000$_" })
        $warnings | Should -BeLike "App 'orders-worker': several active revisions take work from azure-servicebus:orders at once*"

        $results = Invoke-AcaRevisionPrune orders-worker -KeepLast 1 -IncludeEventConsumer -Confirm:$false -ErrorAction Stop 3>$null
        $results.Outcome | Should -Be @('Deactivated', 'Deactivated')
        $results.Stage | Should -Be @('Inactive', 'Inactive')
        $results.Message | Should -BeLike 'drained in 00:0*: inactive, 0 replicas left'

        $sandbox.Clock.Advance([timespan]'00:01:00')
        $before = $sandbox.Queues | Where-Object -Property Name -EQ 'orders'
        $sandbox.Clock.Advance([timespan]'01:00:00')
        $after = $sandbox.Queues | Where-Object -Property Name -EQ 'orders'
        foreach ($old in $results.Name) {
            $after.Consumed[$old] | Should -Be $before.Consumed[$old]
        }

        $after.Consumed['orders-worker--0000003'] | Should -BeGreaterThan $before.Consumed['orders-worker--0000003']
        $after.Arrived | Should -Be ($after.Waiting + $after.InFlight + ($after.Consumed.Values | Measure-Object -Sum).Sum)
    }

    It 'waits for no drain with -DrainTimeout 0, and refuses a negative one' {
        $results = Invoke-AcaRevisionPrune orders-worker -KeepLast 1 -IncludeEventConsumer -DrainTimeout 0 -Confirm:$false -ErrorAction Stop 3>$null
        $results.Stage | Should -Be @('Deactivating', 'Deactivating')
        { Invoke-AcaRevisionPrune orders-worker -KeepLast 1 -DrainTimeout -5m } | Should -Throw -ErrorId 'InvalidPruneRequest,*'
    }

    It 'never takes down the last one, whatever is lifted' {
        $results = Invoke-AcaRevisionPrune orders-worker -KeepSinceCreated 1h -IncludeEventConsumer -IncludeLabelled -Confirm:$false -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Blocked=1 Deactivated=2'
        ($results | Where-Object -Property Outcome -EQ 'Blocked').Interlocks | Should -Be @('LastActive', 'Latest', 'LatestReady', 'ConsumesEvents')
    }

    It 'waits with -Wait until each is inactive' {
        $results = Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -Wait -Confirm:$false -ErrorAction Stop
        ($results | Where-Object -Property Outcome -EQ 'Deactivated').Stage | Should -Be @('Inactive', 'Inactive')
        (Get-AcaRevision -ContainerAppName web-checkout -Active).Count | Should -Be 4
    }

    It 'prunes only among piped revisions, and counts the whole app' {
        $results = Get-AcaRevision -ContainerAppName web-shop -Name *--000000?, *--0000029 |
            Invoke-AcaRevisionPrune -KeepLast 3 -Confirm:$false -ErrorAction Stop
        $results.Name | Sort-Object | Should -Be @(1..9 | ForEach-Object -Process { "web-shop--000000$_" })
        Get-Deactivated | Should -Be @(1..9 | ForEach-Object -Process { "web-shop--000000$_" })
    }

    It 'takes resource ids of apps and of revisions, in odd case' {
        $objects = @(
            [pscustomobject]@{ Id = (Get-SandboxPath -Sandbox $sandbox -Below 'web-checkout').ToUpperInvariant() }
            [pscustomobject]@{ ResourceId = Get-SandboxPath -Sandbox $sandbox -Below 'web-shop/revisions/WEB-SHOP--0000005' }
        )
        $results = $objects | Invoke-AcaRevisionPrune -KeepLast 3 -Confirm:$false -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Blocked=1 Deactivated=3'
        Get-Deactivated | Should -Be @('web-checkout--v2-10', 'web-checkout--v2-11', 'web-shop--0000005')
    }

    It 'takes apps that went through CliXml' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-AcaApp -Name web-checkout)))
        (Invoke-AcaRevisionPrune -InputObject (Get-AcaApp -Name web-checkout) -KeepLast 3 -PlanOnly).DeactivateCount | Should -Be 2
        ($copy | Invoke-AcaRevisionPrune -KeepLast 3 -PlanOnly).DeactivateCount | Should -Be 2
    }

    It 'reports an app that is not there and goes on with the others' {
        $results = Invoke-AcaRevisionPrune none, web-checkout -KeepLast 3 -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be 'ContainerAppNotFound,RevisionTools.Cmdlets.InvokeAcaRevisionPruneCommand'
        Get-Count -Result $results | Should -Be 'Blocked=1 Deactivated=2'
        Invoke-AcaRevisionPrune none-* -KeepLast 3 -Confirm:$false -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'needs to be told which apps: * alone means all' {
        (Get-Command -Name Invoke-AcaRevisionPrune).ParameterSets |
            ForEach-Object -Process { @($_.Parameters | Where-Object -Property IsMandatory).Count | Should -Be 1 }
    }

    It 'works page by page' {
        $sandbox.PageSize = 3
        $results = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Confirm:$false -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Deactivated=28'
    }

    It 'never has more calls under way than -ThrottleLimit <_>' -ForEach @(1, 3) {
        $session = Open-TestSession
        try {
            $sandbox = $session.Sandbox
            $sandbox.Inject('Hold', 'POST', '*', 99)
            $command = Submit-TestCommand -Session $session -Script "Invoke-AcaRevisionPrune * -KeepLast 3 -Confirm:`$false -ThrottleLimit $_"
            $limit = $_
            Wait-Until -Condition { @(Get-SandboxWrite -Sandbox $sandbox).Count -eq $limit }
            $sandbox.InFlight | Should -BeLessOrEqual $limit
            $sandbox.ClearFaults()
            $sandbox.ReleaseHeld()
            Get-Count -Result (Wait-TestCommand -Command $command).Output | Should -Be 'Blocked=6 Deactivated=31'
        }
        finally {
            Close-TestSession -Session $session
        }
    }
}

Describe 'A world that moves between plan and call' {
    BeforeEach {
        $session = Open-TestSession
        $sandbox = $session.Sandbox
    }

    AfterEach {
        Close-TestSession -Session $session
    }

    It 'is noticed when traffic goes to a revision of the plan' {
        $result = Invoke-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune web-checkout -KeepLast 3' -OnPrompt {
            Edit-SandboxApp -Sandbox $sandbox -Name web-checkout -Change {
                param ($app)
                $entry = $app.properties.configuration.ingress.traffic | Where-Object -Property revisionName -EQ 'web-checkout--v2-14'
                $entry.revisionName = 'web-checkout--v2-11'
            }
            'Yes to All'
        }
        Get-Count -Result $result.Output | Should -Be 'Blocked=1 Deactivated=1 Drifted=1'
        $drifted = $result.Output | Where-Object -Property Outcome -EQ 'Drifted'
        $drifted.Name | Should -Be 'web-checkout--v2-11'
        $drifted.Interlocks | Should -Be @('CarriesTraffic', 'Labelled')
        $drifted.Message | Should -BeLike '*90 %*'
        $result.Errors | Should -HaveCount 1
        $result.Errors[0].FullyQualifiedErrorId | Should -BeLike 'RevisionProtected,*'
        $result.Errors[0].TargetObject.Name | Should -Be 'web-checkout--v2-11'
        $result.Errors[0].Exception.Interlocks | Should -Be @('CarriesTraffic', 'Labelled')
        Get-Deactivated | Should -Be 'web-checkout--v2-10'
    }

    It 'is noticed when a label is put on a revision of the plan' {
        $result = Invoke-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune web-checkout -KeepLast 3' -OnPrompt {
            Edit-SandboxApp -Sandbox $sandbox -Name web-checkout -Change {
                param ($app)
                $app.properties.configuration.ingress.traffic += [pscustomobject]@{ revisionName = 'web-checkout--v2-10'; weight = 0; label = 'rescue' }
            }
            'Yes to All'
        }
        $drifted = $result.Output | Where-Object -Property Outcome -EQ 'Drifted'
        $drifted.Name | Should -Be 'web-checkout--v2-10'
        $drifted.Interlocks | Should -Be 'Labelled'
        $drifted.Message | Should -BeLike '*rescue*'
    }

    It 'is noticed when everything else went down' {
        $result = Invoke-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune orders-worker -KeepLast 1 -IncludeEventConsumer -ThrottleLimit 1' -OnPrompt {
            $path = Get-SandboxPath -Sandbox $sandbox -ResourceGroupName rg-data -Below 'orders-worker/revisions/orders-worker--0000003/deactivate'
            if (-not $sandbox.WriteCount) {
                $null = Send-SandboxRequest -Sandbox $sandbox -Method POST -Path $path
            }

            'Yes'
        }
        $result.Output.Outcome | Should -Be @('Drifted', 'Drifted')
        $result.Output.Interlocks | Should -Contain 'LastActive'
        $sandbox.WriteCount | Should -Be 1
    }

    It 'is no failure when somebody else was quicker' {
        $result = Invoke-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune web-checkout -KeepLast 5' -OnPrompt {
            $null = Send-SandboxRequest -Sandbox $sandbox -Method POST -Path (
                Get-SandboxPath -Sandbox $sandbox -Below 'web-checkout/revisions/web-checkout--v2-10/deactivate')
            'Yes'
        }
        $result.Output.Outcome | Should -Be 'AlreadyInactive'
        $result.Errors | Should -BeNullOrEmpty
        $sandbox.WriteCount | Should -Be 1
    }

    It 'is told as a warning when something else changed during the run' {
        $sandbox.Inject('Hold', 'POST', '*/deactivate', 1)
        $command = Submit-TestCommand -Session $session -Script 'Invoke-AcaRevisionPrune web-checkout -KeepLast 5 -Confirm:$false'
        Wait-Until -Condition { Get-SandboxWrite -Sandbox $sandbox }
        $null = Send-SandboxRequest -Sandbox $sandbox -Method POST -Path (
            Get-SandboxPath -Sandbox $sandbox -Below 'web-checkout/revisions/web-checkout--v2-13/deactivate')
        Edit-SandboxApp -Sandbox $sandbox -Name web-checkout -Change {
            param ($app) $app.properties.configuration.ingress.traffic[0].weight = 100; $app.properties.configuration.ingress.traffic[1].weight = 0
        }
        $sandbox.ReleaseHeld()

        $result = Wait-TestCommand -Command $command
        $result.Output.Outcome | Should -Be 'Deactivated'
        $result.Warnings | Should -HaveCount 2
        $result.Warnings[0] | Should -BeLike "*'web-checkout--v2-13' was Ready and is Deactivating*"
        $result.Warnings[1] | Should -BeLike '*traffic was*=90 (stable)*is*=100 (stable)*'
    }
}

Describe 'A prune that Azure does not carry out' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'tells done, unknown and not attempted apart when the network goes' {
        # From the third deactivation on the connection breaks; what is read afterwards cannot tell whether the call is still on its way.
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'ConnectionReset'; Method = 'POST'; Path = '*/deactivate'; Skip = 2; Times = [int]::MaxValue }
        $results = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -ThrottleLimit 1 -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $results.Outcome[0..1] | Should -Be @('Deactivated', 'Deactivated')
        Get-Count -Result $results | Should -Be 'Deactivated=2 NotAttempted=25 Unknown=1'
        $results.Name | Sort-Object | Should -Be $stale
        $notAttempted = $results | Where-Object -Property Outcome -EQ 'NotAttempted' | Select-Object -First 1
        $notAttempted.Message | Should -BeLike 'not attempted after ConnectionFailed'
        $notAttempted.Stage | Should -Be 'Ready'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        $failures[0].TargetObject.Name | Should -Be ($results | Where-Object -Property Outcome -EQ 'Unknown').Name
        $sandbox.WriteCount | Should -Be 2
    }

    It 'says unknown when the call may have worked and nothing can be read' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'ConnectionResetAfterWrite'; Method = 'POST'; Path = '*/web-shop--0000001/deactivate'; Times = [int]::MaxValue }
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'ConnectionReset'; Method = 'GET'; Path = '*/revisions/web-shop--0000001'; Times = [int]::MaxValue }
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'ConnectionReset'; Method = 'GET'; Path = '*/web-shop/revisions'; Skip = 4; Times = [int]::MaxValue }
        $results = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -ThrottleLimit 1 -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        Get-Count -Result $results | Should -Be 'Deactivated=1 NotAttempted=26 Unknown=1'
        ($results | Where-Object -Property Outcome -EQ 'Unknown').Name | Should -Be 'web-shop--0000001'
        $failures | Should -HaveCount 1
    }

    It 'says done when only the answer was lost and Azure shows that it worked' {
        $sandbox.Inject('ConnectionResetAfterWrite', 'POST', '*/deactivate', 99)
        $results = Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -Confirm:$false -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Blocked=1 Deactivated=2'
    }

    It 'says failed when Azure refuses one, and goes on with the others' {
        $sandbox.Inject('Status', 'POST', '*/web-shop--0000004/deactivate', 99, 400)
        $results = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        Get-Count -Result $results | Should -Be 'Deactivated=27 Failed=1'
        $failed = $results | Where-Object -Property Outcome -EQ 'Failed'
        $failed.Name | Should -Be 'web-shop--0000004'
        $failed.Message | Should -BeLike '*Azure refused*'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RequestRefused,*'
        $failures[0].TargetObject.Name | Should -Be 'web-shop--0000004'
    }

    It 'stops an app at a 403 with the missing action, and goes on with the other apps' {
        $sandbox.Inject('Status', 'POST', '*/web-shop/*/deactivate', [int]::MaxValue, 403)
        $results = Invoke-AcaRevisionPrune web-shop, web-checkout -KeepLast 3 -ThrottleLimit 1 -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        Get-Count -Result ($results | Where-Object -Property ContainerAppName -EQ 'web-shop') | Should -Be 'Failed=1 NotAttempted=27'
        Get-Count -Result ($results | Where-Object -Property ContainerAppName -EQ 'web-checkout') | Should -Be 'Blocked=1 Deactivated=2'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'AccessDenied,RevisionTools.Cmdlets.InvokeAcaRevisionPruneCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        $failures[0].Exception.Message | Should -BeLike "*'Microsoft.App/containerApps/revisions/deactivate/action'*"
    }

    It 'waits out an operation of somebody else on the app' {
        $sandbox.Inject('Status', 'POST', '*/deactivate', 3, 409)
        $results = Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -Confirm:$false -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Blocked=1 Deactivated=2'
    }

    It 'waits out throttling' {
        $sandbox.Inject('Status', 'POST', '*/deactivate', 3, 429)
        $results = Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -Confirm:$false -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Blocked=1 Deactivated=2'
    }

    It 'changes nothing when a list of revisions is <Kind>: ServiceResponseInvalid' -ForEach @(
        @{ Kind = 'MalformedJson' }
        @{ Kind = 'TruncatedBody' }
        @{ Kind = 'ForeignNextLink' }
    ) {
        $sandbox.Inject($Kind, 'GET', '*/web-shop/revisions', [int]::MaxValue)
        $results = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $results | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ServiceResponseInvalid,*'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $failures[0].TargetObject | Should -Be (Get-SandboxPath -Sandbox $sandbox -Below 'web-shop')
        $sandbox.WriteCount | Should -Be 0
    }

    It 'changes nothing when a later page is cut off' {
        $sandbox.PageSize = 10
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'MalformedJson'; Method = 'GET'; Path = '*/web-shop/revisions'; Skip = 2; Times = [int]::MaxValue }
        Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ServiceResponseInvalid,*'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'changes nothing more when what is read before a call is malformed' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'MalformedJson'; Method = 'GET'; Path = '*/web-shop/revisions'; Skip = 4; Times = [int]::MaxValue }
        $results = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -ThrottleLimit 1 -Confirm:$false `
            -ErrorVariable failures -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
        Get-Count -Result $results | Should -Be 'Deactivated=2 Failed=26'
        $warnings | Should -BeLike '*could not be compared*'
        $failures.FullyQualifiedErrorId | Select-Object -Unique | Should -BeLike 'ServiceResponseInvalid,*'
        $sandbox.WriteCount | Should -Be 2
    }
}

Describe 'A prune that is simulated' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'gives a day at a time, the same for the same seed, and touches nothing' {
        $now = $sandbox.Clock.GetUtcNow()
        $days = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Simulate 7d -Seed 5 -ErrorAction Stop
        $days.Day | Should -Be @(1..7)
        $days[0] | Should -BeOfType 'RevisionTools.PruneSimulationDay'
        $days[0].Pruned | Should -BeGreaterThan 20
        $days.Active | Measure-Object -Maximum | ForEach-Object -Process { $_.Maximum | Should -BeLessThan 6 }
        ($days | Measure-Object -Property Deployed -Sum).Sum | Should -BeGreaterThan 2
        $again = Get-AcaApp web-shop | Invoke-AcaRevisionPrune -KeepLast 3 -Simulate 7.00:00:00 -Seed 5
        $again | ForEach-Object -Process { "$_" } | Should -Be ($days | ForEach-Object -Process { "$_" })
        $sandbox.WriteCount | Should -Be 0
        ($sandbox.Clock.GetUtcNow() - $now).TotalHours | Should -BeLessThan 1
        (Get-AcaRevision -ContainerAppName web-shop -Active).Count | Should -Be 31
    }

    It 'refuses what means nothing to it: <Call>' -ForEach @(
        @{ Call = { Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Simulate 0d } }
        @{ Call = { Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Simulate 36h } }
        @{ Call = { Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Simulate 2000d } }
        @{ Call = { Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Simulate $null } }
        @{ Call = { Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Simulate 5d -PlanOnly } }
        @{ Call = { Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Simulate 5d -Wait } }
        @{ Call = { Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Seed 3 } }
        @{ Call = { Get-AcaRevision web-shop | Invoke-AcaRevisionPrune -KeepLast 3 -Simulate 5d } }
        @{ Call = { Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly | Invoke-AcaRevisionPrune -Simulate 5d } }
    ) {
        $Call | Should -Throw -ErrorId 'InvalidPruneRequest,*'
        $sandbox.WriteCount | Should -Be 0
    }
}

Describe 'A saved plan' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
        $path = Join-Path -Path $TestDrive -ChildPath 'plan.json'
        $other = @{ Sandbox = $sandbox; Name = 'web-shop' }

        function Move-Traffic {
            Edit-SandboxApp @other -Change {
                param ($app)
                $app.properties.configuration.ingress.traffic = @(
                    [pscustomobject]@{ revisionName = 'web-shop--0000030'; weight = 90 }
                    [pscustomobject]@{ revisionName = 'web-shop--0000002'; weight = 10 })
            }
        }
    }

    AfterEach {
        Remove-Item -Path "$TestDrive/*" -Recurse
    }

    It 'is written with -PlanPath, and carried out with -Plan and its path' {
        $plans = Invoke-AcaRevisionPrune web-* -KeepLast 3 -PlanOnly -PlanPath $path
        $plans | Should -HaveCount 5
        $sandbox.WriteCount | Should -Be 0

        $results = Invoke-AcaRevisionPrune -Plan $path -Confirm:$false -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Blocked=3 Deactivated=30'
        Get-Deactivated | Should -Contain 'web-checkout--v2-10'
    }

    It 'is of no app where a pattern matches none, and -Verbose says so' {
        Invoke-AcaRevisionPrune zzz* -KeepLast 3 -PlanOnly -Verbose 4>&1 | Where-Object -FilterScript { "$_" -eq "No app matches 'zzz*'." } | Should -HaveCount 1
    }

    It 'goes through the pipeline as an object, as a path and as a file' {
        $plan = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly -PlanPath $path
        $copies = @($plan | Invoke-AcaRevisionPrune -PlanOnly) + @($path | Invoke-AcaRevisionPrune -PlanOnly) + @(Get-Item -Path $path | Invoke-AcaRevisionPrune -PlanOnly)
        $copies.Fingerprint | Should -Be (@($plan.Fingerprint) * 3)
        $sandbox.ClearRequests()
        Get-Count -Result ($plan | Invoke-AcaRevisionPrune -Confirm:$false -ErrorAction Stop) | Should -Be 'Deactivated=28'
    }

    It 'replaces a file with -Force only, and says so before anything is read' {
        $null = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly -PlanPath $path
        $sandbox.ClearRequests()
        { Invoke-AcaRevisionPrune web-shop -KeepLast 2 -PlanOnly -PlanPath $path } | Should -Throw -ErrorId 'FileNotWritten,*' -ExpectedMessage '*-Force*'
        { Invoke-AcaRevisionPrune web-shop -KeepLast 2 -PlanOnly -PlanPath "$TestDrive/none/plan.json" } | Should -Throw -ErrorId 'FileNotWritten,*'
        $sandbox.Requests.Count | Should -Be 0
        $null = Invoke-AcaRevisionPrune web-shop -KeepLast 2 -PlanOnly -PlanPath $path -Force
        (Invoke-AcaRevisionPrune -Plan $path -PlanOnly).Policy.KeepLast | Should -Be 2
    }

    It 'is refused where its app has moved, with what moved; the others go on' {
        $null = Invoke-AcaRevisionPrune web-shop, web-checkout -KeepLast 3 -PlanOnly -PlanPath $path
        Move-Traffic
        $results = Invoke-AcaRevisionPrune -Plan $path -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'PrunePlanDrifted,*'
        $failures[0].Exception.Message | Should -BeLike '*web-shop*traffic was *web-shop--0000030=100*, is *web-shop--0000002=10*'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*-AllowDrift*'
        $results.ContainerAppName | Select-Object -Unique | Should -Be 'web-checkout'
    }

    It 'is carried out as far as a new plan agrees with -AllowDrift' {
        $plan = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly
        Move-Traffic
        $results = $plan | Invoke-AcaRevisionPrune -AllowDrift -Confirm:$false -ErrorAction Stop
        Get-Count -Result $results | Should -Be 'Blocked=1 Deactivated=27 Drifted=1'
        ($results | Where-Object -Property Outcome -EQ 'Drifted').Name | Should -Be 'web-shop--0000002'
        Get-Deactivated | Should -Not -Contain 'web-shop--0000002'
    }

    It 'tells with -AllowDrift and -WhatIf in one line what is left out, and returns nothing' {
        $session = Open-TestSession
        try {
            $null = Invoke-TestCommand -Session $session -Script '$plan = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly'
            $other.Sandbox = $session.Sandbox
            Move-Traffic
            $result = Invoke-TestCommand -Session $session -Script '$plan | Invoke-AcaRevisionPrune -AllowDrift -WhatIf'
            $result.Output | Should -BeNullOrEmpty
            @($session.Host.Screen) -like 'What if: Not as the plan was made: web-shop--0000002 (rg-shop/web-shop) Drifted: *' | Should -HaveCount 1
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    It 'that is done gives AlreadyInactive when it is carried out again, and no error' {
        $null = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly -PlanPath $path
        $null = Invoke-AcaRevisionPrune -Plan $path -Confirm:$false -ErrorAction Stop
        $again = Invoke-AcaRevisionPrune -Plan $path -Confirm:$false -ErrorAction Stop
        Get-Count -Result $again | Should -Be 'AlreadyInactive=28'
    }

    It 'of another <What> is refused, and says where it belongs' -ForEach @(
        @{ What = 'subscription'; From = '5a4db0c5-0000-4000-8000-00000000a11a'; To = '11111111-2222-3333-4444-555555555555'; Expected = '*11111111-2222-3333-4444-555555555555*-SubscriptionId 5a4db0c5*' }
    ) {
        $null = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly -PlanPath $path
        $null = Invoke-AcaRevisionPrune -Plan $path -SubscriptionId $To -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidPrunePlan,*'
        $failures[0].Exception.Message | Should -BeLike $Expected
        $sandbox.WriteCount | Should -Be 0
    }

    It 'of another cloud is refused' {
        $plan = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly -PlanPath $path
        $plan.Cloud | Should -Be 'Sandbox'
        (Get-Content -Path $path -Raw) -replace '"cloud": "Sandbox"', '"cloud": "AzureCloud"' | Set-Content -Path $path
        Invoke-AcaRevisionPrune -Plan $path -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidPrunePlan,*'
        $failures[0].Exception.Message | Should -BeLike "*'AzureCloud'*'Sandbox'*"
    }

    It 'that is <What> is refused with the file and the reason, and nothing is read' -ForEach @(
        @{ What = 'not there'; Text = $null; Reason = '*cannot be read*' }
        @{ What = 'no JSON'; Text = 'plan'; Reason = '*not JSON: line 1*' }
        @{ What = 'something else'; Text = '{ "keepLast": 3 }'; Reason = '*no file with prune plans*' }
        @{ What = 'of a later version'; Text = '{ "format": "RevisionTools prune plans", "version": 9, "plans": [] }'; Reason = '*version 9*' }
    ) {
        if ($Text) {
            Set-Content -Path $path -Value $Text
        }

        { Invoke-AcaRevisionPrune -Plan $path -Confirm:$false } | Should -Throw -ErrorId 'InvalidPrunePlan,*' -ExpectedMessage "*plan.json$Reason"
        $sandbox.Requests.Count | Should -Be 0
    }

    It 'that was altered is refused' {
        $null = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly -PlanPath $path
        (Get-Content -Path $path -Raw) -replace '"keepLast": 3', '"keepLast": 1' | Set-Content -Path $path
        { Invoke-AcaRevisionPrune -Plan $path -Confirm:$false } | Should -Throw -ErrorId 'InvalidPrunePlan,*' -ExpectedMessage '*altered*'
    }

    It 'takes no other rules beside it, but for -PlanOnly: <Rules>' -ForEach @(
        @{ Rules = @{ KeepLast = 1 } }
        @{ Rules = @{ IncludeLabelled = $true } }
    ) {
        $plan = Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -PlanOnly
        { $plan | Invoke-AcaRevisionPrune @Rules -Confirm:$false } | Should -Throw -ErrorId 'InvalidPruneRequest,*'
        $sandbox.WriteCount | Should -Be 0
        ($plan | Invoke-AcaRevisionPrune @Rules -PlanOnly).DeactivateCount | Should -Be 3
    }

    It 'is planned again as of another moment without a request, and is not to be carried out then' {
        $plan = Invoke-AcaRevisionPrune web-shop -KeepSinceCreated 3650d -PlanOnly
        $sandbox.ClearRequests()
        $later = $plan | Invoke-AcaRevisionPrune -PlanOnly -AsOf ($plan.CreatedTime.AddYears(20))
        $plan.DeactivateCount, $later.DeactivateCount | Should -Be @(0, 30)
        $sandbox.Requests.Count | Should -Be 0
        $later | Invoke-AcaRevisionPrune -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidPrunePlan,*'
    }
}

Describe 'A request that contradicts itself' {
    It 'is refused before anything is read: <Rest>' -ForEach @(
        @{ Rest = '-AsOf 2027-01-01' }
        @{ Rest = '-PlanPath plan.json' }
        @{ Rest = '-Format Json' }
        @{ Rest = '-ReportPath report.txt' }
    ) {
        $sandbox = Connect-FreshSandbox
        { & ([scriptblock]::Create("Invoke-AcaRevisionPrune web-shop -KeepLast 3 $Rest -Confirm:`$false")) } | Should -Throw -ErrorId 'InvalidPruneRequest,*'
        $sandbox.Requests.Count | Should -Be 0
    }
}

Describe 'The limit of inactive revisions in a prune' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'is set after the deactivations, as a result of its own' {
        $results = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -MaxInactive 20 -Confirm:$false -ErrorAction Stop
        $change = $results | Select-Object -Last 1
        $change | Should -BeOfType ([RevisionTools.RetentionChange])
        $change.Before, $change.After, $change.MayBePurged.Count | Should -Be @(100, 20, 8)
        (Get-AcaApp -Name web-shop).MaxInactiveRevisions | Should -Be 20
    }

    It 'is refused where it would take what a keep rule names, before anything is sent' {
        $null = Invoke-AcaRevisionPrune api-catalog -KeepLast 1 -KeepName '*--0000050' -MaxInactive 20 -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RetentionTooLow,*'
        $failures[0].Exception.Message | Should -BeLike '*api-catalog--0000050*KeepName*MaxInactive 5* at least*'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'says in later runs what should be gone and is not' {
        $plan = Invoke-AcaRevisionPrune api-catalog -KeepLast 3 -PlanOnly
        $plan.RetentionDebt | Should -Be 4
        $null = Invoke-AcaRevisionPrune api-catalog -KeepLast 3 -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings -like '*inactive revisions beyond the limit that Azure has not purged yet: 4.' | Should -HaveCount 1
    }
}

Describe 'The report of a prune' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'is written as <Form>, with what became of each' -ForEach @(
        @{ Form = 'Markdown'; File = 'report.md'; Extra = @{}; Pattern = '(?s)## web-checkout \(rg-shop\).*\| web-checkout--v2-10 \| Deactivating \| Deactivate \| Deactivated \|.*## Totals' }
        @{ Form = 'Json'; File = 'report.json'; Extra = @{}; Pattern = '"outcome": "Deactivated"' }
        @{ Form = 'JUnit'; File = 'report.xml'; Extra = @{}; Pattern = '<testsuite name="rg-shop/web-checkout" tests="6" failures="0" errors="0" skipped="1"' }
        @{ Form = 'JUnit'; File = 'report.log'; Extra = @{ Format = 'JUnit' }; Pattern = '<testsuites ' }
    ) {
        $null = Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -Confirm:$false -ReportPath "$TestDrive/$File" @Extra
        Get-Content -Path "$TestDrive/$File" -Raw | Should -Match $Pattern
    }

    It 'is written for a plan too, and replaces the one before' {
        $null = Invoke-AcaRevisionPrune web-checkout -KeepLast 3 -PlanOnly -ReportPath "$TestDrive/plan.json"
        $null = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -PlanOnly -ReportPath "$TestDrive/plan.json"
        $report = Get-Content -Path "$TestDrive/plan.json" -Raw | ConvertFrom-Json
        $report.planOnly | Should -BeTrue
        $report.apps.containerAppName | Should -Be 'web-shop'
        $report.totals.decisionDeactivate | Should -Be 28
    }

    It 'is written where the run ends by an error, with the error in it' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = 401; Path = '*'; Times = [int]::MaxValue }
        { Invoke-AcaRevisionPrune web-shop -ResourceGroupName rg-shop -KeepLast 3 -Confirm:$false -ReportPath "$TestDrive/failed.json" } | Should -Throw -ErrorId 'AuthenticationFailed,*'
        (Get-Content -Path "$TestDrive/failed.json" -Raw | ConvertFrom-Json).failures.kind | Should -Be 'AuthenticationFailed'
    }
}
