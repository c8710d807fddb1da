#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    function Get-WrittenAction {
        return Get-SandboxWrite -Sandbox $sandbox | ForEach-Object -Process { ($_.PathAndQuery -split '[/?]')[-3, -2] -join '/' }
    }

    function Get-One {
        param ([string] $Name)
        return Get-AcaRevision -ContainerAppName ($Name -split '--')[0] -Name $Name
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Set-AcaRevisionState Inactive' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'deactivates a revision that nothing reaches, and says nothing' {
        $output = Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001 -ErrorAction Stop -WarningAction Stop
        $output | Should -BeNullOrEmpty
        Get-WrittenAction | Should -Be 'web-shop--0000001/deactivate'
        (Get-One -Name web-shop--0000001).Stage | Should -Be 'Deactivating'
        $sandbox.Clock.Advance('00:01:10')
        (Get-One -Name web-shop--0000001).Stage | Should -Be 'Inactive'
        @(Get-AcaRevision -ContainerAppName web-shop -Active).Count | Should -Be 30
    }

    It 'takes a state by its name alone, which <State> is not' -ForEach @(
        @{ State = 1 }, @{ State = '1' }, @{ State = $true }, @{ State = 'Active,Inactive' }, @{ State = @('Active', 'Inactive') }, @{ State = 'Inact' }
    ) {
        { Set-AcaRevisionState $State web-shop p7c3m1q } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*Give Active or Inactive.*'
        { Get-AcaRevision web-shop p7c3m1q | Set-AcaRevisionState $State } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        $sandbox.Requests | Where-Object -Property IsWrite | Should -BeNullOrEmpty
    }

    It 'takes a state in any case, and as it is' {
        foreach ($state in 'inactive', @('INACTIVE'), [RevisionTools.RevisionState]::Inactive) {
            (Set-AcaRevisionState $state web-shop p7c3m1q -PassThru).Name | Should -Be 'web-shop--p7c3m1q'
        }
    }

    It 'is a success without a call when the revision is inactive or going down' {
        Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001
        $sandbox.ClearRequests()
        Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001 -ErrorAction Stop
        $sandbox.Clock.Advance('00:01:10')
        $again = Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001 -PassThru -ErrorAction Stop
        $again.Stage | Should -Be 'Inactive'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'waits with -Wait until Azure no longer says active, and returns that with -PassThru' {
        $start = $sandbox.Clock.GetUtcNow()
        $revision = Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001 -Wait -PassThru
        $revision.Stage | Should -Be 'Inactive'
        $revision.Active | Should -BeFalse
        ($sandbox.Clock.GetUtcNow() - $start).TotalSeconds | Should -BeGreaterThan 14
        $revision.LastActiveTime | Should -BeGreaterOrEqual $start.AddSeconds(-1)
    }

    It 'waits with -Wait also for what is <Stage> already, without another call' -ForEach @(
        @{ Stage = 'Deactivating'; State = 'Inactive'; Name = 'web-shop--0000001'; End = 'Inactive' }
        @{ Stage = 'Provisioning'; State = 'Active'; Name = 'web-search--0000001'; End = 'Ready' }
    ) {
        $target = @{ ContainerAppName = ($Name -split '--')[0]; Name = $Name }
        (Set-AcaRevisionState -State $State @target -PassThru).Stage | Should -Be $Stage
        (Set-AcaRevisionState -State $State @target -PassThru -Wait -ErrorAction Stop).Stage | Should -Be $End
        $sandbox.WriteCount | Should -Be 1
    }

    It 'returns with -PassThru alone what Azure says right after the call' {
        $revision = Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001 -PassThru
        $revision.Stage | Should -Be 'Deactivating'
        $revision.Active | Should -BeTrue
    }

    It 'gives up waiting after -TimeoutSec and says where the revision is' {
        $null = Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001 -Wait -TimeoutSec 1 `
            -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionWaitTimeout,*'
        $failures[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        $failures[0].Exception.Message | Should -BeLike '*Deactivating*'
        $sandbox.WriteCount | Should -Be 1
    }

    It 'refuses <Name> for <Interlock>' -ForEach @(
        @{ Name = 'web-shop--0000030'; Interlock = 'CarriesTraffic'; All = @('CarriesTraffic'); Why = '*100 %*Set-AcaTraffic web-shop -ResourceGroupName rg-shop -To*' }
        @{ Name = 'web-search--0000003'; Interlock = 'CarriesTraffic'; All = @('CarriesTraffic'); Why = '*100 %*' }
        @{ Name = 'web-search--0000004'; Interlock = 'CarriesTraffic'; All = @('CarriesTraffic'); Why = '*100 %*' }
        @{ Name = 'web-checkout--v2-12'; Interlock = 'Labelled'; All = @('Labelled'); Why = '*label previous*' }
        @{ Name = 'web-checkout--v2-14'; Interlock = 'Labelled'; All = @('CarriesTraffic', 'Labelled'); Why = '*label stable*' }
        @{ Name = 'reports--0000002'; Interlock = 'SingleMode'; All = @('LastActive', 'SingleMode'); Why = '*single-revision mode*' }
        @{ Name = 'web-landing--0000006'; Interlock = 'LastActive'; All = @('CarriesTraffic', 'LastActive', 'SingleMode'); Why = '*no other*' }
    ) {
        Get-One -Name $Name | Set-AcaRevisionState Inactive -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'RevisionProtected,RevisionTools.Cmdlets.SetAcaRevisionStateCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failures[0].TargetObject.Name | Should -Be $Name
        $failures[0].Exception | Should -BeOfType ([RevisionTools.RevisionProtectedException])
        $failures[0].Exception.Interlocks | Should -Be $All
        $failures[0].Exception.Message | Should -BeLike "*$Interlock*"
        $failures[0].Exception.Message | Should -BeLike $Why
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $sandbox.WriteCount | Should -Be 0
    }

    It 'refuses the last active one of a set, and deactivates the others' {
        Get-AcaRevision -ContainerAppName orders-worker -Active |
            Set-AcaRevisionState Inactive -ErrorVariable failures -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].TargetObject.Name | Should -Be 'orders-worker--0000003'
        $failures[0].Exception.Interlocks | Should -Be 'LastActive'
        Get-WrittenAction | Sort-Object | Should -Be @('orders-worker--0000001/deactivate', 'orders-worker--0000002/deactivate')
    }

    It 'does of a set what it may and refuses the rest, each for its own reason' {
        Get-AcaRevision -ContainerAppName web-* -Stage Active, Ready |
            Set-AcaRevisionState Inactive -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Select-Object -Unique | Should -Be 'RevisionProtected,RevisionTools.Cmdlets.SetAcaRevisionStateCommand'
        $failures.TargetObject.Name | Should -Be @(
            'web-landing--0000006', 'web-shop--0000030', 'web-checkout--v2-12', 'web-checkout--v2-14', 'web-checkout--v2-15'
            'web-search--0000003', 'web-account--0000003')
        $sandbox.WriteCount | Should -Be 36
        (Get-AcaRevision -ContainerAppName web-* -Stage Active).EffectiveWeight | Should -Be @(100, 100, 90, 10, 100, 100)
    }

    It 'deactivates the newest: that may be the very point' {
        $warnings = $null
        Set-AcaRevisionState Inactive -ContainerAppName orders-worker -Name orders-worker--0000003 -ErrorAction Stop -WarningVariable warnings
        Get-WrittenAction | Should -Be 'orders-worker--0000003/deactivate'
        $warnings | Should -BeNullOrEmpty
    }

    It 'warns about the only consumer of a source' {
        # The newest keeps standing, and consumes the same queue until it is the only one.
        Set-AcaRevisionState Inactive -ContainerAppName orders-worker -Name orders-worker--0000001, orders-worker--0000002 -WarningVariable early
        $early | Should -BeNullOrEmpty
        Set-AcaRevisionState Active -ContainerAppName orders-worker -Name orders-worker--b8j2l5v -Wait
        Edit-SandboxRevision -Sandbox $sandbox -Name orders-worker--b8j2l5v -ResourceGroupName rg-data -Change {
            param ($revision) $revision.properties.template.scale.rules = @()
        }
        Set-AcaRevisionState Inactive -ContainerAppName orders-worker -Name orders-worker--0000003 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike "*'orders-worker--0000003'*ConsumesEvents*azure-servicebus:orders*"
        Get-WrittenAction | Select-Object -Last 1 | Should -Be 'orders-worker--0000003/deactivate'
    }

    It 'deactivates a revision in transition and says so' {
        Set-AcaRevisionState Active -ContainerAppName web-search -Name web-search--0000001
        (Get-One -Name web-search--0000001).Stage | Should -Be 'Provisioning'
        Set-AcaRevisionState Inactive -ContainerAppName web-search -Name web-search--0000001 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings[0].Message | Should -BeLike "*'web-search--0000001'*InTransition*"
        Get-WrittenAction | Select-Object -Last 1 | Should -Be 'web-search--0000001/deactivate'
    }

    It 'takes a label-bearing revision down with -Force, with a warning' {
        Set-AcaRevisionState Inactive -ContainerAppName web-checkout -Name web-checkout--v2-12 -Force `
            -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
        $warnings[0].Message | Should -BeLike '*Labelled*previous*'
        Get-WrittenAction | Should -Be 'web-checkout--v2-12/deactivate'
    }

    It 'refuses traffic also with -Force: <Name>' -ForEach @(@{ Name = 'web-shop--0000030' }, @{ Name = 'web-checkout--v2-15' }, @{ Name = 'web-landing--0000006' }) {
        Get-One -Name $Name | Set-AcaRevisionState Inactive -Force -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].Exception.Interlocks | Should -Contain 'CarriesTraffic'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'finds the app without its group, and says when there is none' {
        Set-AcaRevisionState Inactive -ContainerAppName web-none -Name web-none--1 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ContainerAppNotFound,*'
        Set-AcaRevisionState Inactive -ContainerAppName web-s* -Name web-shop--0000001 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].Exception.Message | Should -BeLike "*'web-s`*' has wildcards*"
        $sandbox.WriteCount | Should -Be 0
    }

    It 'reports a revision that is not there and changes the others' {
        Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--none, web-shop--0000002 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionNotFound,*'
        $failures[0].TargetObject | Should -Be (Get-SandboxPath -Sandbox $sandbox -Below 'web-shop/revisions/web-shop--none')
        Get-WrittenAction | Should -Be 'web-shop--0000002/deactivate'
    }

    It 'takes resource ids and objects that went through CliXml, and a revision named twice once' {
        $revision = Get-One -Name web-shop--0000003
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($revision))
        $upper = [pscustomobject]@{ Id = $revision.ResourceId.ToUpperInvariant() }
        $copy, $upper | Set-AcaRevisionState Inactive -ErrorAction Stop
        Get-WrittenAction | Should -Be 'web-shop--0000003/deactivate'
    }

    It 'reports an id of an app: it names no revision' {
        $id = Get-SandboxPath -Sandbox $sandbox -Below 'web-shop'
        Set-AcaRevisionState Inactive -ResourceId $id -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResourceId,*'
        $failures[0].TargetObject | Should -Be $id
        $failures[0].Exception.Message | Should -BeLike '*Get-AcaRevision*'
    }

    It 'looks again right before the call: what was moved onto it meanwhile protects it' {
        $session = Open-TestSession
        try {
            $result = Invoke-TestCommand -Session $session -Script 'Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001 -Confirm' -OnPrompt {
                param ($prompt)
                $prompt.Message | Should -BeLike '*Deactivate revision*web-shop--0000001 (rg-shop/web-shop)*'
                Edit-SandboxApp -Sandbox $session.Sandbox -Name web-shop -Change {
                    param ($app) $app.properties.configuration.ingress.traffic[0].revisionName = 'web-shop--0000001'
                }
                'Yes'
            }
            $result.Errors[0].FullyQualifiedErrorId | Should -BeLike 'RevisionProtected,*'
            $result.Errors[0].Exception.Interlocks | Should -Be 'CarriesTraffic'
            $session.Sandbox.WriteCount | Should -Be 0
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    It 'shows with -WhatIf what would really be done to a set' {
        Get-AcaRevision orders-worker -Active | Set-AcaRevisionState Inactive -WhatIf -ErrorVariable failures -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $failures.TargetObject.Name | Should -Be 'orders-worker--0000003'
        $sandbox.WriteCount | Should -Be 0
        Get-AcaRevision orders-worker -Active | Set-AcaRevisionState Inactive -ErrorVariable failures -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $failures.TargetObject.Name | Should -Be 'orders-worker--0000003'
    }

    It 'reports an object that names no revision, and changes the others' {
        $objects = [pscustomobject]@{ Name = 'web-shop--0000001'; ContainerAppName = 'web-shop' }, (Get-One -Name web-shop--0000002)
        $objects | Set-AcaRevisionState Inactive -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResourceId,*'
        Get-WrittenAction | Should -Be 'web-shop--0000002/deactivate'
    }

    It 'takes objects that say app, group and name: the subscription is the connection''s' {
        [pscustomobject]@{ Name = 'web-shop--0000001'; ContainerAppName = 'web-shop'; ResourceGroupName = 'rg-shop' } |
            Set-AcaRevisionState Inactive -ErrorAction Stop
        Get-WrittenAction | Should -Be 'web-shop--0000001/deactivate'
        ([pscustomobject]@{ Name = 'web-search'; ResourceGroupName = 'rg-shop' } | Get-AcaRevision -ErrorAction Stop).Count | Should -Be 5
    }

    It 'says of a number that it is given in quotes, where no revision has it' {
        $names = 0000001, 0000002
        Set-AcaRevisionState Inactive web-shop $names -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 2
        $failures[0].Exception.Message | Should -BeLike "*has no revision 'web-shop--1'. A name that is a number is given in quotes*: '0000001'."
        Get-AcaRevision web-shop $names -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].Exception.Message | Should -BeLike "*A name that is a number is given in quotes*: '0000001'."
        Set-AcaRevisionState Inactive web-shop '0000099', 'v2-15', 'none' -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 3
        $failures.Exception.Message | Should -Not -BeLike '*in quotes*'
    }

    It 'takes app and suffix by position' {
        (Set-AcaRevisionState Inactive web-shop 0000003 -PassThru -ErrorAction Stop).Name | Should -Be 'web-shop--0000003'
        (Restart-AcaRevision web-shop 0000004 -PassThru -ErrorAction Stop).Name | Should -Be 'web-shop--0000004'
    }

    It 'reports a refusal of Azure with the action that is missing' {
        $sandbox.Inject('Status', 'POST', '*/deactivate', 99, 403)
        Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $failures[0].Exception.Message | Should -BeLike '*Microsoft.App/containerApps/revisions/deactivate/action*'
        $failures[0].TargetObject.ResourceId | Should -BeLike '*/revisions/web-shop--0000001'
    }

    It 'is a success when only the answer was lost' {
        $sandbox.Inject('ConnectionResetAfterWrite', 'POST', '*/deactivate', 1)
        $revision = Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001 -PassThru -ErrorAction Stop
        $revision.Stage | Should -Be 'Deactivating'
    }
}

