#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    # The active revisions of an app, by name.
    function Get-Standing {
        param ([string] $Name = 'web-shop')
        return @((Get-AcaRevision -ContainerAppName $Name | Where-Object -Property Stage -NotIn -Value 'Inactive', 'Deactivating').Name | Sort-Object)
    }

    function Get-Line {
        param ([string] $Path)
        return @(Get-Content -LiteralPath $Path | ConvertFrom-Json)
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'A prune with a journal' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
        $journal = Join-Path -Path $TestDrive -ChildPath "$(New-Guid).jsonl"
    }

    It 'writes the run, each write before and after, and the end' {
        $results = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -JournalPath $journal -Confirm:$false
        $lines = Get-Line -Path $journal
        $lines[0].line | Should -Be 'Run'
        $lines[0].cloud | Should -Be 'Sandbox'
        $lines[0].policy | Should -Be 'KeepLast 3'
        $lines[-1].line | Should -Be 'End'
        $lines[-1].complete | Should -BeTrue
        $lines[-1].counts.Deactivated | Should -Be $results.Count
        @($lines | Where-Object -Property line -EQ 'Before').Count | Should -Be $results.Count
        @($lines | Where-Object -Property line -EQ 'After').outcome | Select-Object -Unique | Should -Be 'Done'
        $lines.seq | Should -Be @(1..$lines.Count)
    }

    It 'tells the rules and lifts of a plan that is carried out' {
        $plan = Invoke-AcaRevisionPrune web-checkout -KeepLast 2 -IncludeLabelled -PlanOnly
        $null = $plan | Invoke-AcaRevisionPrune -JournalPath $journal -Confirm:$false
        $run = (Get-Line -Path $journal)[0]
        $run.policy | Should -Be 'KeepLast 2'
        $run.lifts | Should -Be 'Labelled'
    }

    It 'begins no run for a plan that cannot be read' {
        { Invoke-AcaRevisionPrune -Plan ./nowhere.json -JournalPath $journal -Confirm:$false } | Should -Throw -ErrorId 'InvalidPrunePlan*'
        $journal | Should -Not -Exist
    }

    It 'takes a path as PowerShell does' {
        Push-Location -LiteralPath $TestDrive
        try {
            $null = Invoke-AcaRevisionPrune web-checkout -KeepLast 1 -JournalPath ./relative.jsonl -Confirm:$false
        }
        finally {
            Pop-Location
        }

        Join-Path -Path $TestDrive -ChildPath 'relative.jsonl' | Should -Exist
    }

    It 'refuses a path that is no file, as -<Parameter>' -ForEach @(
        @{ Parameter = 'JournalPath'; Other = @{ Confirm = $false } }
        @{ Parameter = 'ReportPath'; Other = @{ Confirm = $false } }
        @{ Parameter = 'PlanPath'; Other = @{ PlanOnly = $true } }
        @{ Parameter = 'ImageKeepList'; Other = @{ PlanOnly = $true } }
    ) {
        $path = @{ $Parameter = "$(New-Guid).json" }
        Push-Location -LiteralPath Env:
        try {
            { Invoke-AcaRevisionPrune web-shop -KeepLast 3 @path @Other } | Should -Throw -ErrorId 'FileNotWritten,*' -ExpectedMessage '*is no path of a file*'
            { Undo-AcaRevisionPrune -JournalPath "$(New-Guid).jsonl" } | Should -Throw -ErrorId 'InvalidJournal,*' -ExpectedMessage '*is no path of a file*'
        }
        finally {
            Pop-Location
        }

        $sandbox.WriteCount | Should -Be 0
    }

    It 'writes no file with <With>' -ForEach @(
        @{ With = '-WhatIf'; Switch = @{ WhatIf = $true } }
        @{ With = '-PlanOnly'; Switch = @{ PlanOnly = $true } }
    ) {
        $null = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -JournalPath $journal @Switch
        $journal | Should -Not -Exist
    }

    It 'sends nothing where the file cannot be written' {
        { Invoke-AcaRevisionPrune web-shop -KeepLast 3 -JournalPath (Join-Path -Path $TestDrive -ChildPath 'absent/prune.jsonl') -Confirm:$false } |
            Should -Throw -ErrorId 'FileNotWritten,RevisionTools.Cmdlets.InvokeAcaRevisionPruneCommand'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'sends nothing where the file is <Name>, and names the line' -ForEach @(
        @{ Name = 'none of ours'; Text = "{}`n"; Message = '*line 1:*' }
        @{ Name = 'damaged'; Text = $null; Message = '*line 2:*' }
    ) {
        if ($null -eq $Text) {
            $null = Invoke-AcaRevisionPrune web-checkout -KeepLast 1 -JournalPath $journal -Confirm:$false
            $content = Get-Content -LiteralPath $journal
            $content[1] = $content[1].Substring(5)
            Set-Content -LiteralPath $journal -Value $content
        }
        else {
            Set-Content -LiteralPath $journal -Value $Text -NoNewline
        }

        $sandbox.ClearRequests()
        foreach ($switch in @{ Confirm = $false }, @{ WhatIf = $true }) {
            { Invoke-AcaRevisionPrune web-shop -KeepLast 3 -JournalPath $journal @switch } |
                Should -Throw -ErrorId 'InvalidJournal,*' -ExpectedMessage $Message
        }

        { Undo-AcaRevisionPrune -JournalPath $journal } |
            Should -Throw -ErrorId 'InvalidJournal,RevisionTools.Cmdlets.UndoAcaRevisionPruneCommand' -ExpectedMessage $Message
        $sandbox.WriteCount | Should -Be 0
    }

    It 'stops after -MaxFailure and goes on when it is run again' {
        $path = Get-SandboxPath -Sandbox $sandbox -Below 'web-shop/*'
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = 400; Method = 'POST'; Path = $path; Times = [int]::MaxValue; Skip = 4 }
        $first = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -JournalPath $journal -MaxFailure 1 -ThrottleLimit 1 -Confirm:$false -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
        @($first | Where-Object -Property Outcome -EQ 'Deactivated').Count | Should -Be 4
        @($first | Where-Object -Property Outcome -EQ 'Failed').Count | Should -Be 1
        "$warnings" | Should -BeLike 'Stopped early: 1 had failed*'
        (Get-Line -Path $journal)[-1].complete | Should -BeFalse

        $sandbox.ClearFaults()
        $second = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -JournalPath $journal -Confirm:$false
        $second.Count | Should -Be ($first.Count - 4)
        $lines = Get-Line -Path $journal
        ($lines.run | Select-Object -Unique) | Should -HaveCount 1
        @($lines.line) | Should -Contain 'Resumed'
        $lines[-1].complete | Should -BeTrue
        Get-Standing | Should -HaveCount 3
    }

    It 'accepts a line that was cut off, and says so' {
        $null = Invoke-AcaRevisionPrune web-checkout -KeepLast 1 -JournalPath $journal -Confirm:$false
        $text = [System.IO.File]::ReadAllText($journal)
        [System.IO.File]::WriteAllText($journal, $text.Substring(0, $text.Length - 10))
        $null = Invoke-AcaRevisionPrune web-checkout -KeepLast 1 -JournalPath $journal -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*was cut off and has been removed*'
        (Get-Line -Path $journal)[-1].complete | Should -BeTrue
    }

    It 'refuses a deadline of <Deadline>' -ForEach @(
        @{ Deadline = '-1h' }
        @{ Deadline = '0s' }
    ) {
        { Invoke-AcaRevisionPrune web-shop -KeepLast 3 -Deadline $Deadline -Confirm:$false } | Should -Throw -ErrorId 'InvalidPruneRequest,*'
        $sandbox.Requests.Count | Should -Be 0
    }
}

