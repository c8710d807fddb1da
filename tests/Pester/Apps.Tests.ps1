#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Get-AcaApp over its filters' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'finds apps by environment <Name>' -ForEach @(
        @{ Name = 'env-westeurope'; Expected = @('api-images', 'reports') }
        @{ Name = 'ENV-W*'; Expected = @('api-images', 'reports') }
        @{ Name = @('none', '*west*'); Expected = @('api-images', 'reports') }
        @{ Name = 'none'; Expected = @() }
    ) {
        @(Get-AcaApp -EnvironmentName $Name -ErrorAction Stop | ForEach-Object -Process { $_.Name }) | Should -Be $Expected
    }

    It 'finds apps by kind <Kind>' -ForEach @(
        @{ Kind = 'FunctionApp'; Count = 1 }
        @{ Kind = 'functionapp'; Count = 1 }
        @{ Kind = 'ContainerApp'; Count = 10 }
        @{ Kind = @('FunctionApp', 'ContainerApp'); Count = 11 }
        @{ Kind = 'WorkflowApp'; Count = 0 }
    ) {
        @(Get-AcaApp -Kind $Kind -ErrorAction Stop).Count | Should -Be $Count
    }

    It 'finds apps by tag: <Case>' -ForEach @(
        @{ Case = 'name and value'; Tag = @{ owner = 'team-pay' }; Expected = @('web-checkout') }
        @{ Case = 'a wildcard in the value'; Tag = @{ OWNER = 'team-?ay' }; Expected = @('web-checkout') }
        @{ Case = 'any value'; Tag = @{ owner = '*' }; Count = 9 }
        @{ Case = 'a name alone'; Tag = 'owner'; Count = 9 }
        @{ Case = 'a text of name and value'; Tag = 'owner=team-pay'; Expected = @('web-checkout') }
        @{ Case = 'several names'; Tag = @('owner', 'cost'); Expected = @() }
        @{ Case = 'all must match'; Tag = [ordered]@{ owner = 'team-pay'; cost = '*' }; Expected = @() }
    ) {
        $found = @(Get-AcaApp -Tag $Tag -ErrorAction Stop | ForEach-Object -Process { $_.Name })
        if ($_.ContainsKey('Count')) {
            $found.Count | Should -Be $Count
        }
        else {
            $found | Should -Be $Expected
        }
    }

    It 'refuses what is no tag' {
        { Get-AcaApp -Tag 42 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'filters what comes by resource id, as objects of Az.App do' {
        $fromAz = Get-AcaApp -Name web-shop, func-invoices | ForEach-Object -Process { [pscustomobject]@{ Id = $_.ResourceId; Kind = 'x' } }
        ($fromAz | Get-AcaApp).Name | Should -Be @('web-shop', 'func-invoices')
        ($fromAz | Get-AcaApp -Kind ContainerApp).Name | Should -Be 'web-shop'
    }

    It 'says what an app runs on, and whether that has GPUs' {
        $apps = Get-AcaApp -Name api-images, web-shop
        $apps.WorkloadProfileType | Should -Be @('Consumption-GPU-NC8as-T4', 'Consumption')
        $apps.IsGpu | Should -Be @($true, $false)
    }

    It 'reads an environment once, over the whole pipeline' {
        $images = Get-AcaApp -Name api-images
        $sandbox.ClearRequests()
        $null = $images, $images, $images | ForEach-Object -Process { [pscustomobject]@{ Id = $_.ResourceId } } | Get-AcaApp
        @($sandbox.Requests | Where-Object -Property PathAndQuery -Like '*managedEnvironments*').Count | Should -Be 1
    }

    It 'leaves the profile open, and says no error, where the environment may not be read' {
        $sandbox.Inject('Status', 'GET', '*/managedEnvironments/*', [int]::MaxValue, 403)
        $app = Get-AcaApp -Name api-images -ErrorAction Stop
        $app.WorkloadProfileName | Should -Be 'gpu-t4'
        $app.WorkloadProfileType | Should -BeNullOrEmpty
        $app.IsGpu | Should -BeNullOrEmpty
    }

    It 'counts revisions only when asked' {
        (Get-AcaApp -Name web-shop).ActiveRevisionCount | Should -BeNullOrEmpty
        $sandbox.Requests | Where-Object -Property PathAndQuery -Like '*/revisions*' | Should -BeNullOrEmpty
        $counted = Get-AcaApp -Name api-catalog, web-search -IncludeRevisionCount
        $counted.ActiveRevisionCount | Should -Be @(3, 3)
        $counted.InactiveRevisionCount | Should -Be @(104, 2)
        @($sandbox.Requests | Where-Object -Property PathAndQuery -Like '*/revisions*').Count | Should -Be 2
        ($counted | Format-Table | Out-String -Width 120) | Should -Match '3\+104'
    }

    It 'says whom ingress lets in and where it leads' {
        $apps = Get-AcaApp -Name notifications, web-search, orders-worker
        $apps[0].IngressExternal | Should -BeFalse
        $apps[0].IngressTargetPort | Should -Be 5000
        $apps[1].IngressExternal | Should -BeTrue
        $apps[1].IngressTransport | Should -Be 'Auto'
        $apps[2].IngressExternal | Should -BeNullOrEmpty
    }
}

Describe 'Get-AcaApp -AllSubscriptions' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'asks Resource Graph and lists nothing' {
        (Get-AcaApp -AllSubscriptions).Count | Should -Be 11
        @($sandbox.Requests | Where-Object -Property PathAndQuery -Like '*/Microsoft.ResourceGraph/*').Count | Should -Be 1
        $sandbox.Requests | Where-Object -Property PathAndQuery -Like '*/containerApps?*' | Should -BeNullOrEmpty
    }

    It 'follows pages' {
        $sandbox.PageSize = 3
        (Get-AcaApp -AllSubscriptions).Count | Should -Be 11
        @($sandbox.Requests | Where-Object -Property PathAndQuery -Like '*/Microsoft.ResourceGraph/*').Count | Should -Be 4
    }

    It 'takes names, groups and all filters' {
        (Get-AcaApp -AllSubscriptions -Name web-*, api-* -ResourceGroupName RG-* -Tag @{ owner = 'team-data' }).Name | Should -Be 'api-catalog'
        (Get-AcaApp -AllSubscriptions -Kind FunctionApp -EnvironmentName env-n*).Name | Should -Be 'func-invoices'
        (Get-AcaApp -AllSubscriptions web-shop -IncludeRevisionCount).ActiveRevisionCount | Should -Be 31
    }

    It 'reports an exact name that is nowhere and goes on with the others' {
        $found = Get-AcaApp -AllSubscriptions -Name nope, web-shop, no-* -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'web-shop'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'ContainerAppNotFound,RevisionTools.Cmdlets.GetAcaAppCommand'
        $failures[0].TargetObject | Should -Be 'nope'
    }

    It 'pipes into the other commands' {
        (Get-AcaApp -AllSubscriptions web-checkout | Get-AcaRevision -Latest).Name | Should -Be 'web-checkout--v2-15'
    }

    It 'goes with no -SubscriptionId' {
        { Get-AcaApp -AllSubscriptions -SubscriptionId $sandbox.SubscriptionId } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }
}