Describe 'Set-AcaRevisionState and the questions it asks' {
    BeforeEach {
        $session = Open-TestSession
        $sandbox = $session.Sandbox
    }

    AfterEach {
        Close-TestSession -Session $session
    }

    It 'asks with -Force before it takes down <Name>, and does what is answered: <Answer>' -ForEach @(
        @{ Name = 'reports--0000002'; App = 'reports'; Word = 'SingleMode'; Answer = 'Yes'; Writes = 1 }
        @{ Name = 'reports--0000002'; App = 'reports'; Word = 'LastActive'; Answer = 'No'; Writes = 0 }
    ) {
        $result = Invoke-TestCommand -Session $session -Script "Set-AcaRevisionState Inactive -ContainerAppName $App -Name $Name -Force" -OnPrompt { $Answer }
        $result.Prompts | Should -HaveCount 1
        $result.Prompts[0].Message | Should -BeLike "*Deactivate revision '$Name'*$Word*"
        $result.Prompts[0].Caption | Should -BeLike '*outage*'
        $result.Errors | Should -BeNullOrEmpty
        $sandbox.WriteCount | Should -Be $Writes
    }

    It 'asks about a state that is not understood, without -Force too: <Answer>' -ForEach @(@{ Answer = 'Yes'; Writes = 1 }, @{ Answer = 'No'; Writes = 0 }) {
        $result = Invoke-TestCommand -Session $session -OnPrompt { $Answer } `
            -Script 'Set-AcaRevisionState Inactive -ContainerAppName web-account -Name web-account--d9w5q1x'
        $result.Prompts | Should -HaveCount 1
        $result.Prompts[0].Message | Should -BeLike '*UnknownState*Rebalancing*'
        $sandbox.WriteCount | Should -Be $Writes
    }

    It 'asks that question whatever -Confirm:$false says' {
        $result = Invoke-TestCommand -Session $session -OnPrompt { 'No' } `
            -Script 'Set-AcaRevisionState Inactive -ContainerAppName web-account -Name web-account--d9w5q1x -Confirm:$false'
        $result.Prompts | Should -HaveCount 1
        $sandbox.WriteCount | Should -Be 0
    }

    It 'refuses what it would ask about where nobody can be asked, and does the rest' {
        $result = Invoke-InNewProcess -Script @'
            Import-Module -Name $module
            $sandbox = (Connect-AcaAccount -Sandbox).Sandbox
            Get-AcaRevision -ContainerAppName web-account -Stage Unknown, Ready |
                Set-AcaRevisionState Inactive -ErrorVariable failures -ErrorAction SilentlyContinue
            ConvertTo-Json -InputObject @{
                Ids = @($failures.FullyQualifiedErrorId)
                Targets = @($failures.TargetObject.Name)
                Message = "$($failures[0].Exception.Message)"
                Writes = $sandbox.WriteCount
            } -Compress
'@
        $result.Ids | Should -Be 'RevisionProtected,RevisionTools.Cmdlets.SetAcaRevisionStateCommand'
        $result.Targets | Should -Be 'web-account--d9w5q1x'
        $result.Message | Should -BeLike '*UnknownState*nobody can be asked*'
        $result.Writes | Should -Be 2
    }

    It 'asks nothing about an ordinary revision unless -Confirm is given' {
        $result = Invoke-TestCommand -Session $session -Script 'Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001'
        $result.Prompts | Should -BeNullOrEmpty
        $result = Invoke-TestCommand -Session $session -OnPrompt { 'No' } `
            -Script 'Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000002 -Confirm'
        $result.Prompts[0].Message | Should -BeLike '*"Deactivate revision" on target "web-shop--0000002 (rg-shop/web-shop)"*'
        $sandbox.WriteCount | Should -Be 1
    }

    It 'asks once when the answer is Yes to All' {
        $result = Invoke-TestCommand -Session $session -OnPrompt { 'Yes to All' } `
            -Script 'Get-AcaRevision -ContainerAppName web-shop -Stage Ready | Set-AcaRevisionState Inactive -Confirm'
        $result.Prompts | Should -HaveCount 1
        $sandbox.WriteCount | Should -Be 30
    }

    It 'says with -WhatIf and -Confirm what the service takes down in single-revision mode' {
        $result = Invoke-TestCommand -Session $session -Script 'Set-AcaRevisionState Active web-landing 0000003 -Force -WhatIf'
        $result.Prompts | Should -BeNullOrEmpty
        $screen = "$($session.Host.Screen)"
        $screen | Should -BeLike "*What if: *""Activate revision"" on target ""web-landing--0000003 (rg-shop/web-landing)"". *take 'web-landing--0000006' down*"
        $result = Invoke-TestCommand -Session $session -OnPrompt { 'No' } -Script 'Set-AcaRevisionState Active web-landing 0000003 -Force -Confirm'
        $result.Prompts[0].Message | Should -BeLike "*take 'web-landing--0000006' down*"
        $sandbox.WriteCount | Should -Be 0
    }

    It 'does not ask with -WhatIf, also where -Force would' {
        $result = Invoke-TestCommand -Session $session -Script 'Set-AcaRevisionState Inactive -ContainerAppName reports -Name reports--0000002 -Force -WhatIf'
        $result.Prompts | Should -BeNullOrEmpty
        $sandbox.WriteCount | Should -Be 0
    }
}

