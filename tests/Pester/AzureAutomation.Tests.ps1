#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# The runbooks run as they are, in a host that has no user interface: signed in by a managed identity of this machine, to a sandbox that is
# served over HTTP. Of Azure's storage there are only the commands that they use, on a folder.

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    $isMissing = -not (Get-ServerPath)
    if ($isMissing) {
        Write-Warning -Message 'The sandbox server is not built: the runbooks are not tried.'
    }
}

Describe 'The runbooks' -Skip:$isMissing {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
        Import-Module -Name (Get-ModuleManifestPath) -Force
        if (-not ('RevisionTools.Testing.LoopbackServer' -as [type])) {
            Add-Type -Path "$PSScriptRoot/LoopbackServer.cs"
        }

        $samples = Join-Path -Path (Split-Path -Path (Get-ModuleManifestPath)) -ChildPath 'samples/azure-automation'
        $variables = 'IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'TF_BUILD'
        $saved = @{}
        foreach ($name in $variables) {
            $saved[$name] = [System.Environment]::GetEnvironmentVariable($name)
        }

        $standIns = @'
            function global:Connect-AcaAccount {
                param ([switch] $Identity, [Alias('AccountId')] [string] $ClientId, [string] $SubscriptionId)
                RevisionTools\Connect-AcaAccount @PSBoundParameters -Endpoint $endpoint -Audience 'https://arm.contoso.example'
            }
            function global:Disable-AzContextAutosave { param ($Scope) }
            function global:Connect-AzAccount { param ([switch] $Identity, $AccountId) $global:storageAccountId = $AccountId }
            function global:New-AzStorageContext { param ($StorageAccountName, [switch] $UseConnectedAccount) $StorageAccountName }
            function global:Get-AzStorageBlob { param ($Container, $Context, $Blob) Get-Item -LiteralPath "$blobs/$Context-$Container-$Blob" -ErrorAction Ignore }
            function global:Get-AzStorageBlobContent {
                param ($Container, $Context, $Blob, $Destination, [switch] $Force)
                Copy-Item -LiteralPath "$blobs/$Context-$Container-$Blob" -Destination $Destination -Force:$Force
            }
            function global:Set-AzStorageBlobContent {
                param ($Container, $Context, $Blob, $File, [switch] $Force)
                if (Test-Path -LiteralPath "$blobs/leased") { throw 'There is a lease on the blob.' }
                Copy-Item -LiteralPath $File -Destination "$blobs/$Context-$Container-$Blob" -Force:$Force
            }
'@

        # A job: a runbook in a runspace of its own. Something may happen while it runs.
        function Invoke-Job {
            param ([string] $Runbook, [string] $With = '', [scriptblock] $Meanwhile = { })
            $session = Open-TestSession -HostManner HasNone
            try {
                $session.Runspace.SessionStateProxy.SetVariable('endpoint', $server.Ready.endpoint)
                $session.Runspace.SessionStateProxy.SetVariable('blobs', $blobs)
                $null = Invoke-TestCommand -Session $session -Script $standIns
                $command = Submit-TestCommand -Session $session -Script "& '$samples/$Runbook.ps1' -SubscriptionId $subscription -StorageAccountName ops $With"
                $null = & $Meanwhile $command
                $job = Wait-TestCommand -Command $command
                $account = $session.Runspace.SessionStateProxy.GetVariable('storageAccountId')
                return $job | Add-Member -NotePropertyName StorageAccountId -NotePropertyValue $account -PassThru
            }
            finally {
                Close-TestSession -Session $session
            }
        }

        # How often each outcome came, by the groups that a runbook gives.
        function Get-Tally {
            param ([object[]] $Output)
            $tally = @{}
            $Output | ForEach-Object -Process { $tally[$_.Name] = $_.Count }
            return $tally
        }

        function Add-ServerFault {
            param ([hashtable] $Fault)
            $null = Invoke-RestMethod -Method Post -Uri "$($server.Ready.endpoint)/_sandbox/faults" -Body ($Fault | ConvertTo-Json) -ContentType 'application/json'
        }

        function Get-DeactivationCount {
            $log = Invoke-RestMethod -Uri "$($server.Ready.endpoint)/_sandbox/log"
            return @($log.value | Where-Object -Property path -Like -Value '*/deactivate?*').Count
        }

        function Get-StandingCount {
            return @(Get-AcaApp | Get-AcaRevision -Active).Count
        }
    }

    BeforeEach {
        $server = Open-SandboxServer -ArgumentList '--time-scale', '1000'
        $identity = [RevisionTools.Testing.LoopbackServer]::new()
        $expires = [datetimeoffset]::UtcNow.AddHours(1).ToUnixTimeSeconds()
        $identity.Answer('/msi/token', "{`"access_token`":`"$($server.Ready.token)`",`"expires_on`":`"$expires`",`"resource`":`"https://arm.contoso.example`",`"token_type`":`"Bearer`"}")
        $env:IDENTITY_ENDPOINT = "$($identity.Address)msi/token"
        $env:IDENTITY_HEADER = 'header-of-the-identity'
        $env:TF_BUILD = $null
        $token = [System.Net.NetworkCredential]::new('', $server.Ready.token).SecurePassword
        $subscription = (Connect-AcaAccount -Endpoint $server.Ready.endpoint -AccessToken $token).SubscriptionId
        $blobs = (New-Item -Path (Join-Path -Path $TestDrive -ChildPath (New-Guid)) -ItemType Directory).FullName
        $before = Get-StandingCount
    }

    AfterEach {
        Disconnect-AcaAccount
        $identity.Dispose()
        Close-SandboxServer -Server $server
        foreach ($name in $saved.Keys) {
            [System.Environment]::SetEnvironmentVariable($name, $saved[$name])
        }
    }

    It 'are all tried here' {
        (Get-ChildItem -Path $samples).Name | Sort-Object |
            Should -Be @('Invoke-SubscriptionPrune.ps1', 'Save-PrunePlan.ps1', 'Undo-SubscriptionPrune.ps1')
    }

    It 'plan and change nothing, prune as planned, and take that back' {
        $planned = Invoke-Job -Runbook 'Save-PrunePlan' -With '-KeepLast 3'
        $planned.Failure | Should -BeNullOrEmpty
        $planned.Errors | Should -BeNullOrEmpty
        $wanted = @($planned.Output | Where-Object -Property Decision -EQ 'Deactivate')
        $wanted.Count | Should -BeGreaterThan 10
        Get-StandingCount | Should -Be $before
        "$blobs/ops-prune-plan.json.md" | Should -FileContentMatch 'web-shop'

        $pruned = Invoke-Job -Runbook 'Invoke-SubscriptionPrune' -With '-PlanName plan.json'
        $pruned.Failure | Should -BeNullOrEmpty
        $pruned.Errors | Should -BeNullOrEmpty
        (Get-Tally -Output $pruned.Output).Deactivated | Should -Be $wanted.Count
        Get-StandingCount | Should -Be ($before - $wanted.Count)

        $undone = Invoke-Job -Runbook 'Undo-SubscriptionPrune'
        $undone.Failure | Should -BeNullOrEmpty
        (Get-Tally -Output $undone.Output).Activated | Should -Be $wanted.Count
        Get-StandingCount | Should -Be $before

        $again = Invoke-Job -Runbook 'Undo-SubscriptionPrune'
        $again.Failure.Message | Should -BeLike '*was undone*' -Because 'a job that has nothing to take back is Failed'
    }

    It 'sign in by the managed identity: <What>' -ForEach @(
        @{ What = 'of the Automation account'; With = ''; Asked = '' }
        @{ What = 'of the user'; With = '-ClientId 5d3f2a6e-6c0b-4f0e-9f0d-2f6f4f1d7c13'; Asked = '5d3f2a6e-6c0b-4f0e-9f0d-2f6f4f1d7c13' }
    ) {
        $job = Invoke-Job -Runbook 'Save-PrunePlan' -With $With
        $job.Failure | Should -BeNullOrEmpty
        "$($job.StorageAccountId)" | Should -Be $Asked
        $queries = @($identity.Requests | ForEach-Object -Process { $_.Query })
        $queries | Should -Not -BeNullOrEmpty
        $identity.Requests | ForEach-Object -Process { $_.IdentityHeader } | Select-Object -Unique | Should -Be 'header-of-the-identity'
        @($queries -match 'client_id') | Should -HaveCount ($Asked ? $queries.Count : 0)
        if ($Asked) {
            $queries | Should -BeLike "*client_id=$Asked*"
        }
    }

    It 'end at the deadline as Completed, and the next job goes on' {
        # The deadline is as long as a whole job without writes takes here, so that this one gets to its writes on any machine.
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $null = Invoke-Job -Runbook 'Save-PrunePlan' -With '-KeepLast 3'
        $deadline = [timespan]::FromSeconds([math]::Ceiling($clock.Elapsed.TotalSeconds) + 2)
        # After five writes Azure takes longer to answer than there is time.
        Add-ServerFault -Fault @{ kind = 'Hold'; method = 'POST'; path = '*/deactivate'; skip = 5; times = 4 }
        $cut = Invoke-Job -Runbook 'Invoke-SubscriptionPrune' -With "-KeepLast 3 -Deadline $deadline" -Meanwhile {
            $job = $args[0]
            Wait-Until -Limit '00:02:00' -Condition { $job.Result.IsCompleted -or (Get-DeactivationCount) -gt 5 }
            # The prune began before that, so its deadline has come by the end of this.
            $clock.Restart()
            Wait-Until -Limit '00:02:00' -Condition { $job.Result.IsCompleted -or $clock.Elapsed -gt $deadline }
            $null = Invoke-RestMethod -Method Post -Uri "$($server.Ready.endpoint)/_sandbox/release"
        }
        $cut.Failure | Should -BeNullOrEmpty
        $cut.Errors | Should -BeNullOrEmpty
        $cut.Warnings -like "Stopped early: the deadline of $deadline*" | Should -HaveCount 1
        (Get-Tally -Output $cut.Output).Deactivated | Should -BeGreaterThan 0
        (Get-Tally -Output $cut.Output).NotAttempted | Should -BeGreaterThan 0
        $rest = Invoke-Job -Runbook 'Invoke-SubscriptionPrune' -With '-KeepLast 3'
        $rest.Failure | Should -BeNullOrEmpty
        (Get-Tally -Output $rest.Output).Deactivated | Should -BeGreaterThan 10
        (Get-Tally -Output $rest.Output).ContainsKey('NotAttempted') | Should -BeFalse
        $undone = Invoke-Job -Runbook 'Undo-SubscriptionPrune'
        $undone.Failure | Should -BeNullOrEmpty
        Get-StandingCount | Should -Be $before -Because 'both jobs are one run of the journal'
    }

    It 'are Failed where something has failed, after all else had its turn, and the journal is kept' {
        Add-ServerFault -Fault @{ kind = 'Status'; status = 403; method = 'POST'; path = '*/web-checkout/*deactivate'; times = 100 }
        $job = Invoke-Job -Runbook 'Invoke-SubscriptionPrune' -With '-KeepLast 1 -MaxFailure 100'
        $job.Failure.Message | Should -BeLike "Not all went well: $($job.Errors.Count) errors.*"
        $job.Errors.FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $standing = Get-StandingCount
        $standing | Should -BeLessThan $before
        $undone = Invoke-Job -Runbook 'Undo-SubscriptionPrune'
        $undone.Failure | Should -BeNullOrEmpty
        (Get-Tally -Output $undone.Output).Activated | Should -Be ($before - $standing)
    }

    It 'tell of a journal that they cannot keep, with what only it would have told' {
        $null = New-Item -Path "$blobs/leased"
        $job = Invoke-Job -Runbook 'Invoke-SubscriptionPrune' -With '-KeepLast 3'
        $job.Failure.Message | Should -BeLike 'The journal was not kept*lease on the blob*'
        $job.Errors | Should -HaveCount 1
        $standing = Get-StandingCount
        $standing | Should -BeLessThan $before
        @($job.Output | Where-Object -Property Outcome -EQ 'Deactivated') | Should -HaveCount ($before - $standing)
    }

    It 'do not hide what has ended them behind a journal that they cannot keep: <Runbook>' -ForEach @(
        @{ Runbook = 'Invoke-SubscriptionPrune' }
        @{ Runbook = 'Undo-SubscriptionPrune' }
    ) {
        $null = New-Item -Path "$blobs/leased"
        Set-Content -LiteralPath "$blobs/ops-prune-prune.jsonl" -Value '{ "format": "of something else" }'
        $job = Invoke-Job -Runbook $Runbook
        $job.Failure.ErrorRecord.FullyQualifiedErrorId | Should -BeLike 'InvalidJournal,*'
        "$($job.Errors)" | Should -BeLike '*The journal was not kept*lease on the blob*'
        Get-StandingCount | Should -Be $before
    }

    It 'keep the plan that is there where nothing could be planned' {
        $null = Invoke-Job -Runbook 'Save-PrunePlan'
        $text = Get-Content -LiteralPath "$blobs/ops-prune-plan.json" -Raw
        Add-ServerFault -Fault @{ kind = 'Status'; status = 403; method = 'GET'; path = '*/containerApps*'; times = 1000 }
        $job = Invoke-Job -Runbook 'Save-PrunePlan'
        $job.Failure | Should -Not -BeNullOrEmpty
        Get-Content -LiteralPath "$blobs/ops-prune-plan.json" -Raw | Should -BeExactly $text
    }
}
