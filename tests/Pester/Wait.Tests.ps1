#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Wait-AcaRevision' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'returns the revision as it is at the end, and writes nothing to Azure' {
        Set-AcaRevisionState Active web-search 0000001
        $sandbox.ClearRequests()
        $revision = Wait-AcaRevision web-search 0000001 -ErrorAction Stop
        $revision | Should -BeOfType ([RevisionTools.Revision])
        $revision.Stage | Should -Be 'Ready'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'is ready at once where there is nothing to wait for: <Name> -Stage <Stage>' -ForEach @(
        @{ App = 'web-shop'; Name = '0000001'; Stage = 'Ready' }
        @{ App = 'web-shop'; Name = '0000030'; Stage = 'Ready' }
        @{ App = 'web-shop'; Name = '0000030'; Stage = 'Active' }
        @{ App = 'orders-worker'; Name = '0000001'; Stage = 'Active' }
        @{ App = 'web-search'; Name = '0000001'; Stage = 'Inactive' }
    ) {
        (Wait-AcaRevision $App $Name -Stage $Stage -ErrorAction Stop).Name | Should -Be "$App--$Name"
        @($sandbox.Requests | Where-Object -Property PathAndQuery -Like -Value "*/revisions/$App--$Name`?*") | Should -HaveCount 1
    }

    It 'offers the three stages only' {
        { Wait-AcaRevision web-shop 0000001 -Stage Failed } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        $words = (TabExpansion2 -inputScript 'Wait-AcaRevision web-shop -Stage ').CompletionMatches.CompletionText | Sort-Object
        $words | Should -Be @('Active', 'Inactive', 'Ready')
    }

    It 'takes a span for -StableFor in any form: <Span>' -ForEach @(
        @{ Span = '45s' }, @{ Span = '0:00:45' }, @{ Span = [timespan]'00:00:45' }
    ) {
        $start = $sandbox.Clock.GetUtcNow()
        $null = Wait-AcaRevision web-shop 0000030 -StableFor $Span -ErrorAction Stop
        ($sandbox.Clock.GetUtcNow() - $start).TotalSeconds | Should -BeGreaterOrEqual 45
        ($sandbox.Clock.GetUtcNow() - $start).TotalSeconds | Should -BeLessThan 60
    }

    It 'takes a span that PowerShell reads as a small number, and refuses a bare one' {
        $start = $sandbox.Clock.GetUtcNow()
        $null = Wait-AcaRevision web-shop 0000030 -StableFor 45s -ErrorAction Stop
        ($sandbox.Clock.GetUtcNow() - $start).TotalSeconds | Should -BeGreaterOrEqual 45
        { Wait-AcaRevision web-shop 0000030 -StableFor 45 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'waits for several at once by pipe, and each has its own result' {
        Get-AcaRevision web-search | Wait-AcaRevision -TimeoutSec 60 -OutVariable revisions -ErrorVariable failures -ErrorAction SilentlyContinue `
            -WarningVariable warnings -WarningAction SilentlyContinue
        $revisions.Name | Sort-Object | Should -Be @('web-search--0000002', 'web-search--0000003')
        $failures.TargetObject.Name | Sort-Object | Should -Be @('web-search--0000001', 'web-search--0000004', 'web-search--m4t8b2z')
        $failures.FullyQualifiedErrorId | Group-Object -NoElement | ForEach-Object -Process { "$($_.Count) $(($_.Name -split ',')[0])" } |
            Sort-Object | Should -Be @('1 RevisionFailed', '2 RevisionWaitTimeout')
        $warnings | Should -HaveCount 2
    }

    It 'takes resource ids by property name, of what lies below a revision too' {
        (Get-AcaReplica web-checkout v2-14 | Wait-AcaRevision -Stage Active).Name | Should -Be 'web-checkout--v2-14'
    }

    It 'leaves at once when the revision has failed, with the platform''s words, a cause and what to do' {
        $start = $sandbox.Clock.GetUtcNow()
        Wait-AcaRevision web-search 0000004 -TimeoutSec 3600 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'RevisionFailed,RevisionTools.Cmdlets.WaitAcaRevisionCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidResult'
        $failures[0].Exception | Should -BeOfType ([RevisionTools.RevisionFailedException])
        $failures[0].Exception.Cause | Should -Be 'ImagePull'
        $failures[0].Exception.Revision.Name | Should -Be 'web-search--0000004'
        $failures[0].Exception.Message | Should -BeLike '*1/1 Pending:ImagePullBackOff on legion*Container is waiting with reason: ImagePullBackOff*'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*AcrPull*'
        ($sandbox.Clock.GetUtcNow() - $start).TotalSeconds | Should -BeLessThan 60
    }

    It 'ends with the last state seen when the time is up' {
        Wait-AcaRevision web-shop 0000030 -MinReadyReplica 9 -StableFor 10s -TimeoutSec 30 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionWaitTimeout,*'
        $failures[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        $failures[0].TargetObject.Name | Should -Be 'web-shop--0000030'
        $failures[0].Exception.Message | Should -BeLike '*is Active, gets 100 % of the traffic; 4 of 9 replicas ready; stable for 0 of 10 s*'
    }

    It 'asks the revision itself with -ProbePath, without a token' {
        $null = Wait-AcaRevision web-checkout v2-15 -ProbePath '/healthz?deep=1' -ErrorAction Stop
        $asked = @($sandbox.Requests | Where-Object -Property PathAndQuery -EQ '/healthz?deep=1')
        $asked | Should -HaveCount 1
        $asked[0].Status | Should -Be 200
    }

    It 'waits while the revision answers badly or not at all, and says so' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'ConnectionReset'; Path = '/healthz'; Times = [int]::MaxValue }
        Wait-AcaRevision web-checkout v2-15 -ProbePath /healthz -TimeoutSec 20 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionWaitTimeout,*'
        $failures[0].Exception.Message | Should -BeLike "*'/healthz' was answered with no answer (*"
    }

    It 'refuses before any request what can never hold: <Why>' -ForEach @(
        @{ Why = 'a path without a slash'; Options = @{ ProbePath = 'healthz' } }
        @{ Why = 'a path that names a host'; Options = @{ ProbePath = '//evil.example/' } }
        @{ Why = 'a URL'; Options = @{ ProbePath = 'https://evil.example/' } }
        @{ Why = 'longer stable than waited'; Options = @{ StableFor = '10m'; TimeoutSec = 60 } }
        @{ Why = 'replicas of what is down'; Options = @{ Stage = 'Inactive'; MinReadyReplica = 1 } }
    ) {
        { Wait-AcaRevision web-shop 0000030 @Options } | Should -Throw -ErrorId 'InvalidWaitCondition,*'
        $sandbox.Requests.Count | Should -Be 0
    }

    It 'refuses to ask a revision of an app without ingress' {
        Wait-AcaRevision orders-worker 0000003 -ProbePath / -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'IngressRequired,*'
    }

    It 'reports a revision that is not there and waits for the others' {
        $revision = Wait-AcaRevision web-shop none, '0000001' -ErrorVariable failures -ErrorAction SilentlyContinue
        $revision.Name | Should -Be 'web-shop--0000001'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionNotFound,*'
    }

    It 'waits through trouble of the service, and ends where the account may not read' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = 503; Method = 'GET'; Path = '*/web-shop--0000030'; Times = 20 }
        (Wait-AcaRevision web-shop 0000030 -ErrorAction Stop).Name | Should -Be 'web-shop--0000030'
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = 403; Method = 'GET'; Path = '*/web-shop--0000030'; Times = 20 }
        Wait-AcaRevision web-shop 0000030 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
    }
}

Describe 'Watch-AcaRevision' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'streams the present stage and then every change, until a stage' {
        Set-AcaRevisionState Active web-search 0000001
        $transitions = @(Watch-AcaRevision web-search 0000001 -Until Ready -ErrorAction Stop)
        $transitions | ForEach-Object -Process { $_ | Should -BeOfType ([RevisionTools.RevisionTransition]) }
        $transitions.ForEach('ToString') | Should -Be @('web-search--0000001: Provisioning', 'web-search--0000001: Provisioning -> Ready')
        $transitions[1].Revision.Stage | Should -Be 'Ready'
        $transitions[1].At | Should -BeGreaterThan $transitions[0].At
    }

    It 'follows whole apps by pipe, and ends without an error when its time is up' {
        $transitions = @(Get-AcaApp web-c*, web-search | Watch-AcaRevision -TimeoutSec 30 -ErrorAction Stop)
        $transitions | Should -HaveCount 11
        $transitions.ContainerAppName | Select-Object -Unique | Sort-Object | Should -Be @('web-checkout', 'web-search')
    }

    It 'says where things stand when -Until has not come about' {
        $null = Watch-AcaRevision web-shop 0000001 -Until Failed -TimeoutSec 30 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'RevisionWaitTimeout,RevisionTools.Cmdlets.WatchAcaRevisionCommand'
        $failures[0].Exception.Message | Should -BeLike "*'web-shop--0000001' is Ready*"
    }

    It 'ends at once for Select-Object -First, and asks no more' {
        $first = @(Watch-AcaRevision web-shop | Select-Object -First 2)
        $first | Should -HaveCount 2
        $sandbox.InFlight | Should -Be 0
        $asked = $sandbox.Requests.Count
        $asked | Should -BeLessThan 12
        $sandbox.Clock.Advance('00:05:00')
        $sandbox.Requests.Count | Should -Be $asked
    }

    It 'pipes on by resource id' {
        (Watch-AcaRevision web-shop 0000001 -Until Ready | Set-AcaRevisionState Inactive -PassThru).Stage | Should -Be 'Deactivating'
    }

    It 'shows a transition in a table that fits' {
        $lines = (Watch-AcaRevision web-search -TimeoutSec 1 | Out-String -Width 120) -split '\r?\n'
        $lines | Where-Object -FilterScript { $_ -match 'web-search--0000004 +Failed +provisioning failed' } | Should -HaveCount 1
        $lines | Where-Object -FilterScript { $_.TrimEnd().Length -gt 120 } | Should -BeNullOrEmpty
    }
}

Describe 'Ctrl+C' {
    It 'returns at once from <Script>' -ForEach @(
        @{ Script = 'Wait-AcaRevision web-shop 0000030 -MinReadyReplica 9 -TimeoutSec 86400' }
        @{ Script = 'Watch-AcaRevision web-shop 0000030' }
    ) {
        $session = Open-TestSession
        try {
            Add-SandboxFault -Sandbox $session.Sandbox -Fault @{ Kind = 'Hold'; Method = 'GET'; Path = '*/revisions*'; Skip = 3; Times = 99 }
            $command = Submit-TestCommand -Session $session -Script $Script
            Wait-Until -Condition { $session.Sandbox.Requests | Where-Object { $null -eq $_.Status } }
            (Request-TestCommandStop -Command $command).TotalSeconds | Should -BeLessThan 1
            $result = Wait-TestCommand -Command $command
            $result.State | Should -Be 'Stopped'
            $result.Errors | Should -BeNullOrEmpty
            $session.Sandbox.InFlight | Should -Be 0
        }
        finally {
            Close-TestSession -Session $session
        }
    }
}
