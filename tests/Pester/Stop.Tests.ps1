#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    $prune = 'Invoke-AcaRevisionPrune -ContainerAppName web-shop -KeepLast 3 -Confirm:$false -ThrottleLimit 4'

    # Nothing that was left behind may go on: all is released, and time is given to whoever would use it.
    function Get-LaterWrite {
        $before = @(Get-SandboxWrite -Sandbox $session.Sandbox).Count
        $session.Sandbox.ClearFaults()
        $session.Sandbox.ReleaseHeld()
        Wait-Until -Condition { $session.Sandbox.InFlight -eq 0 }
        $null = Invoke-TestCommand -Session $session -Script 'Get-AcaRevision | Out-Null; Get-AcaReplica -ContainerAppName * | Out-Null'
        return @(Get-SandboxWrite -Sandbox $session.Sandbox).Count - $before
    }

    function Get-HeldWrite {
        return Get-SandboxWrite -Sandbox $session.Sandbox | Where-Object -Property Status -EQ $null
    }
}

Describe 'Ctrl+C' {
    BeforeEach {
        $session = Open-TestSession
    }

    AfterEach {
        Close-TestSession -Session $session
    }

    It 'returns at once from <Name>' -ForEach @(
        @{ Name = 'Get-AcaApp'; Path = '*/containerApps'; Method = 'GET'; Script = 'Get-AcaApp' }
        @{ Name = 'Get-AcaRevision'; Path = '*/revisions'; Method = 'GET'; Script = 'Get-AcaRevision' }
        @{ Name = 'Get-AcaReplica'; Path = '*/replicas'; Method = 'GET'; Script = 'Get-AcaReplica -ContainerAppName web-checkout' }
        @{ Name = 'the plan of a prune'; Path = '*/revisions'; Method = 'GET'; Script = 'Invoke-AcaRevisionPrune * -KeepLast 1 -PlanOnly' }
        @{
            Name = 'Set-AcaRevisionState'
            Path = '*/deactivate'
            Method = 'POST'
            Script = 'Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name web-shop--0000001'
        }
        @{
            Name = 'Restart-AcaRevision'
            Path = '*/restart'
            Method = 'POST'
            Script = 'Restart-AcaRevision -ContainerAppName web-shop -Name web-shop--0000030'
        }
        @{
            Name = 'Compare-AcaRevision'
            Path = '*/revisions/web-shop--0000001'
            Method = 'GET'
            Script = 'Compare-AcaRevision web-shop--0000030 web-shop--0000001'
        }
        @{
            Name = 'New-AcaRevision'
            Path = '*/containerApps/web-shop'
            Method = 'PATCH'
            Script = 'New-AcaRevision -ContainerAppName web-shop -MaxReplica 3'
        }
    ) {
        $session.Sandbox.Inject('Hold', $Method, $Path, 99)
        $command = Submit-TestCommand -Session $session -Script $Script
        Wait-Until -Condition { $session.Sandbox.Requests | Where-Object { $_.Method -eq $Method -and $null -eq $_.Status } }

        (Request-TestCommandStop -Command $command).TotalSeconds | Should -BeLessThan 1

        $result = Wait-TestCommand -Command $command
        $result.State | Should -Be 'Stopped'
        $result.Errors | Should -BeNullOrEmpty
        $session.Sandbox.InFlight | Should -Be 0
        Get-LaterWrite | Should -Be 0
        $session.Sandbox.WriteCount | Should -Be 0
    }

    It 'returns at once in the middle of a wait, and leaves what was done' {
        $revision = 'web-shop--0000001'
        Add-SandboxFault -Sandbox $session.Sandbox -Fault @{ Kind = 'Hold'; Method = 'GET'; Path = "*/revisions/$revision"; Skip = 1; Times = 99 }
        $command = Submit-TestCommand -Session $session -Script "Set-AcaRevisionState Inactive -ContainerAppName web-shop -Name $revision -Wait"
        Wait-Until -Condition { $session.Sandbox.Requests | Where-Object { $_.PathAndQuery -like "*/$revision`?*" -and $null -eq $_.Status } }

        (Request-TestCommandStop -Command $command).TotalSeconds | Should -BeLessThan 1

        (Wait-TestCommand -Command $command).Errors | Should -BeNullOrEmpty
        Get-LaterWrite | Should -Be 0
        $session.Sandbox.WriteCount | Should -Be 1
    }

    It 'leaves no more than the throttle of a prune under way, and nothing goes on afterwards' {
        $session.Sandbox.Inject('Hold', 'POST', '*/deactivate', 99)
        $command = Submit-TestCommand -Session $session -Script $prune
        Wait-Until -Condition { @(Get-HeldWrite).Count -eq 4 }

        (Request-TestCommandStop -Command $command).TotalSeconds | Should -BeLessThan 1

        $result = Wait-TestCommand -Command $command
        $result.State | Should -Be 'Stopped'
        $result.Errors | Should -BeNullOrEmpty
        $session.Sandbox.InFlight | Should -Be 0
        Get-LaterWrite | Should -Be 0
        @(Get-SandboxWrite -Sandbox $session.Sandbox).Count | Should -Be 4
        $session.Sandbox.WriteCount | Should -Be 0
    }

    It 'waits no longer than the join limit for a network that does not let go' {
        $session.Sandbox.Inject('HoldIgnoringCancellation', 'POST', '*/deactivate', 99)
        $command = Submit-TestCommand -Session $session -Script $prune
        Wait-Until -Condition { @(Get-HeldWrite).Count -eq 4 }

        (Request-TestCommandStop -Command $command).TotalSeconds | Should -BeLessThan 5

        (Wait-TestCommand -Command $command).State | Should -Be 'Stopped'
        $session.Sandbox.InFlight | Should -Be 4
        Get-LaterWrite | Should -Be 0
        $session.Sandbox.WriteCount | Should -Be 4
    }

    It 'leaves the session usable' {
        $session.Sandbox.Inject('Hold', 'GET', '*/containerApps', 1)
        $command = Submit-TestCommand -Session $session -Script 'Get-AcaApp'
        Wait-Until -Condition { $session.Sandbox.InFlight -eq 1 }
        $null = Request-TestCommandStop -Command $command

        $result = Invoke-TestCommand -Session $session -Script 'Get-AcaApp -Name web-shop'
        $result.Output.Name | Should -Be 'web-shop'
        $result.Errors | Should -BeNullOrEmpty
    }
}

