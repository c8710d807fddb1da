#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    # What objects become on their way through a file, a job or a remote session.
    function Copy-ThroughCliXml {
        param ([Parameter(Mandatory, ValueFromPipeline)] [object] $InputObject)
        process {
            [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($InputObject, 3))
        }
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Get-AcaContext' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'says what this runspace is connected to' {
        $context = Get-AcaContext
        $context.Environment | Should -Be 'Sandbox'
        $context.IsSandbox | Should -BeTrue
        $context.SubscriptionId | Should -Be $sandbox.SubscriptionId
        $context.TenantId | Should -Be $sandbox.TenantId
        $context.Sandbox | Should -Be $sandbox
    }

    It 'gives nothing, and no error, after Disconnect-AcaAccount' {
        Disconnect-AcaAccount
        Get-AcaContext -ErrorAction Stop | Should -BeNullOrEmpty
        { Disconnect-AcaAccount } | Should -Not -Throw
    }

    It 'is another sandbox after connecting anew' {
        $other = Connect-FreshSandbox
        $other | Should -Not -Be $sandbox
        (Get-AcaContext).Sandbox | Should -Be $other
    }
}

Describe 'Get-AcaApp' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'gives every app when nothing is named' {
        (Get-AcaApp).Name | Should -Be @(
            'web-landing', 'web-shop', 'web-checkout', 'web-search', 'web-account', 'api-catalog', 'api-images'
            'orders-worker', 'func-invoices', 'notifications', 'reports')
    }

    It 'finds an app by name, in any case' {
        (Get-AcaApp -Name web-shop).Name | Should -Be 'web-shop'
        (Get-AcaApp -Name WEB-Shop -ResourceGroupName RG-SHOP).Name | Should -Be 'web-shop'
    }

    It 'takes wildcards in name and group' {
        (Get-AcaApp -Name web-*).Count | Should -Be 5
        (Get-AcaApp -Name web-?hop).Name | Should -Be 'web-shop'
        (Get-AcaApp -ResourceGroupName *data).Name | Should -Be @('orders-worker', 'func-invoices', 'notifications', 'reports')
        (Get-AcaApp -Name *s -ResourceGroupName rg-d*).Name | Should -Be @('func-invoices', 'notifications', 'reports')
    }

    It 'gives nothing, and no error, for <Name> in <Group>' -ForEach @(
        @{ Name = 'nothing-*'; Group = '*' }
        @{ Name = '*'; Group = 'nothing-*' }
        @{ Name = 'web-*'; Group = 'rg-data' }
    ) {
        Get-AcaApp -Name $Name -ResourceGroupName $Group -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'reports exact names that are not there and goes on with the others' {
        $found = Get-AcaApp -Name no-such, web-shop, nor-this -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'web-shop'
        $failures.FullyQualifiedErrorId | Should -Be (@('ContainerAppNotFound,RevisionTools.Cmdlets.GetAcaAppCommand') * 2)
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures.TargetObject | Should -Be @('no-such', 'nor-this')
        $failures[0].Exception.Message | Should -BeLike "*'no-such'*"
    }

    It 'names the whole id of what is not there when the group was given' {
        $null = Get-AcaApp -Name no-such -ResourceGroupName rg-shop -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ContainerAppNotFound,*'
        $failures[0].TargetObject | Should -Be (Get-SandboxPath -Sandbox $sandbox -Below 'no-such')
    }

    It 'reports a group that is not there' {
        $null = Get-AcaApp -Name web-shop -ResourceGroupName rg-none -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ContainerAppNotFound,*'
        $failures[0].Exception.Message | Should -BeLike '*rg-none*'
    }

    It 'takes resource ids of apps and of what is below them, in odd case' {
        $id = (Get-SandboxPath -Sandbox $sandbox -Below 'web-shop').ToUpperInvariant()
        (Get-AcaApp -ResourceId $id).Name | Should -Be 'web-shop'
        (Get-AcaApp -ResourceId "$id/REVISIONS/web-shop--0000001").Name | Should -Be 'web-shop'
    }

    It 'reports <Id> as no resource id and goes on with the others' -ForEach @(
        @{ Id = 'web-shop' }
        @{ Id = '/subscriptions/x/resourceGroups/rg-shop' }
        @{ Id = '/subscriptions/x/resourceGroups/rg-shop/providers/Microsoft.Web/sites/web-shop' }
        @{ Id = '/subscriptions//resourceGroups/rg-shop/providers/Microsoft.App/containerApps/web-shop' }
    ) {
        $good = Get-SandboxPath -Sandbox $sandbox -Below 'web-shop'
        $found = Get-AcaApp -ResourceId $Id, $good -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'web-shop'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResourceId,*'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failures[0].TargetObject | Should -Be $Id
    }

    It 'takes objects of other modules that have only an Id' {
        $objects = 'web-shop', 'api-images' | ForEach-Object -Process { [pscustomobject]@{ Id = Get-SandboxPath -Sandbox $sandbox -Below $_ } }
        ($objects | Get-AcaApp).Name | Should -Be @('web-shop', 'api-images')
    }

    It 'says of an app what Azure says' {
        $app = Get-AcaApp -Name web-checkout
        $app.RevisionMode | Should -Be 'Multiple'
        $app.LatestRevisionName | Should -Be 'web-checkout--v2-15'
        $app.LatestReadyRevisionName | Should -Be 'web-checkout--v2-15'
        $app.Location | Should -Be 'North Europe'
        $app.Tags['OWNER'] | Should -Be 'team-pay'
        "$($app.Traffic)" | Should -Be 'web-checkout--v2-14=90 (stable) web-checkout--v2-15=10 (canary) web-checkout--v2-12=0 (previous)'
        (Get-AcaApp -Name web-landing).RevisionMode | Should -Be 'Single'
        (Get-AcaApp -Name func-invoices).IsFunctionApp | Should -BeTrue
        (Get-AcaApp -Name orders-worker).IngressEnabled | Should -BeFalse
    }
}