Describe 'Undo-AcaRevisionPrune' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
        $journal = Join-Path -Path $TestDrive -ChildPath "$(New-Guid).jsonl"
        $before = Get-Standing
        $null = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -JournalPath $journal -Confirm:$false
        $sandbox.ClearRequests()
    }

    It 'activates again what was deactivated' {
        $results = Undo-AcaRevisionPrune -JournalPath $journal
        $results | Should -BeOfType ([RevisionTools.PruneUndoResult])
        $results.Outcome | Select-Object -Unique | Should -Be 'Activated'
        $results.Count | Should -Be ($before.Count - 3)
        Get-Standing | Should -Be $before
    }

    It 'waits until all are ready' {
        $results = Undo-AcaRevisionPrune $journal -Wait
        $results.Stage | Select-Object -Unique | Should -Be 'Ready'
    }

    It 'changes neither Azure nor the file with -WhatIf' {
        $text = Get-Content -LiteralPath $journal -Raw
        Undo-AcaRevisionPrune -JournalPath $journal -WhatIf | Should -BeNullOrEmpty
        $WhatIfPreference = $true
        Undo-AcaRevisionPrune -JournalPath $journal | Should -BeNullOrEmpty
        $WhatIfPreference = $false
        $sandbox.WriteCount | Should -Be 0
        Get-Content -LiteralPath $journal -Raw | Should -BeExactly $text
    }

    It 'says with -WhatIf what cannot be undone' {
        $name = (@(Get-Line -Path $journal | Where-Object -Property line -EQ 'Before')[0].resourceId -split '/')[-1]
        $text = (Get-Content -LiteralPath $journal -Raw).Replace("/$name`"", "/web-shop--purged`"")
        Set-Content -LiteralPath $journal -Value $text -NoNewline
        $log = Join-Path -Path $TestDrive -ChildPath "$(New-Guid).txt"
        $null = Start-Transcript -LiteralPath $log
        Undo-AcaRevisionPrune -JournalPath $journal -WhatIf | Should -BeNullOrEmpty
        $null = Stop-Transcript
        Get-Content -LiteralPath $log -Raw | Should -BeLike '*What if: web-shop--purged (rg-shop/web-shop): Purged: *'
    }

    It 'undoes a run once' {
        $null = Undo-AcaRevisionPrune -JournalPath $journal
        $sandbox.ClearRequests()
        $thrown = { Undo-AcaRevisionPrune -JournalPath $journal } |
            Should -Throw -ErrorId 'JournalAlreadyUndone,RevisionTools.Cmdlets.UndoAcaRevisionPruneCommand' -PassThru
        $thrown.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $thrown.TargetObject | Should -Be $journal
        $sandbox.Requests.Count | Should -Be 0
    }

    It 'takes files from the pipeline' {
        $results = Get-Item -LiteralPath $journal | Undo-AcaRevisionPrune
        $results.Count | Should -Be ($before.Count - 3)
    }

    It 'undoes all runs with -All' {
        $checkout = Get-Standing -Name web-checkout
        $null = Invoke-AcaRevisionPrune web-checkout -KeepLast 1 -JournalPath $journal -Confirm:$false
        $null = Undo-AcaRevisionPrune -JournalPath $journal -All
        Get-Standing | Should -Be $before
        Get-Standing -Name web-checkout | Should -Be $checkout
    }

    It 'goes on after some were declined' {
        $session = Open-TestSession
        try {
            $script = "Invoke-AcaRevisionPrune web-checkout -KeepLast 1 -JournalPath '$journal.2' -Confirm:`$false; Undo-AcaRevisionPrune '$journal.2' -Confirm"
            $result = Invoke-TestCommand -Session $session -Script $script -OnPrompt { 'No to All' }
            @($result.Output | Where-Object -Property Outcome -EQ 'Activated').Count | Should -Be 0
            $result.Failure | Should -BeNullOrEmpty
            $again = Invoke-TestCommand -Session $session -Script "Undo-AcaRevisionPrune '$journal.2'"
            $again.Errors | Should -BeNullOrEmpty
            @($again.Output | Where-Object -Property Outcome -EQ 'Activated').Count | Should -BeGreaterThan 0
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a deadline that is over before it begins'; Deadline = '0s'; Words = '*more than nothing*' }
        @{ What = 'a negative one'; Deadline = '-1h'; Words = '*more than nothing*' }
        @{ What = 'one that was given without a value'; Deadline = $null; Words = '-Deadline was given without a value*' }
    ) {
        { Undo-AcaRevisionPrune -JournalPath $journal -Deadline $Deadline } | Should -Throw -ErrorId 'InvalidPruneRequest,*' -ExpectedMessage $Words
        $sandbox.Requests.Count | Should -Be 0
    }

    It 'begins nothing new after its deadline, and goes on later' {
        $session = Open-TestSession
        try {
            $prune = "Invoke-AcaRevisionPrune web-shop -KeepLast 3 -JournalPath '$journal.3' -Confirm:`$false"
            $names = (Invoke-TestCommand -Session $session -Script $prune).Output.Name
            $session.Sandbox.ClearRequests()
            Add-SandboxFault -Sandbox $session.Sandbox -Fault @{ Kind = 'Hold'; Method = 'POST'; Path = '*/activate'; Skip = 4 }
            $command = Submit-TestCommand -Session $session -Script "Undo-AcaRevisionPrune '$journal.3' -Deadline 60s -ThrottleLimit 1 -Confirm:`$false"
            # The fifth is the one that is held; any of them may be seen before its answer.
            Wait-Until -Condition { @($session.Sandbox.Requests | Where-Object -Property Method -EQ -Value 'POST').Count -eq 5 }
            $session.Sandbox.Clock.Advance([timespan]'00:01:20')
            $session.Sandbox.ReleaseHeld()
            $cut = Wait-TestCommand -Command $command
            $cut.Errors | Should -BeNullOrEmpty
            $cut.Output.Count | Should -Be $names.Count
            $left = @($cut.Output | Where-Object -Property Outcome -EQ 'NotAttempted')
            $left.Count | Should -Be ($names.Count - 5)
            $left.Message | Select-Object -Unique | Should -Be 'not attempted: the deadline of 00:01:00 had come'
            $cut.Warnings | Should -BeLike "Stopped early: the deadline of 00:01:00 had come. $($left.Count) changes are left;*"
            $rest = Invoke-TestCommand -Session $session -Script "Undo-AcaRevisionPrune '$journal.3'"
            $rest.Output.Name | Sort-Object | Should -Be ($left.Name | Sort-Object)
            $rest.Output.Outcome | Select-Object -Unique | Should -Be 'Activated'
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    It 'refuses a journal of another cloud, and says which' {
        (Get-Content -LiteralPath $journal -Raw).Replace('"cloud":"Sandbox"', '"cloud":"AzureUSGovernment"') | Set-Content -LiteralPath $journal -NoNewline
        { Undo-AcaRevisionPrune -JournalPath $journal } | Should -Throw -ErrorId 'InvalidJournal,*' -ExpectedMessage "*'AzureUSGovernment'*'Sandbox'*"
    }

    It 'says that there is no such file' {
        { Undo-AcaRevisionPrune -JournalPath "$journal.absent" } | Should -Throw -ErrorId 'InvalidJournal,*' -ExpectedMessage '*There is no journal*'
    }
}