Describe 'A pipeline that ends early' {
    BeforeEach {
        $session = Open-TestSession
    }

    AfterEach {
        Close-TestSession -Session $session
    }

    It 'ends a prune with Select-Object -First: one wave is under way, nothing follows' {
        Add-SandboxFault -Sandbox $session.Sandbox -Fault @{ Kind = 'Hold'; Method = 'POST'; Path = '*/deactivate'; Skip = 1; Times = 99 }

        $result = Invoke-TestCommand -Session $session -Script "$prune | Select-Object -First 1"

        $result.Output.Outcome | Should -Be 'Deactivated'
        $result.Errors | Should -BeNullOrEmpty
        $session.Sandbox.InFlight | Should -Be 0
        @(Get-SandboxWrite -Sandbox $session.Sandbox).Count | Should -BeLessOrEqual 5
        Get-LaterWrite | Should -Be 0
        $session.Sandbox.WriteCount | Should -Be 1
    }

    It 'ends a prune with -ErrorAction Stop: one wave is under way, nothing follows' {
        $session.Sandbox.Inject('Status', 'POST', '*/deactivate', 1, 400)
        $session.Sandbox.Inject('Hold', 'POST', '*/deactivate', 99)

        $result = Invoke-TestCommand -Session $session -Script "$prune -ErrorAction Stop"

        $result.Failure.ErrorRecord.FullyQualifiedErrorId | Should -BeLike 'RequestRefused,*'
        $session.Sandbox.InFlight | Should -Be 0
        @(Get-SandboxWrite -Sandbox $session.Sandbox).Count | Should -BeLessOrEqual 5
        Get-LaterWrite | Should -Be 0
    }

    It 'ends a prune when a later command throws' {
        Add-SandboxFault -Sandbox $session.Sandbox -Fault @{ Kind = 'Hold'; Method = 'POST'; Path = '*/deactivate'; Skip = 1; Times = 99 }

        $result = Invoke-TestCommand -Session $session -Script "$prune | ForEach-Object { throw 'enough' }"

        $result.Failure.Message | Should -Be 'enough'
        $session.Sandbox.InFlight | Should -Be 0
        @(Get-SandboxWrite -Sandbox $session.Sandbox).Count | Should -BeLessOrEqual 5
        Get-LaterWrite | Should -Be 0
    }

    It 'leaves nothing running behind when nothing holds the calls back' {
        $result = Invoke-TestCommand -Session $session -Script "$prune | Select-Object -First 1"

        $result.Output | Should -HaveCount 1
        Get-LaterWrite | Should -Be 0
    }

    It 'ends reading: an app that hangs holds nobody up, and those behind it are not asked about' {
        $session.Sandbox.Inject('Hold', 'GET', '*/web-shop/revisions', 99)

        $result = Invoke-TestCommand -Session $session -Script 'Get-AcaRevision -ContainerAppName web-landing, web-shop, api-catalog | Select-Object -First 1'

        $result.Output.ContainerAppName | Should -Be 'web-landing'
        $session.Sandbox.InFlight | Should -Be 0
        $session.Sandbox.Requests.PathAndQuery -like '*/api-catalog*' | Should -BeNullOrEmpty
    }

    It 'lets a command run in the middle of another one' {
        $result = Invoke-TestCommand -Session $session -Script (
            'Get-AcaApp -Name web-* | ForEach-Object { @(Get-AcaRevision -ContainerAppName $_.Name).Count }')

        $result.Output | Should -Be @(7, 31, 6, 5, 4)
    }
}