Describe 'Get-AcaRevision in detail' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'takes images apart' {
        $container = (Get-AcaRevision -ContainerAppName web-checkout -Name v2-12).Containers[0]
        $container.Name | Should -Be 'web-checkout'
        $container.Registry | Should -Be 'contososhop.azurecr.io'
        $container.Repository | Should -Be 'checkout'
        $container.Tag | Should -Be '2.12.3'
        $container.Digest | Should -BeNullOrEmpty
        $container.Cpu | Should -Be 0.5
        $container.Memory | Should -Be '1Gi'
    }

    It 'tells the age by the clock of the sandbox' {
        $before = (Get-AcaRevision -ContainerAppName web-checkout -Name v2-12).Age
        $sandbox.Clock.Advance('1.00:00:00')
        $after = (Get-AcaRevision -ContainerAppName web-checkout -Name v2-12).Age
        $before.Days | Should -Be 20
        $after.Days | Should -Be 21
    }

    It 'has no template unless asked' {
        Get-AcaRevision -ContainerAppName web-checkout | Where-Object -Property Template | Should -BeNullOrEmpty
    }

    It 'shows the template in one call for all, and hides values' {
        $all = Get-AcaRevision -ContainerAppName orders-worker -Detailed
        $all | Where-Object -FilterScript { $null -eq $_.Template } | Should -BeNullOrEmpty
        @($sandbox.Requests | Where-Object -Property PathAndQuery -Like '*/revisions*').Count | Should -Be 1
        $container = $all[0].Template.containers[0]
        $container.image | Should -Be 'contosodata.azurecr.io/orders-worker:4.0.0'
        $container.env[0].name | Should -Be 'QUEUE_NAME'
        $container.env[0].value | Should -Be '(hidden)'
        $container.env[1].secretRef | Should -Be 'servicebus-connection'
        $container.env[1].Contains('value') | Should -BeFalse
    }

    It 'shows values when asked for them' {
        (Get-AcaRevision -ContainerAppName orders-worker -Latest -IncludeValue).Template.containers[0].env[0].value | Should -Be 'orders'
        (Get-AcaRevision -ContainerAppName orders-worker -Name 0000003 -Detailed -IncludeValue).Template.containers[0].env[0].value | Should -Be 'orders'
    }

    It 'gives JSON that reads as the template does' {
        $json = (Get-AcaRevision -ContainerAppName orders-worker -Latest -Detailed).Template | ConvertTo-Json -Depth 20 -WarningAction Stop
        $again = $json | ConvertFrom-Json
        $again.scale.rules[0].custom.metadata.queueName | Should -Be 'orders'
        $again.scale.maxReplicas | Should -Be 8
        $again.containers[0].resources.cpu | Should -Be 0.5
    }

    It 'takes the objects of an app and resource ids as well' {
        (Get-AcaApp web-checkout | Get-AcaRevision -Name v2-12 -Detailed).Template.revisionSuffix | Should -Be 'v2-12'
        $id = Get-SandboxPath -Sandbox $sandbox -Below 'web-checkout/revisions/web-checkout--v2-12'
        (Get-AcaRevision -ResourceId $id -Detailed).Template.revisionSuffix | Should -Be 'v2-12'
    }

    It 'fits its views into 120 columns' {
        $text = Get-AcaRevision -ContainerAppName orders-worker -Latest -Detailed | Format-List | Out-String -Width 120
        $text | Should -Match 'Containers +: \{orders-worker='
        $text | Should -Match 'Age +: 2\.\d\d:\d\d:\d\d'
        $text -split '\r?\n' | Where-Object -FilterScript { $_.TrimEnd().Length -gt 120 } | Should -BeNullOrEmpty
    }
}
