#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    # The PATCH bodies that the sandbox has got, by app.
    function Get-Patched {
        return Get-SandboxWrite -Sandbox $sandbox | ForEach-Object -Process { "$($_.Method) $(($_.PathAndQuery -split '[/?]')[-2])" }
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Set-AcaRevisionMode' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'switches to Single, returns the app as it is then, and says before only what goes down where nothing else is lost' {
        $app = Set-AcaRevisionMode Single web-shop -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike "App 'web-shop': Single mode takes down 30 revisions, web-shop--* to web-shop--0000029."
        $app | Should -BeOfType ([RevisionTools.ContainerApp])
        $app.RevisionMode | Should -Be 'Single'
        Get-Patched | Should -Be 'PATCH web-shop'
        $revisions = Get-AcaRevision -ContainerAppName web-shop
        @($revisions | Where-Object -Property Stage -EQ 'Deactivating').Count | Should -Be 30
        ($revisions | Where-Object -Property Stage -EQ 'Active').Name | Should -Be 'web-shop--0000030'
    }

    It 'waits with -Wait until the others are inactive, also when the switch was made before' {
        $null = Set-AcaRevisionMode Single web-shop
        $null = Set-AcaRevisionMode Single web-shop -Wait
        @(Get-AcaRevision -ContainerAppName web-shop -Active).Name | Should -Be 'web-shop--0000030'
        $sandbox.WriteCount | Should -Be 1
    }

    It 'gives up waiting after -TimeoutSec and names what is not down' {
        $null = Set-AcaRevisionMode Single web-account -Wait -TimeoutSec 16 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionWaitTimeout,*'
        $failures[0].Exception.Message | Should -BeLike '*web-account--0000001 (Deactivating)*'
        (Get-AcaApp -Name web-account).RevisionMode | Should -Be 'Single'
    }

    It 'is a success without a write in the mode already: <Mode> <App>' -ForEach @(
        @{ Mode = 'Multiple'; App = 'web-checkout' }
        @{ Mode = 'Single'; App = 'web-landing' }
    ) {
        (Set-AcaRevisionMode $Mode $App -ErrorAction Stop -WarningAction Stop).RevisionMode | Should -Be $Mode
        $sandbox.WriteCount | Should -Be 0
    }

    It 'refuses Single for <App>: <Why>' -ForEach @(
        @{ App = 'web-checkout'; All = @('CarriesTraffic'); Why = "*'web-checkout--v2-14' gets 90 %*Set-AcaTraffic*-To web-checkout--v2-15*" }
        @{ App = 'web-search'; All = @('LastActive', 'CarriesTraffic'); Why = "*'web-search--0000004' is Failed*'web-search--0000003' gets 100 %*" }
    ) {
        Set-AcaRevisionMode Single $App -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'RevisionProtected,RevisionTools.Cmdlets.SetAcaRevisionModeCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failures[0].TargetObject.Name | Should -Be $App
        $failures[0].Exception.Interlocks | Should -Be $All
        $failures[0].Exception.Message | Should -BeLike $Why
        $sandbox.WriteCount | Should -Be 0
    }

    It 'does it with -Force, and warns of the traffic and of the labels that go' {
        $app = Set-AcaRevisionMode Single web-checkout -Force -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
        $app.RevisionMode | Should -Be 'Single'
        $warnings | Should -HaveCount 3
        $warnings[0].Message | Should -BeLike "*CarriesTraffic: 'web-checkout--v2-14' gets 90 %*"
        $warnings[1].Message | Should -BeLike '*previous (web-checkout--v2-12), stable (web-checkout--v2-14)*'
        $warnings[2].Message | Should -BeLike '*takes down web-checkout--v2-10 (Ready), *, web-checkout--v2-14 (Active).'
    }

    It 'names the event consumers that go down' {
        $null = Set-AcaRevisionMode Single orders-worker -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 2
        $warnings[0].Message | Should -BeLike '*orders-worker--0000001 (azure-servicebus:orders); orders-worker--0000002*'
    }

    It 'does not set Labels, and says why' {
        { Set-AcaRevisionMode Labels web-shop } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*in preview*'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'takes modes by their names only, not <_>' -ForEach 0, 7, '0', 'Single,Multiple', 'Sing', '' {
        { Set-AcaRevisionMode $_ web-shop } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*Give Single or Multiple.'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'takes a mode in any case, and as a value' {
        (Set-AcaRevisionMode sINGLE web-landing).RevisionMode | Should -Be 'Single'
        (Set-AcaRevisionMode ([RevisionTools.RevisionMode]::Single) web-landing).RevisionMode | Should -Be 'Single'
    }

    It 'completes the mode, and the app after it' {
        (TabExpansion2 -inputScript 'Set-AcaRevisionMode ' -cursorColumn 20).CompletionMatches.CompletionText | Should -Be @('Multiple', 'Single')
        (TabExpansion2 -inputScript 'Set-AcaRevisionMode Single web-l' -cursorColumn 32).CompletionMatches.CompletionText | Should -Be 'web-landing'
    }

    It 'takes apps by pipeline, by id and by the objects of others, each once' {
        $app = Get-AcaApp -Name api-images
        (Set-AcaRevisionMode Single -ResourceId $app.ResourceId).Name | Should -Be 'api-images'
        ([pscustomobject]@{ Id = $app.ResourceId } | Set-AcaRevisionMode Multiple).RevisionMode | Should -Be 'Multiple'
        $app, $app | Set-AcaRevisionMode Single | Should -HaveCount 1
        $sandbox.WriteCount | Should -Be 3
    }

    It 'does of several apps what it may, each with its own result' {
        $apps = Get-AcaApp -ResourceGroupName rg-shop |
            Set-AcaRevisionMode Single -ErrorVariable failures -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $failures.TargetObject.Name | Sort-Object | Should -Be @('web-checkout', 'web-search')
        $apps.Name | Sort-Object | Should -Be @('api-catalog', 'api-images', 'web-account', 'web-landing', 'web-shop')
        Get-Patched | Sort-Object | Should -Be @('PATCH api-catalog', 'PATCH api-images', 'PATCH web-account', 'PATCH web-shop')
    }

    It 'reports an app that is not there, and goes on with the others' {
        $id = (Get-AcaApp -Name web-shop).ResourceId
        $apps = @($id -replace 'web-shop', 'web-none'; $id) | ForEach-Object -Process { [pscustomobject]@{ ResourceId = $_ } } |
            Set-AcaRevisionMode Single -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ContainerAppNotFound,*'
        $apps.Name | Should -Be 'web-shop'
    }

    It 'says before what goes down and what stays' {
        $session = Open-TestSession
        try {
            $null = Invoke-TestCommand -Session $session -Script 'Set-AcaRevisionMode Single api-images -WhatIf'
            $screen = @($session.Host.Screen) -join "`n"
            $screen | Should -BeLike '*from Multiple to Single (keeps api-images--0000003; takes down api-images--f3r7y0k, api-images--0000001, api-images--0000002)*api-images (rg-shop)*'
            $session.Sandbox.WriteCount | Should -Be 0
            $null = Invoke-TestCommand -Session $session -Script 'Set-AcaRevisionMode Multiple reports -WhatIf'
            @($session.Host.Screen) -join "`n" | Should -BeLike '*Azure may activate again: reports--c0o4i6p, reports--0000001*'
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    It 'asks about each app with -Confirm' {
        $session = Open-TestSession
        try {
            $answers = [System.Collections.Generic.Queue[string]]::new([string[]] ('No', 'Yes'))
            $result = Invoke-TestCommand -Session $session -Script 'Get-AcaApp api-images, web-shop | Set-AcaRevisionMode Single -Confirm' -OnPrompt { $answers.Dequeue() }
            $result.Prompts | Should -HaveCount 2
            $result.Output | Should -HaveCount 1
            $session.Sandbox.WriteCount | Should -Be 1
        }
        finally {
            Close-TestSession -Session $session
        }
    }
}

Describe 'Set-AcaRevisionRetention' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'sets the limit and says what may be purged' {
        $change = Set-AcaRevisionRetention api-catalog -MaxInactive 50 -Confirm:$false -ErrorAction Stop -WarningAction Stop
        $change | Should -BeOfType ([RevisionTools.RetentionChange])
        $change.Before, $change.After, $change.InactiveCount, $change.MayBePurged.Count | Should -Be @(100, 50, 104, 54)
        $change.MayBePurged[0].Name | Should -Be 'api-catalog--h1n6s8c'
        $change.Message | Should -BeLike '*may purge them, late and without a date*'
        (Get-AcaApp -Name api-catalog).MaxInactiveRevisions | Should -Be 50
        Get-Patched | Should -Be 'PATCH api-catalog'
    }

    It 'is a success without a write where the limit is as wanted' {
        $change = Set-AcaRevisionRetention web-shop 100 -ErrorAction Stop
        $change.Before, $change.After | Should -Be @(100, 100)
        $sandbox.WriteCount | Should -Be 0
    }

    It 'refuses with -KeepSince to go below what it needs, and says what that is' {
        Set-AcaRevisionRetention api-catalog 5 -KeepSince 10d -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'RetentionTooLow,RevisionTools.Cmdlets.SetAcaRevisionRetentionCommand'
        $failures[0].Exception.Message -match 'a limit of (\d+) at least' | Should -BeTrue
        $sandbox.WriteCount | Should -Be 0
        $needed = [int] $Matches[1]
        { Set-AcaRevisionRetention api-catalog ($needed - 1) -KeepSince 10d -ErrorAction Stop -Confirm:$false } | Should -Throw -ErrorId 'RetentionTooLow,*'
        (Set-AcaRevisionRetention api-catalog $needed -KeepSince 10d -Confirm:$false -ErrorAction Stop).After | Should -Be $needed
    }

    It 'warns of a limit that is higher or the same and still too low for -KeepSince' {
        $null = Set-AcaRevisionRetention api-catalog 5 -Confirm:$false
        $sandbox.Clock.Advance([timespan]'00:05:00')
        $same = Set-AcaRevisionRetention api-catalog 5 -KeepSince 10d -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
        $same.After | Should -Be 5
        "$warnings" | Should -BeLike "*needs a limit of * at least; with 5 Azure may purge *"
        $more = Set-AcaRevisionRetention api-catalog 6 -KeepSince 10d -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
        $more.After | Should -Be 6
        "$warnings" | Should -BeLike "*with 6 Azure may purge *"
    }

    It 'refuses a -KeepSince that says nothing: <Name>' -ForEach @(
        @{ Name = 'no value'; Value = $null; Id = 'InvalidRetentionRule,*' }
        @{ Name = 'zero'; Value = '0d'; Id = 'InvalidRetentionRule,*' }
        @{ Name = 'a bare number'; Value = 7; Id = 'ParameterArgumentTransformationError,*' }
    ) {
        { Set-AcaRevisionRetention web-landing 5 -KeepSince $Value -Confirm:$false } | Should -Throw -ErrorId $Id
        $sandbox.WriteCount | Should -Be 0
    }

    It 'does not round a limit: <_>' -ForEach 1.6, 50.5d, '1.6' {
        { Set-AcaRevisionRetention api-catalog $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage "*'$_' is not a whole number.*"
        $sandbox.WriteCount | Should -Be 0
    }

    It 'takes limits from 1 to 100 only: <_>' -ForEach 0, -1, 101 {
        { Set-AcaRevisionRetention web-shop -MaxInactive $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'does of several apps what it may, by pipeline and by id' {
        $changes = Get-AcaApp -Name api-catalog, web-landing, web-shop |
            Set-AcaRevisionRetention -MaxInactive 6 -KeepSince 10d -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.TargetObject.Name | Should -Be 'api-catalog'
        $changes.ContainerAppName | Sort-Object | Should -Be @('web-landing', 'web-shop')
        (Set-AcaRevisionRetention -ResourceId (Get-AcaApp -Name reports).ResourceId -MaxInactive 2).MayBePurged | Should -BeNullOrEmpty
    }
}

Describe 'The question of Set-AcaRevisionRetention' {
    BeforeEach {
        $session = Open-TestSession
    }

    AfterEach {
        Close-TestSession -Session $session
    }

    It 'is asked once where revisions are put at risk, with <Preference> as preference; <Answer> means <Writes> writes' -ForEach @(
        @{ Preference = 'High'; Answer = 'Yes'; Writes = 1 }
        @{ Preference = 'High'; Answer = 'No'; Writes = 0 }
        @{ Preference = 'Medium'; Answer = 'Yes'; Writes = 1 }
        @{ Preference = 'Low'; Answer = 'No'; Writes = 0 }
    ) {
        $result = Invoke-TestCommand -Session $session -OnPrompt { $Answer } `
            -Script "`$ConfirmPreference = '$Preference'; Set-AcaRevisionRetention web-landing 3"
        $result.Prompts | Should -HaveCount 1
        $result.Prompts[0].Message | Should -BeLike '*purge web-landing--k2v9x4d, web-landing--0000001, web-landing--0000002*'
        $session.Sandbox.WriteCount | Should -Be $Writes
    }

    It 'is asked once with -Confirm, too' {
        (Invoke-TestCommand -Session $session -Script 'Set-AcaRevisionRetention web-landing 3 -Confirm' -OnPrompt { 'Yes' }).Prompts | Should -HaveCount 1
    }

    It 'is not asked: <Script>' -ForEach @(
        @{ Script = 'Set-AcaRevisionRetention web-landing 3 -Confirm:$false' }
        @{ Script = '$ConfirmPreference = ''None''; Set-AcaRevisionRetention web-landing 3' }
        @{ Script = 'Set-AcaRevisionRetention web-landing 6' }
    ) {
        $result = Invoke-TestCommand -Session $session -Script $Script
        $result.Failure | Should -BeNullOrEmpty
        $result.Errors | Should -BeNullOrEmpty
        $session.Sandbox.WriteCount | Should -Be 1
    }

    It 'is answered for all apps at once' {
        $result = Invoke-TestCommand -Session $session -Script 'Get-AcaApp web-landing, api-catalog | Set-AcaRevisionRetention -MaxInactive 3' -OnPrompt { 'Yes to All' }
        $result.Prompts | Should -HaveCount 1
        $session.Sandbox.WriteCount | Should -Be 2
    }

    It 'becomes an error where nobody can be asked' {
        $start = [System.Diagnostics.ProcessStartInfo]::new('pwsh')
        $script = @"
            Import-Module -Name '$(Get-ModuleManifestPath)'
            `$sandbox = (Connect-AcaAccount -Sandbox).Sandbox
            Set-AcaRevisionRetention web-landing 3 -ErrorVariable failures -ErrorAction SilentlyContinue
            "`$(`$failures[0].FullyQualifiedErrorId) `$(`$sandbox.WriteCount)"
"@
        foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', $script) {
            $start.ArgumentList.Add($argument)
        }

        $start.RedirectStandardOutput = $start.RedirectStandardInput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        $output.Trim() | Should -Be 'ConfirmationRequired,RevisionTools.Cmdlets.SetAcaRevisionRetentionCommand 0'
    }
}