Describe 'Set-AcaRevisionState Active' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'activates an inactive revision and waits until it is ready' {
        $revision = Set-AcaRevisionState Active -ContainerAppName web-search -Name web-search--0000001 -Wait -PassThru -ErrorAction Stop
        $revision.Stage | Should -Be 'Ready'
        $revision.Active | Should -BeTrue
        Get-WrittenAction | Should -Be 'web-search--0000001/activate'
    }

    It 'brings back a revision that is going down' {
        Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001
        $revision = Set-AcaRevisionState Active -ContainerAppName web-shop -Name web-shop--0000001 -Wait -PassThru
        $revision.Stage | Should -Be 'Ready'
        Get-WrittenAction | Should -Be @('web-shop--0000001/deactivate', 'web-shop--0000001/activate')
    }

    It 'is a success without a call when the revision is active' {
        (Set-AcaRevisionState Active -ContainerAppName web-shop -Name web-shop--0000030 -PassThru -ErrorAction Stop).Stage | Should -Be 'Active'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'takes several at once' {
        $revisions = Get-AcaRevision -ContainerAppName api-catalog -Stage Inactive | Select-Object -Last 6 |
            Set-AcaRevisionState Active -PassThru -ThrottleLimit 2
        $revisions.Count | Should -Be 6
        $revisions.Stage | Select-Object -Unique | Should -Be 'Provisioning'
        $sandbox.WriteCount | Should -Be 6
    }

    It 'says with -Wait at once when the revision fails, and what to do' {
        $id = (Get-AcaRevision web-search 0000004).ResourceId
        $null = Send-SandboxRequest -Sandbox $sandbox -Method POST -Path "$id/deactivate"
        $sandbox.Clock.Advance('00:02:00')
        (Get-AcaRevision web-search 0000004).Stage | Should -Be 'Inactive'
        Set-AcaRevisionState Active -ResourceId $id -Wait -TimeoutSec 3600 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'RevisionFailed,RevisionTools.Cmdlets.SetAcaRevisionStateCommand'
        $failures[0].Exception.Cause | Should -Be 'ImagePull'
        $failures[0].Exception.Message | Should -BeLike '*ImagePullBackOff on legion*'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*AcrPull*'
    }

    It 'gives Azure''s own words, and what to do, when something that the revision needs is gone' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{
            Kind = 'Status'; Status = 400; Method = 'POST'; Path = '*/activate'; ErrorCode = 'RevisionOperationError'
            ErrorMessage = 'Error activating revision. Details Reason: Bad Request. Body: {"error":"the revision you are trying to activate references registry qa which is no longer defined, please add registry qa back and try again"}'
        }
        Set-AcaRevisionState Active web-search 0000001 -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RequestRefused,*'
        $failures[0].Exception.ErrorCode | Should -Be 'RevisionOperationError'
        $failures[0].Exception.Message | Should -BeLike '*references registry qa which is no longer defined*'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike 'Add the registry*'
    }

    It 'bears with a busy app up to -TimeoutSec <Seconds>; then it is RevisionConflict with the operation' -ForEach @(@{ Seconds = 20 }, @{ Seconds = 600 }) {
        Add-SandboxFault -Sandbox $sandbox -Fault @{
            Kind = 'Status'; Status = 409; Method = 'POST'; Times = [int]::MaxValue
            ErrorCode = 'ContainerAppOperationInProgress'; ErrorMessage = "Busy. OperationId: 'op-7'"
        }
        $start = $sandbox.Clock.GetUtcNow()
        Set-AcaRevisionState Active web-search 0000001 -TimeoutSec $Seconds -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionConflict,*'
        $failures[0].Exception.OperationId | Should -Be 'op-7'
        ($sandbox.Clock.GetUtcNow() - $start).TotalSeconds | Should -BeGreaterThan ($Seconds - 30)
        ($sandbox.Clock.GetUtcNow() - $start).TotalSeconds | Should -BeLessThan ($Seconds + 20)
    }

    It 'is refused in single-revision mode, with what the service would do' {
        Set-AcaRevisionState Active -ContainerAppName web-landing -Name web-landing--0000003 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionProtected,*'
        $failures[0].Exception.Interlocks | Should -Be 'SingleMode'
        $failures[0].Exception.Message | Should -BeLike "*take 'web-landing--0000006' down*"
        $sandbox.WriteCount | Should -Be 0
    }

    It 'asks in single-revision mode with -Force: <Answer>' -ForEach @(@{ Answer = 'Yes'; Writes = 1 }, @{ Answer = 'No'; Writes = 0 }) {
        $session = Open-TestSession
        try {
            $result = Invoke-TestCommand -Session $session -OnPrompt { $Answer } `
                -Script 'Set-AcaRevisionState Active -ContainerAppName web-landing -Name web-landing--0000003 -Force'
            $result.Prompts[0].Message | Should -BeLike "*Activate revision 'web-landing--0000003'*take 'web-landing--0000006' down*"
            $session.Sandbox.WriteCount | Should -Be $Writes
        }
        finally {
            Close-TestSession -Session $session
        }
    }
}

Describe 'Restart-AcaRevision' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'gives a revision new replicas and leaves the rest as it is' {
        $before = (Get-AcaReplica -ContainerAppName web-shop -Name web-shop--0000030).Name
        $revision = Restart-AcaRevision -ContainerAppName web-shop -Name web-shop--0000030 -PassThru -ErrorAction Stop
        $revision.Stage | Should -Be 'Active'
        $revision.EffectiveWeight | Should -Be 100
        (Get-AcaReplica -ContainerAppName web-shop -Name web-shop--0000030).Count | Should -Be (2 * $before.Count) -Because 'the old ones go while the new ones come'
        $sandbox.Clock.Advance([timespan]'00:02:00')
        $after = (Get-AcaReplica -ContainerAppName web-shop -Name web-shop--0000030).Name
        $after.Count | Should -Be $before.Count
        $after | Where-Object -FilterScript { $_ -in $before } | Should -BeNullOrEmpty
        Get-WrittenAction | Should -Be 'web-shop--0000030/restart'
    }

    It 'tells to look, not to try again, when the answer was lost' {
        $sandbox.Inject('TimeoutAfterWrite', 'POST', $null)
        Restart-AcaRevision -ContainerAppName web-shop -Name web-shop--0000030 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*look with*before you try again*'
        $failures[0].ErrorDetails.Message | Should -BeLike '*may have taken effect all the same*'
        $sandbox.WriteCount | Should -Be 1
    }

    It 'says nothing without -PassThru' {
        Restart-AcaRevision -ContainerAppName web-shop -Name web-shop--0000030 | Should -BeNullOrEmpty
    }

    It 'refuses an inactive revision and restarts the others' {
        Get-AcaRevision -ContainerAppName web-search -Name *--0000001, *--0000003 |
            Restart-AcaRevision -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'RequestRefused,RevisionTools.Cmdlets.RestartAcaRevisionCommand'
        $failures[0].TargetObject.Name | Should -Be 'web-search--0000001'
        Get-WrittenAction | Should -Be 'web-search--0000003/restart'
    }

    It 'does not restart what went down while the person was asked' {
        $session = Open-TestSession
        try {
            $result = Invoke-TestCommand -Session $session -Script 'Restart-AcaRevision -ContainerAppName web-shop -Name web-shop--0000001 -Confirm' -OnPrompt {
                $path = Get-SandboxPath -Sandbox $session.Sandbox -Below 'web-shop/revisions/web-shop--0000001/deactivate'
                $null = Send-SandboxRequest -Sandbox $session.Sandbox -Method POST -Path $path
                $session.Sandbox.ClearRequests()
                'Yes'
            }
            $result.Errors[0].FullyQualifiedErrorId | Should -BeLike 'RevisionChanged,*'
            $session.Sandbox.WriteCount | Should -Be 0
        }
        finally {
            Close-TestSession -Session $session
        }
    }
}
