#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    $connected = Get-Command -Module 'RevisionTools' | Where-Object -Property Name -NotIn -Value 'Connect-AcaAccount', 'Disconnect-AcaAccount', 'Get-AcaContext', 'New-AcaRetentionPolicy' |
        ForEach-Object -Process { @{ Name = $_.Name } }
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    function Get-Completion {
        param ([string] $Line)
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches | ForEach-Object -Process { $_.CompletionText }
    }

    # Two sandboxes side by side; green is the default.
    function Connect-Both {
        foreach ($name in 'blue', 'green') {
            Connect-AcaAccount -Sandbox -ContextName $name
        }
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe '<Name>' -ForEach $connected {
    It 'takes a connection by -Context in every parameter set, and completes it' {
        $parameter = (Get-Command -Name $Name).Parameters['Context']
        $parameter.ParameterType | Should -Be ([RevisionTools.AcaContext])
        $parameter.ParameterSets.Keys | Should -Be '__AllParameterSets'
        $null = Connect-Both
        Get-Completion -Line "$Name -Context " | Should -Be @('blue', 'green')
    }
}

Describe 'Connections side by side' {
    BeforeEach {
        Disconnect-AcaAccount
        $blue, $green = Connect-Both
    }

    It 'have names, and the one made last is the default' {
        $blue.Name, $green.Name | Should -Be @('blue', 'green')
        (Get-AcaContext).Name | Should -Be 'green'
        $blue.IsDefault, $green.IsDefault | Should -Be @($false, $true)
        (Get-AcaContext -ListAvailable).Name | Should -Be @('blue', 'green')
    }

    It 'are found by name, with wildcards and in any case' {
        (Get-AcaContext -Name 'BLUE').Name | Should -Be 'blue'
        (Get-AcaContext 'g*', 'blue').Name | Should -Be @('green', 'blue')
        Get-AcaContext -Name 'x*' -ErrorAction Stop | Should -BeNullOrEmpty
        { Get-AcaContext -Name 'red' -ErrorAction Stop } | Should -Throw -ErrorId 'NotConnected,*' -ExpectedMessage "*no connection 'red'. It has 'blue', 'green'.*"
    }

    It 'do not meet: <What> goes to the one that is named' -ForEach @(
        @{ What = 'a name'; Context = { 'Blue' } }
        @{ What = 'an object'; Context = { $blue } }
        @{ What = 'what Get-AcaContext gives'; Context = { Get-AcaContext -Name blue } }
    ) {
        (Get-AcaApp -Name web-shop -Context (& $Context)).Name | Should -Be 'web-shop'
        Get-AcaApp -Name web-search -Context (& $Context) | Set-AcaRevisionMode Multiple -Context (& $Context)
        Get-AcaRevision web-search 0000002 -Context (& $Context) | Set-AcaRevisionState Inactive -Context (& $Context)
        $blue.Sandbox.WriteCount | Should -Be 1
        $green.Sandbox.Requests | Should -HaveCount 0
        $null = Get-AcaApp -Name web-shop
        $green.Sandbox.Requests | Should -Not -HaveCount 0
    }

    It 'become the default by Connect-AcaAccount -Context, without a request' {
        (Connect-AcaAccount -Context blue).Name | Should -Be 'blue'
        $blue.IsDefault, $green.IsDefault | Should -Be @($true, $false)
        $null = Connect-AcaAccount -Context $green
        (Get-AcaContext).Name | Should -Be 'green'
        (Get-AcaContext -ListAvailable).Name | Should -Be @('blue', 'green')
        $blue.Sandbox.Requests.Count + $green.Sandbox.Requests.Count | Should -Be 0
    }

    It 'give a second one by the same sign-in with -SubscriptionId' {
        $other = Connect-AcaAccount -Context blue -SubscriptionId $blue.SubscriptionName -ContextName again
        $other.Name, $other.SubscriptionId, $other.IsDefault | Should -Be @('again', $blue.SubscriptionId, $true)
        Disconnect-AcaAccount -Context blue
        (Get-AcaApp web-shop).Name | Should -Be 'web-shop'
        $green.Sandbox.Requests | Should -HaveCount 0
        { Connect-AcaAccount -Context again -SubscriptionId nowhere } | Should -Throw -ErrorId 'SubscriptionNotSet,*' -ExpectedMessage "*no subscription 'nowhere'. It sees Sandbox*"
    }

    It 'are called after their subscription when no name is given, and signing in again renews them' {
        $first = Connect-AcaAccount -Sandbox
        $first.Name | Should -Be 'Sandbox'
        $second = Connect-AcaAccount -Sandbox
        $second.Name | Should -Be 'Sandbox'
        (Get-AcaContext -Name Sandbox).Sandbox | Should -Be $second.Sandbox
        (Get-AcaContext -ListAvailable).Name | Should -Be @('blue', 'green', 'Sandbox')
        (Get-AcaApp web-shop -Context $first).Name | Should -Be 'web-shop' -Because 'nobody has closed it'
    }

    It 'get a longer name where another sign-in has the name' {
        $file = Join-Path -Path $TestDrive -ChildPath 'other.json'
        '{ "subscriptionId": "11111111-0000-4000-8000-000000000000", "subscriptionName": "Sandbox" }' | Set-Content -Path $file
        $null = Connect-AcaAccount -Sandbox
        (Connect-AcaAccount -Sandbox -Scenario $file).Name | Should -Be 'Sandbox (Sandbox)'
        (Connect-AcaAccount -Sandbox -Scenario $file).Name | Should -Be 'Sandbox (Sandbox)'
    }

    It 'are closed one by one or all at once, for whoever holds them' {
        Disconnect-AcaAccount -Context blue
        (Get-AcaContext -ListAvailable).Name | Should -Be 'green'
        (Get-AcaContext).Name | Should -Be 'green'
        { Get-AcaApp -Context $blue } | Should -Throw -ErrorId 'NotConnected,*' -ExpectedMessage "*'blue' was closed by Disconnect-AcaAccount*"
        $null = Connect-AcaAccount -Sandbox -ContextName red
        Get-AcaContext -ListAvailable | Disconnect-AcaAccount
        Get-AcaContext -ListAvailable | Should -BeNullOrEmpty
        { Get-AcaApp -Context $green } | Should -Throw -ErrorId 'NotConnected,*'
    }

    It 'are closed each by itself when one is given a second name' {
        $null = Connect-AcaAccount -Context blue -ContextName teal
        Disconnect-AcaAccount -Context teal
        @(Get-AcaApp -Context blue) | Should -Not -BeNullOrEmpty
    }

    It 'end with the others also where a newer one has taken the name' {
        $null = Connect-AcaAccount -Sandbox -ContextName blue
        @(Get-AcaApp -Context $blue) | Should -Not -BeNullOrEmpty
        Disconnect-AcaAccount
        { Get-AcaApp -Context $blue } | Should -Throw -ErrorId 'NotConnected,*'
    }

    It 'are not made by a switch that is false' {
        { Connect-AcaAccount -Sandbox:$false } | Should -Throw -ErrorId 'InvalidCredential,*' -ExpectedMessage '-Sandbox was given as false*'
        { Connect-AcaAccount -Sandbox -Verbose:$false } | Should -Not -Throw
    }

    It 'leave none as the default after that is closed, and commands say so' {
        Disconnect-AcaAccount -Context green
        Get-AcaContext | Should -BeNullOrEmpty
        { Get-AcaApp } | Should -Throw -ErrorId 'NotConnected,*' -ExpectedMessage "*No connection of this runspace is its default*'blue'*"
        (Get-AcaApp web-shop -Context blue).Name | Should -Be 'web-shop'
    }

    It 'are a table with the name and the default in 120 columns' {
        $lines = (Get-AcaContext -ListAvailable | Out-String -Width 120) -replace '\x1b\[[\d;]*m' -split '\r?\n'
        $lines | Where-Object -FilterScript { $_ -match '^Default Name ' } | Should -HaveCount 1
        $lines | Where-Object -FilterScript { $_ -match "^False   blue .* $($blue.SubscriptionId) " } | Should -HaveCount 1
        $lines | Where-Object -FilterScript { $_ -match "^True    green .* $($green.SubscriptionId) " } | Should -HaveCount 1
    }
}

Describe 'What is given for -Context and is no connection' {
    BeforeAll {
        Disconnect-AcaAccount
        $blue, $null = Connect-Both
    }

    It 'is told as NotConnected: <What>' -ForEach @(
        @{ What = 'a name that nothing has'; Context = { 'red' }; Words = "*no connection 'red'. It has 'blue', 'green'.*" }
        @{ What = 'a copy'; Context = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($blue, 3)) }; Words = '*copy of a connection*Run Connect-AcaAccount there.' }
        @{ What = 'a copy with some of its properties'; Context = { $blue | Select-Object -Property Name, Environment }; Words = '*copy of a connection*' }
        @{ What = 'a table'; Context = { @{ Name = 'blue'; Environment = 'Sandbox' } }; Words = '*is no connection*' }
        @{ What = 'one that somebody has made'; Context = { [RevisionTools.AcaContext] @{ Name = 'blue'; Environment = 'Sandbox' } }; Words = "*'blue' was not made by Connect-AcaAccount*" }
    ) {
        $given = & $Context
        $thrown = { Get-AcaApp -Context $given } | Should -Throw -ErrorId 'NotConnected,RevisionTools.Cmdlets.GetAcaAppCommand' -ExpectedMessage $Words -PassThru
        $thrown.CategoryInfo.Category | Should -Be 'ConnectionError'
        { Connect-AcaAccount -Context $given } | Should -Throw -ErrorId 'NotConnected,*' -ExpectedMessage $Words
        { Disconnect-AcaAccount -Context $given -ErrorAction Stop } | Should -Throw -ErrorId 'NotConnected,*' -ExpectedMessage $Words
        Get-Completion -Line 'Get-AcaApp -Context $given web-s' | Should -BeNullOrEmpty
    }

    It 'is refused as every variable that was not set' {
        { Get-AcaApp -Context $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'Completion with -Context' {
    BeforeEach {
        Disconnect-AcaAccount
        $file = Join-Path -Path $TestDrive -ChildPath 'apps.json'
        '{ "apps": [{ "resourceGroup": "rg", "name": "only-here" }] }' | Set-Content -Path $file
        $here = Connect-AcaAccount -Sandbox -Scenario $file -ContextName "Kim$([char]0x2019)s place"
        $fleet = Connect-AcaAccount -Sandbox -ContextName fleet
        $null = Get-AcaApp -Context $here
        $here.Sandbox.ClearRequests()
    }

    It 'uses the connection that is bound: <Line>' -ForEach @(
        @{ Line = "Get-AcaApp -Context 'Kim$([char]0x2019)$([char]0x2019)s place' "; Expected = 'only-here' }
        @{ Line = 'Get-AcaApp -Context $here o'; Expected = 'only-here' }
        @{ Line = 'Get-AcaApp -Context fleet web-sh'; Expected = 'web-shop' }
        @{ Line = 'Get-AcaApp web-sh'; Expected = 'web-shop' }
        @{ Line = 'Get-AcaApp -Context $here web-sh'; Expected = $null }
        @{ Line = 'Get-AcaApp -Context nowhere web-sh'; Expected = $null }
        @{ Line = 'Get-AcaApp -Context '; Expected = @("'Kim$([char]0x2019)$([char]0x2019)s place'", 'fleet') }
        @{ Line = "Get-AcaContext -Name 'Kim"; Expected = "'Kim$([char]0x2019)$([char]0x2019)s place'" }
    ) {
        Get-Completion -Line $Line | Should -Be $Expected
    }

    It 'has a memory for each connection' {
        $null = Get-Completion -Line 'Get-AcaApp -Context $here o'
        $null = Get-Completion -Line 'Get-AcaApp web-s'
        $fleet.Sandbox.ClearRequests()
        $null = Get-Completion -Line 'Get-AcaApp -Context $here o'
        $null = Get-Completion -Line 'Get-AcaApp web-s'
        $here.Sandbox.Requests.Count, $fleet.Sandbox.Requests.Count | Should -Be @(1, 0)
        Set-AcaRevisionState Inactive -ContainerAppName web-search -Name 0000002 -Context fleet
        $fleet.Sandbox.ClearRequests()
        $null = Get-Completion -Line 'Get-AcaApp -Context $here o'
        $null = Get-Completion -Line 'Get-AcaApp web-s'
        $here.Sandbox.Requests.Count, $fleet.Sandbox.Requests.Count | Should -Be @(1, 1)
    }
}

Describe 'A connection in other runspaces' {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
        $result = Invoke-InNewProcess -Script @'
            Import-Module -Name $module
            $context = Connect-AcaAccount -Sandbox -ContextName fleet
            $parallel = 1..4 | ForEach-Object -Parallel {
                Import-Module -Name $using:module
                @(Get-AcaApp -Context $using:context).Count
                @(Get-AcaContext).Count
            }
            $thread = Start-ThreadJob { Import-Module -Name $using:module; $null = Connect-AcaAccount -Context $using:context; @(Get-AcaApp).Count; Disconnect-AcaAccount }
            $inThread = Receive-Job -Job $thread -Wait
            $stranger = Start-ThreadJob { Import-Module -Name $using:module; Disconnect-AcaAccount -Context $using:context }
            $refusal = $null
            $null = Receive-Job -Job $stranger -Wait -ErrorAction SilentlyContinue -ErrorVariable refusal
            $afterThem = @(Get-AcaApp).Count
            $writes = 'v2-10', 'v2-11', 'v2-13' | ForEach-Object -Parallel { Import-Module -Name $using:module; Get-AcaRevision web-checkout $_ -Context $using:context | Set-AcaRevisionState Inactive -Context $using:context; 'done' }
            $job = Start-Job { Import-Module -Name $using:module; try { Get-AcaApp -Context $using:context } catch { $_.FullyQualifiedErrorId; "$_" } }
            $inJob = Receive-Job -Job $job -Wait
            $held = Start-ThreadJob { Import-Module -Name $using:module; Disconnect-AcaAccount; try { Get-AcaApp -Context $using:context } catch { $_.FullyQualifiedErrorId } }
            $null = Wait-Job -Job $held
            Disconnect-AcaAccount
            $closed = Start-ThreadJob { Import-Module -Name $using:module; try { Get-AcaApp -Context $using:context } catch { $_.FullyQualifiedErrorId } }
            ConvertTo-Json -Compress -InputObject @{
                Parallel = @($parallel)
                Thread = @($inThread)
                Refusal = @($refusal | ForEach-Object { "$($_.FullyQualifiedErrorId) $_" })
                After = $afterThem
                Writes = @($writes).Count
                WriteCount = $context.Sandbox.WriteCount
                Job = @($inJob)
                Held = @(Receive-Job -Job $held).Count
                Closed = @(Receive-Job -Job $closed -Wait)
            }
'@
    }

    It 'goes into ForEach-Object -Parallel by $using, and is nobody''s default there' {
        $result.Parallel | Sort-Object | Should -Be @(0, 0, 0, 0, 11, 11, 11, 11)
        $result.Writes | Should -Be 3
        $result.WriteCount | Should -Be 3
    }

    It 'can be made a thread job''s own, which closes it for itself' {
        $result.Thread | Should -Be 11
        $result.After | Should -Be 11
    }

    It 'is not closed by a runspace that has only borrowed it' {
        $result.Refusal[0] | Should -BeLike 'NotConnected,*made by another runspace*'
        $result.Held | Should -Be 11
    }

    It 'is closed everywhere once its own runspace closes it' {
        $result.Closed | Should -BeLike 'NotConnected,*'
    }

    It 'does not go into another process, and the error says what to do' {
        $result.Job[0] | Should -BeLike 'NotConnected,*'
        $result.Job[1] | Should -BeLike '*copy of a connection*Run Connect-AcaAccount there.'
    }
}

Describe 'A connection whose runspace is closed' {
    It 'is let go of, <What>' -ForEach @(
        @{ What = 'also while somebody holds the runspace'; End = '$runspace.Close()' }
        @{ What = 'or when the runspace is forgotten'; End = '$runspace = $null' }
    ) {
        Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
        $result = Invoke-InNewProcess -Variable @{ end = $End } -Script @'
            function Open-Connection {
                $runspace = [runspacefactory]::CreateRunspace()
                $runspace.Open()
                $shell = [powershell]::Create($runspace)
                $null = $shell.AddScript('param ($module) Import-Module -Name $module; $null = Connect-AcaAccount -Sandbox; $null = Get-AcaApp; [weakreference]::new((Get-AcaContext).Sandbox)').AddArgument($module)
                $weak = $shell.Invoke()[0].psobject.BaseObject
                $shell.Dispose()
                return $runspace, $weak
            }

            Import-Module -Name $module
            $runspace, $weak = Open-Connection
            $before = $weak.IsAlive
            . ([scriptblock]::Create($end))
            $after = $true
            foreach ($attempt in 1..20) {
                [gc]::Collect()
                [gc]::WaitForPendingFinalizers()
                $after = $weak.IsAlive
                if (-not $after) { break }
            }

            ConvertTo-Json -Compress -InputObject @{ Before = $before; After = $after }
'@
        $result.Before | Should -BeTrue
        $result.After | Should -BeFalse
    }
}