Describe 'Get-AcaRevision' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'gives every revision of every app, oldest first' {
        $all = Get-AcaRevision
        $all.Count | Should -Be 180
        foreach ($group in $all | Group-Object -Property ContainerAppName) {
            $group.Group.CreatedTime | Should -Be ($group.Group.CreatedTime | Sort-Object)
        }
    }

    It 'takes a set without meaning for its characters' {
        Get-AcaApp -Name 'web[z-a]*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'finds <Name> of <App>' -ForEach @(
        @{ App = 'web-checkout'; Name = 'web-checkout--v2-12'; Expected = @('web-checkout--v2-12') }
        @{ App = 'WEB-CHECKOUT'; Name = 'Web-Checkout--V2-12'; Expected = @('web-checkout--v2-12') }
        @{ App = 'web-checkout'; Name = '*v2-1[12]'; Expected = @('web-checkout--v2-11', 'web-checkout--v2-12') }
        @{ App = 'web-checkout'; Name = 'v2-12'; Expected = @('web-checkout--v2-12') }
        @{ App = 'web-checkout'; Name = '*-1?'; Expected = @('web-checkout--v2-10', 'web-checkout--v2-11', 'web-checkout--v2-12', 'web-checkout--v2-13', 'web-checkout--v2-14', 'web-checkout--v2-15') }
        @{ App = 'web-checkout'; Name = '*--v1*'; Expected = @() }
        @{ App = 'web-*'; Name = '*--0000004'; Expected = @('web-landing--0000004', 'web-shop--0000004', 'web-search--0000004') }
        @{ App = 'nothing-*'; Name = '*'; Expected = @() }
    ) {
        $found = Get-AcaRevision -ContainerAppName $App -Name $Name -ErrorAction Stop | ForEach-Object -Process { $_.Name }
        $found -join ' ' | Should -Be ($Expected -join ' ')
    }

    It 'reports an exact revision that is not there and goes on with the others' {
        $found = Get-AcaRevision -ContainerAppName web-shop -Name web-shop--none, web-shop--0000001 -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'web-shop--0000001'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'RevisionNotFound,RevisionTools.Cmdlets.GetAcaRevisionCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -Be (Get-SandboxPath -Sandbox $sandbox -Below 'web-shop/revisions/web-shop--none')
    }

    It 'reports an app that is not there and goes on with the others' {
        $found = Get-AcaRevision -ContainerAppName none, web-search -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Count | Should -Be 5
        $failures.FullyQualifiedErrorId | Should -BeLike 'ContainerAppNotFound,*'
        $failures[0].TargetObject | Should -Be 'none'
    }

    It 'picks by stage' {
        (Get-AcaRevision -ContainerAppName web-search -Stage Ready).Name | Should -Be 'web-search--0000002'
        (Get-AcaRevision -ContainerAppName web-checkout -Stage Active, Ready).Count | Should -Be 6
        (Get-AcaRevision -ContainerAppName web-checkout -Stage 'Active,Ready').Count | Should -Be 6
        { Get-AcaRevision -ContainerAppName web-checkout -Stage 3 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        (Get-AcaRevision -Stage Failed, Unknown).Name | Should -Be @('web-search--0000004', 'web-account--d9w5q1x')
        Get-AcaRevision -ContainerAppName web-shop -Stage Inactive | Should -BeNullOrEmpty
        { Get-AcaRevision -Stage Sleeping } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'picks what Azure runs, those going down too' {
        (Get-AcaRevision -ContainerAppName web-search -Active).Name | Should -Be @('web-search--0000002', 'web-search--0000003', 'web-search--0000004')
        Set-AcaRevisionState Inactive -ContainerAppName web-search -Name web-search--0000002
        $going = Get-AcaRevision -ContainerAppName web-search -Active | Where-Object -Property Stage -EQ 'Deactivating'
        $going.Name | Should -Be 'web-search--0000002'
        $sandbox.Clock.Advance('00:01:10')
        (Get-AcaRevision -ContainerAppName web-search -Active).Name | Should -Be @('web-search--0000003', 'web-search--0000004')
    }

    It 'picks the newest, ready or not' {
        (Get-AcaRevision -ContainerAppName web-* -Latest).Name | Should -Be @(
            'web-landing--0000006', 'web-shop--0000030', 'web-checkout--v2-15', 'web-search--0000004', 'web-account--0000003')
    }

    It 'joins the filters' {
        Get-AcaRevision -Latest -Stage Ready | Should -BeNullOrEmpty
        (Get-AcaRevision -Latest -Stage Failed -Active).Name | Should -Be 'web-search--0000004'
    }

    It 'takes apps from the pipeline' {
        (Get-AcaApp -Name web-* | Get-AcaRevision -Latest).Count | Should -Be 5
        (Get-AcaApp -Name web-search | Get-AcaRevision -Name *--0000003).EffectiveWeight | Should -Be 100
        (Get-AcaRevision -InputObject (Get-AcaApp -Name web-search, web-account)).Count | Should -Be 9
    }

    It 'takes resource ids of apps and of revisions by property name, in odd case' {
        $objects = @(
            [pscustomobject]@{ Id = (Get-SandboxPath -Sandbox $sandbox -Below 'web-search').ToUpperInvariant() }
            [pscustomobject]@{ ResourceId = (Get-SandboxPath -Sandbox $sandbox -Below 'web-shop/revisions/web-shop--0000007').ToLowerInvariant() }
        )
        ($objects | Get-AcaRevision).Name | Should -Be @(
            'web-search--m4t8b2z', 'web-search--0000001', 'web-search--0000002', 'web-search--0000003', 'web-search--0000004', 'web-shop--0000007')
    }

    It 'takes apps and revisions that went through a file' {
        (Get-AcaApp -Name web-search | Copy-ThroughCliXml | Get-AcaRevision).Count | Should -Be 5
        $path = Join-Path -Path $TestDrive -ChildPath 'revisions.xml'
        Get-AcaRevision -ContainerAppName web-account | Export-Clixml -Path $path
        $copies = Import-Clixml -Path $path
        $copies[0].psobject.TypeNames[0] | Should -Be 'Deserialized.RevisionTools.Revision'
        ($copies | Get-AcaRevision).Name | Should -Be $copies.Name
    }

    It 'reports a resource id that is none, with it as the target' {
        $null = [pscustomobject]@{ Id = '/not/an/id' } | Get-AcaRevision -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'InvalidResourceId,RevisionTools.Cmdlets.GetAcaRevisionCommand'
        $failures[0].TargetObject | Should -Be '/not/an/id'
    }

    It 'gives the same whether lists come whole or in pages' {
        $whole = Get-AcaRevision | ForEach-Object -Process { "$($_.ResourceId) $($_.Stage) $($_.EffectiveWeight)" }
        $sandbox.PageSize = 3
        $sandbox.ClearRequests()
        $paged = Get-AcaRevision | ForEach-Object -Process { "$($_.ResourceId) $($_.Stage) $($_.EffectiveWeight)" }
        $paged | Should -Be $whole
        $sandbox.Requests.Count | Should -BeGreaterThan 60
        (Get-AcaApp).Count | Should -Be 11
    }

    It 'tells stage and reason of <Name>' -ForEach @(
        @{ Name = 'web-landing--0000006'; Stage = 'Active'; Reason = 'gets 100 % of the traffic'; Configured = 100; Effective = 100 }
        @{ Name = 'web-landing--0000005'; Stage = 'Inactive'; Reason = '*kept for rollback*'; Configured = 0; Effective = 0 }
        @{ Name = 'web-shop--0000001'; Stage = 'Ready'; Reason = '*scaled to zero*no traffic*'; Configured = 0; Effective = 0 }
        @{ Name = 'web-checkout--v2-12'; Stage = 'Ready'; Reason = '*reached by label previous only'; Configured = 0; Effective = 0 }
        @{ Name = 'web-checkout--v2-15'; Stage = 'Active'; Reason = 'gets 10 % of the traffic'; Configured = 10; Effective = 10 }
        @{ Name = 'web-search--0000003'; Stage = 'Active'; Reason = 'gets 100 % of the traffic'; Configured = 0; Effective = 100 }
        @{ Name = 'web-search--0000004'; Stage = 'Failed'; Reason = '*provisioning*failed*ImagePullBackOff*'; Configured = 100; Effective = 0 }
        @{ Name = 'web-account--d9w5q1x'; Stage = 'Unknown'; Reason = "*runningState*'Rebalancing'*"; Configured = 0; Effective = 0 }
        @{ Name = 'orders-worker--0000001'; Stage = 'Active'; Reason = '*consumes events: azure-servicebus:orders'; Configured = 0; Effective = 0 }
        @{ Name = 'func-invoices--0000001'; Stage = 'Active'; Reason = '*consumes events: functions:func-invoices'; Configured = 0; Effective = 0 }
        @{ Name = 'notifications--y5a3g7t'; Stage = 'Active'; Reason = '*consumes events: dapr:notifications'; Configured = 0; Effective = 0 }
        @{ Name = 'reports--0000002'; Stage = 'Active'; Reason = '*consumes events: cron:*'; Configured = 0; Effective = 0 }
    ) {
        $revision = Get-AcaRevision -ContainerAppName ($Name -split '--')[0] -Name $Name
        $revision.Stage | Should -Be $Stage
        $revision.StageReason | Should -BeLike $Reason
        $revision.ConfiguredWeight | Should -Be $Configured
        $revision.EffectiveWeight | Should -Be $Effective
    }

    It 'joins labels on' {
        (Get-AcaRevision -ContainerAppName web-checkout | Where-Object -Property Labels).Labels | Should -Be @('previous', 'stable', 'canary')
    }

    It 'reports what one app lacks and goes on with the others' {
        $sandbox.Inject('Status', 'GET', '*/web-shop/revisions', 99, 403)
        $found = Get-AcaRevision -ContainerAppName web-* -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.ContainerAppName | Select-Object -Unique | Should -Be @('web-landing', 'web-checkout', 'web-search', 'web-account')
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $failures[0].Exception.Message | Should -BeLike '*Microsoft.App/containerApps/revisions/read*'
    }
}

Describe 'Get-AcaReplica' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'goes on with the other revisions when those of one cannot be read' {
        $sandbox.Inject('Status', 'GET', '*/web-checkout--v2-11/replicas', 99, 404)
        $replicas = Get-AcaReplica -ContainerAppName web-checkout -ErrorVariable failures -ErrorAction SilentlyContinue
        $replicas.RevisionName | Select-Object -Unique | Should -HaveCount 5
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionNotFound,*'
    }

    It 'gives the replicas of every active revision' {
        $replicas = Get-AcaReplica -ContainerAppName web-checkout
        ($replicas | Group-Object -Property RevisionName).Name | Should -Be @(10..15 | ForEach-Object -Process { "web-checkout--v2-$_" })
        ($replicas | Where-Object -Property RevisionName -EQ 'web-checkout--v2-14').Count | Should -Be 6
        $replicas.Ready | Should -Not -Contain $false
        $replicas[0].Containers.Name | Should -Be 'web-checkout'
    }

    It 'gives none for a revision that is scaled to zero or inactive' {
        Get-AcaReplica -ContainerAppName api-images -ErrorAction Stop | Should -BeNullOrEmpty
        Get-AcaReplica -ContainerAppName web-landing -Name web-landing--0000001 -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'takes revisions by value, by id and through a file' {
        $revision = Get-AcaRevision -ContainerAppName web-shop -Latest
        ($revision | Get-AcaReplica).Count | Should -Be 4
        ([pscustomobject]@{ Id = $revision.ResourceId.ToUpperInvariant() } | Get-AcaReplica).Count | Should -Be 4
        ($revision | Copy-ThroughCliXml | Get-AcaReplica).Count | Should -Be 4
    }

    It 'reports a revision that is not there' {
        $null = Get-AcaReplica -ContainerAppName web-shop -Name web-shop--none -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'RevisionNotFound,RevisionTools.Cmdlets.GetAcaReplicaCommand'
    }
}

Describe 'Tab completion' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    BeforeAll {
        function Get-Completion {
            param ([string] $Line)
            (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches | ForEach-Object -Process { $_.CompletionText }
        }
    }

    It 'completes <Line>' -ForEach @(
        @{ Line = 'Get-AcaApp web-s'; Expected = @('web-search', 'web-shop') }
        @{ Line = 'Get-AcaApp -Name WEB-S'; Expected = @('web-search', 'web-shop') }
        @{ Line = 'Get-AcaRevision -ResourceGroupName rg-data -ContainerAppName '; Expected = @('func-invoices', 'notifications', 'orders-worker', 'reports') }
        @{ Line = 'Get-AcaApp -ResourceGroupName '; Expected = @('rg-data', 'rg-shop') }
        @{ Line = 'Get-AcaRevision web-search web-search--000000'; Expected = @('web-search--0000001', 'web-search--0000002', 'web-search--0000003', 'web-search--0000004') }
        @{ Line = 'Set-AcaRevisionState Inactive -ContainerAppName web-checkout -Name web-checkout--v2-15'; Expected = @('web-checkout--v2-15') }
        @{ Line = "Restart-AcaRevision -ContainerAppName web-search -Name 'web-search--m"; Expected = @('web-search--m4t8b2z') }
        @{ Line = 'Invoke-AcaRevisionPrune api-'; Expected = @('api-catalog', 'api-images') }
        @{ Line = 'Get-AcaRevision -Stage D'; Expected = @('Deactivating') }
        @{ Line = 'Set-AcaRevisionState '; Expected = @('Active', 'Inactive') }
    ) {
        Get-Completion -Line $Line | ForEach-Object -Process { $_.Trim("'") } | Should -Be $Expected
    }

    It 'is quiet without a connection' {
        Disconnect-AcaAccount
        $Error.Clear()
        Get-Completion -Line 'Get-AcaRevision -ContainerAppName web-s' | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }

    It 'is quiet when Azure refuses' {
        $sandbox.Inject('Status', 'GET', '*', [int]::MaxValue, 403)
        $Error.Clear()
        Get-Completion -Line 'Get-AcaApp web-s' | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }

    It 'sends no write' {
        $null = Get-Completion -Line 'Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--'
        $sandbox.Requests.Count | Should -BeGreaterThan 0
        $sandbox.WriteCount | Should -Be 0
    }
}
