#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    function Get-WrittenAction {
        return Get-SandboxWrite -Sandbox $sandbox | ForEach-Object -Process { ($_.PathAndQuery -split '[/?]')[-3, -2] -join '/' }
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Restart-AcaRevision -Wait' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'lasts until other replicas have taken the place of all those before' {
        $before = (Get-AcaReplica web-shop 0000030).Name
        $revision = Restart-AcaRevision web-shop 0000030 -Wait -PassThru -ErrorAction Stop
        $revision.Stage | Should -Be 'Active'
        $after = Get-AcaReplica web-shop 0000030
        $after.Count | Should -Be $before.Count
        $after.Ready | Should -Not -Contain $false
        $after.Name | Where-Object -FilterScript { $_ -in $before } | Should -BeNullOrEmpty
    }

    It 'proves by the replicas a restart whose answer was lost, and sends it once' {
        $sandbox.Inject('TimeoutAfterWrite', 'POST', $null, 99)
        (Restart-AcaRevision web-shop 0000030 -Wait -PassThru -ErrorAction Stop).Name | Should -Be 'web-shop--0000030'
        Get-WrittenAction | Should -Be 'web-shop--0000030/restart'
    }

    It 'does not call done what shows no new replicas' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = 200; Method = 'POST'; Body = '"Restart succeeded"' }
        Restart-AcaRevision web-shop 0000030 -Wait -TimeoutSec 60 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'RevisionWaitTimeout,RevisionTools.Cmdlets.RestartAcaRevisionCommand'
        $failures[0].Exception.Message | Should -BeLike '*0 of 4 replicas ready, 4 old ones still there*'
    }

    It 'says of a revision without replicas that nothing proves the restart' {
        Restart-AcaRevision web-shop 0000001 -Wait -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*No replica was running of web-shop--0000001*'
    }

    It 'bears with a busy app up to -TimeoutSec; then it is RevisionConflict with the operation' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{
            Kind = 'Status'; Status = 409; Method = 'POST'; Times = [int]::MaxValue
            ErrorCode = 'ContainerAppOperationInProgress'; ErrorMessage = "Busy. OperationId: 'op-7'"
        }
        $start = $sandbox.Clock.GetUtcNow()
        Restart-AcaRevision web-shop 0000030 -TimeoutSec 600 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionConflict,*'
        $failures[0].Exception.OperationId | Should -Be 'op-7'
        ($sandbox.Clock.GetUtcNow() - $start).TotalSeconds | Should -BeGreaterThan 500
        ($sandbox.Clock.GetUtcNow() - $start).TotalSeconds | Should -BeLessThan 620
    }
}

Describe 'Restart-AcaRevision -AllActive' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'restarts every active revision one by one, those with the least traffic first' {
        $revisions = Restart-AcaRevision web-checkout -AllActive -PassThru -ErrorAction Stop
        $revisions.Name | Should -Be @(
            'web-checkout--v2-10', 'web-checkout--v2-11', 'web-checkout--v2-12', 'web-checkout--v2-13', 'web-checkout--v2-15', 'web-checkout--v2-14')
        $times = (Get-SandboxWrite -Sandbox $sandbox).Time
        for ($index = 1; $index -lt $times.Count; $index++) {
            ($times[$index] - $times[$index - 1]).TotalSeconds | Should -BeGreaterOrEqual 30
        }
    }

    It 'takes apps by pipe' {
        (Get-AcaApp notifications | Restart-AcaRevision -AllActive -PassThru -ErrorAction Stop) | Should -HaveCount 4
    }

    It 'leaves inactive revisions alone, and stops at the first failure with the names of the rest' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = 200; Method = 'POST'; Path = '*/web-search--0000003/restart'; Body = '"Restart succeeded"' }
        $done = Restart-AcaRevision web-search -AllActive -PassThru -TimeoutSec 60 -ErrorVariable failures -ErrorAction SilentlyContinue `
            -WarningVariable warnings -WarningAction SilentlyContinue
        $done.Name | Should -Be 'web-search--0000002'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionWaitTimeout,*'
        $warnings.Message -like "*After 'web-search--0000003'*Not attempted: web-search--0000004.*" | Should -HaveCount 1
        Get-WrittenAction | Should -Be @('web-search--0000002/restart', 'web-search--0000003/restart')
    }

    It 'asks for each and leaves out what is declined' {
        $session = Open-TestSession
        try {
            $script:asked = 0
            $result = Invoke-TestCommand -Session $session -Script 'Restart-AcaRevision web-checkout -AllActive -Confirm' -OnPrompt {
                $script:asked++
                $script:asked -eq 1 ? 'No' : 'Yes to All'
            }
            $result.Prompts | Should -HaveCount 2
            $result.Errors | Should -BeNullOrEmpty
            $session.Sandbox.WriteCount | Should -Be 5
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    It 'refuses the id of a revision: it is about apps' {
        Restart-AcaRevision -ResourceId (Get-AcaRevision web-shop 0000030).ResourceId -AllActive -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResourceId,*'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'says when the app is not there' {
        Restart-AcaRevision web-none -AllActive -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ContainerAppNotFound,*'
    }

    It 'does nothing with -WhatIf but tell' {
        Restart-AcaRevision web-checkout -AllActive -WhatIf
        $sandbox.WriteCount | Should -Be 0
    }
}
