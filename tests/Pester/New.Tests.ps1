#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    $image = 'contososhop.azurecr.io/shop:5.8.0'

    # What the service shows of an app, and of one of its revisions.
    function Get-Raw {
        param ([string] $Below)
        return (Send-SandboxRequest -Sandbox $sandbox -Path (Get-SandboxPath -Sandbox $sandbox -Below $Below)).properties
    }

    # What another tool does: a patch past the module, waited for.
    function Send-Patch {
        param ([string] $Name, [string] $Body)
        $invoker = [System.Net.Http.HttpMessageInvoker]::new($sandbox, $false)
        $uri = "https://sandbox.example$(Get-SandboxPath -Sandbox $sandbox -Below $Name)?api-version=2026-01-01"
        $request = [System.Net.Http.HttpRequestMessage]::new('PATCH', $uri)
        $request.Headers.Authorization = [System.Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', 'other')
        $request.Content = [System.Net.Http.StringContent]::new($Body, [System.Text.Encoding]::UTF8, 'application/json')
        [int]$invoker.SendAsync($request, [System.Threading.CancellationToken]::None).GetAwaiter().GetResult().StatusCode | Should -Be 202
        $sandbox.Clock.Advance('00:02:00')
    }

    function Get-Count {
        param ([string] $Name)
        return @(Get-AcaRevision -ContainerAppName $Name).Count
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'New-AcaRevision' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'says that a new consumer of events works at once, and that nothing is to be pinned without ingress' {
        $null = New-AcaRevision orders-worker -MaxReplica 3 -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*consumes events as soon as it is up*azure-servicebus:orders*'
        { New-AcaRevision orders-worker -MaxReplica 3 -PinTraffic -ErrorAction Stop } | Should -Throw -ErrorId 'IngressRequired,*'
        $sandbox.WriteCount | Should -Be 0
    }

    It 'warns where the newest that is ready is not what serves, unless a revision was named' {
        $null = New-AcaRevision web-checkout -From v2-14 -Suffix first -Wait -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        $null = New-AcaRevision web-checkout -MaxReplica 3 -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Be "The new revision is made from 'web-checkout--first', the newest that is ready, which gets no traffic; 'web-checkout--v2-14' gets 90 %. -From names another."
    }

    It 'makes a revision with one patch and emits it' {
        $revision = New-AcaRevision -ContainerAppName web-shop -Image $image -WarningAction Stop -ErrorAction Stop
        $revision | Should -BeOfType ([RevisionTools.Revision])
        $revision.Name | Should -Be 'web-shop--0000031'
        $revision.Images | Should -Be $image
        $revision.Stage | Should -Be 'Provisioning'
        (Get-SandboxWrite -Sandbox $sandbox).Method | Should -Be 'PATCH'
        (Get-AcaApp -Name web-shop).Traffic.RevisionName | Should -Be 'web-shop--0000030'
    }

    It 'waits with -Wait until it is ready' {
        (New-AcaRevision -ContainerAppName web-shop -Image $image -Suffix v58 -Wait).Stage | Should -Be 'Ready'
    }

    It 'gives a wait up after -TimeoutSec, and emits what is there' {
        $revision = New-AcaRevision -ContainerAppName web-shop -Image 'contososhop.azurecr.io/shop:5-stuck' -Suffix stuck -Wait -TimeoutSec 20 `
            -ErrorVariable failures -ErrorAction SilentlyContinue
        $revision.Name | Should -Be 'web-shop--stuck'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionWaitTimeout,*'
    }

    It 'emits a revision that has failed as it was seen last' {
        $revision = New-AcaRevision -ContainerAppName web-shop -Image 'contososhop.azurecr.io/shop:5-missing' -Suffix bad -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $revision.Stage | Should -Be 'Failed'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionFailed,*'
    }

    It 'makes an older revision of an app from the pipeline anew' {
        (Get-AcaApp -Name web-shop | New-AcaRevision -From '0000028' -Suffix again -ErrorAction Stop).Name | Should -Be 'web-shop--again'
        Compare-AcaRevision -ReferenceRevision web-shop--0000028 -DifferenceRevision web-shop--again | Should -BeNullOrEmpty
    }

    It 'refuses -From with the resource id of a revision, which names the source' {
        $id = (Get-AcaRevision -ContainerAppName web-shop -Name 0000029).ResourceId
        New-AcaRevision -ResourceId $id -From '0000028' -Suffix again -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidTemplateChange,*'
        $failures[0].Exception.Message | Should -BeLike "*'web-shop--0000029'*-From names '0000028'*"
        $sandbox.WriteCount | Should -Be 0
    }

    It 'writes <Type> as <Expected>, whatever the culture' -ForEach @(
        @{ Type = 'a number'; Value = 0.1; Expected = '0.1' }
        @{ Type = 'a large number'; Value = 1234567.891; Expected = '1234567.891' }
        @{ Type = 'a date'; Value = [datetime]::new(2026, 1, 15, 9, 30, 0, [System.DateTimeKind]::Utc); Expected = '2026-01-15T09:30:00.0000000Z' }
        @{ Type = 'a boolean'; Value = $true; Expected = 'true' }
        @{ Type = 'an address'; Value = [uri]'https://example.org/a b'; Expected = 'https://example.org/a b' }
    ) {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $revision = New-AcaRevision -ContainerAppName web-shop -EnvironmentVariable @{ VALUE = $Value } -ErrorAction Stop
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }

        $template = (Get-AcaRevision -ContainerAppName web-shop -Name $revision.Name -IncludeValue).Template
        ($template.containers[0].env | Where-Object -FilterScript { $_.name -eq 'VALUE' }).value | Should -Be $Expected
    }

    It 'refuses <Type> as the value of a variable, and does not write its type' -ForEach @(
        @{ Type = 'an array'; Value = @(1, 2) }
        @{ Type = 'a hashtable'; Value = @{ a = 1 } }
        @{ Type = 'an object'; Value = [pscustomobject]@{ a = 1 } }
        @{ Type = 'a secure string'; Value = [securestring]::new() }
    ) {
        New-AcaRevision -ContainerAppName web-shop -EnvironmentVariable @{ LIST = $Value } -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidTemplateChange,*'
        $failures[0].Exception.Message | Should -BeLike "*'LIST' is *no text*"
        $sandbox.WriteCount | Should -Be 0
    }

    It 'sets what was asked for, and nothing else' {
        $change = @{
            EnvironmentVariable       = @{ QUEUE_NAME = 'late'; COUNT = 3; STORE = 'secretref:storage-key' }
            RemoveEnvironmentVariable = 'SERVICEBUS_CONNECTION'
            Cpu                       = 1
            Memory                    = '2Gi'
            MinReplica                = 1
            MaxReplica                = 4
        }
        $revision = New-AcaRevision -ContainerAppName orders-worker -From 0000002 @change -ErrorAction Stop -WarningAction SilentlyContinue
        $differences = Compare-AcaRevision -ReferenceRevision orders-worker--0000002 -DifferenceRevision $revision -IncludeValue
        $differences.Message | Sort-Object | Should -Be @(
            'containers[orders-worker].env[COUNT]: added, 3'
            'containers[orders-worker].env[QUEUE_NAME]: orders -> late'
            'containers[orders-worker].env[SERVICEBUS_CONNECTION]: removed, was secretref:servicebus-connection'
            'containers[orders-worker].env[STORE]: added, secretref:storage-key'
            'containers[orders-worker].resources.cpu: 0.5 -> 1'
            'containers[orders-worker].resources.memory: 1Gi -> 2Gi'
            'scale.maxReplicas: 8 -> 4'
            'scale.minReplicas: 0 -> 1'
        )
        $revision.EventConsumers.Source | Should -Be 'orders'
    }

    It 'takes a table of images, and one for -ContainerName' {
        Send-Patch -Name web-shop -Body '{ "properties": { "template": { "containers": [
            { "name": "web-shop", "image": "a/shop:1" }, { "name": "side", "image": "a/side:1" } ] } } }'
        (New-AcaRevision -ContainerAppName web-shop -Image @{ side = 'a/side:2'; 'web-shop' = 'a/shop:2' } -Wait).Images | Should -Be 'a/shop:2', 'a/side:2'
        (New-AcaRevision -ContainerAppName web-shop -Image 'a/side:3' -ContainerName side).Images | Should -Be 'a/shop:2', 'a/side:3'
        New-AcaRevision -ContainerAppName web-shop -Image 'a/any:3' -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].Exception.Message | Should -BeLike '*several containers*-ContainerName*'
    }

    It 'makes the suffix of a commit or a build id' {
        (New-AcaRevision -ContainerAppName web-shop -Image $image -SuffixFrom 'Build_20260115.3').Name | Should -Be 'web-shop--build-20260115-3'
    }

    It 'succeeds when a pipeline is run again, and makes nothing twice' {
        $deploy = @{ ContainerAppName = 'web-shop'; Image = $image; SuffixFrom = '8c1d02f'; ReuseIfSame = $true; Label = 'test'; Wait = $true }
        $first = New-AcaRevision @deploy
        $writes = $sandbox.WriteCount
        $second = New-AcaRevision @deploy -Confirm:$false -ErrorAction Stop -WarningAction Stop
        $second.Name | Should -Be $first.Name
        $second.Labels | Should -Be 'test'
        $sandbox.WriteCount | Should -Be $writes
        Get-Count -Name web-shop | Should -Be 32
    }

    It 'says that a revision that is reused is inactive, and leaves it so' {
        New-AcaRevision -ContainerAppName web-shop -Image $image -Suffix v58 -Wait | Set-AcaRevisionState -State Inactive -Wait
        $again = New-AcaRevision -ContainerAppName web-shop -Image $image -Suffix v58 -From v58 -ReuseIfSame -WarningVariable warnings -WarningAction SilentlyContinue
        $again.Stage | Should -Be 'Inactive'
        $warnings[0].Message | Should -BeLike '*Set-AcaRevisionState Active*'
    }

    It 'refuses <Why> as <Id>, before anything is sent' -ForEach @(
        @{ Why = 'a suffix that Azure would refuse'; Id = 'InvalidRevisionSuffix'; Text = "*lower-case*'my-suffix' would do*"; Parameters = @{ Suffix = 'My_Suffix' } }
        @{ Why = 'a suffix that is in use'; Id = 'RevisionSuffixInUse'; Text = '*p7c3m1q*'; Parameters = @{ Suffix = 'p7c3m1q' } }
        @{ Why = 'to reuse what is another'; Id = 'RevisionSuffixInUse'; Text = '*another*image*'; Parameters = @{ Suffix = 'p7c3m1q'; ReuseIfSame = $true } }
        @{ Why = 'a secret that is not there'; Id = 'InvalidTemplateChange'; Text = "*secret 'nope'*"; Parameters = @{ EnvironmentVariable = @{ A = 'secretref:nope' } } }
        @{ Why = 'a container that is not there'; Id = 'InvalidTemplateChange'; Text = "*'nope'*'web-shop'*"; Parameters = @{ ContainerName = 'nope' } }
        @{ Why = 'sizes that cannot be'; Id = 'InvalidTemplateChange'; Text = '*size of memory*'; Parameters = @{ Memory = '2GB' } }
        @{ Why = 'limits that cannot be'; Id = 'InvalidTemplateChange'; Text = '*at least 11 and at most 10*'; Parameters = @{ MinReplica = 11 } }
        @{ Why = 'a source that is not there'; Id = 'RevisionNotFound'; Text = '*web-shop--nope*'; Parameters = @{ From = 'nope' } }
        @{ Why = 'a label that Azure would refuse'; Id = 'InvalidLabel'; Text = '*My Label*'; Parameters = @{ Label = 'My Label' } }
    ) {
        New-AcaRevision -ContainerAppName web-shop -Image $image @Parameters -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be "$Id,RevisionTools.Cmdlets.NewAcaRevisionCommand"
        $failures[0].Exception.Message | Should -BeLike $Text
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $sandbox.WriteCount | Should -Be 0
    }

    It 'refuses an unchanged template, of which Azure makes nothing' {
        New-AcaRevision -ContainerAppName web-shop -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidTemplateChange,*'
        $sandbox.WriteCount | Should -Be 0
        (New-AcaRevision -ContainerAppName web-shop -Suffix same).Name | Should -Be 'web-shop--same'
    }

    It 'refuses one of several, and makes the others' {
        $made = Get-AcaRevision -ContainerAppName web-shop, reports, web-landing -Latest | New-AcaRevision -MaxReplica 3 -Label test -ErrorVariable failures -ErrorAction SilentlyContinue
        $made.Name | Should -Be 'web-shop--0000031'
        $failures.FullyQualifiedErrorId | ForEach-Object -Process { ($_ -split ',')[0] } | Sort-Object | Should -Be 'IngressRequired', 'MultipleModeRequired'
    }

    It 'copies the revision that was named, where the platform''s own copy takes the latest' {
        # What revision copy comes to: the template is merged, so what the named one lacks stays as the latest has it.
        Send-Patch -Name web-checkout -Body '{ "properties": { "template": { "revisionSuffix": "v2-16", "scale": { "minReplicas": 4, "cooldownPeriod": 60 } } } }'
        Send-Patch -Name web-checkout -Body '{ "properties": { "template": { "revisionSuffix": "copied", "containers": [ { "name": "web-checkout", "image": "contososhop.azurecr.io/checkout:2.12.3" } ] } } }'
        Compare-AcaRevision -ReferenceRevision web-checkout--v2-12 -DifferenceRevision web-checkout--copied | Should -Not -BeNullOrEmpty

        New-AcaRevision -ContainerAppName web-checkout -From v2-12 -Suffix again -ErrorAction Stop
        Compare-AcaRevision -ReferenceRevision web-checkout--v2-12 -DifferenceRevision web-checkout--again | Should -BeNullOrEmpty
    }
}

Describe 'Completion for New-AcaRevision' {
    BeforeAll {
        $null = Connect-FreshSandbox
    }

    It 'completes <Parameter>' -ForEach @(
        @{ Parameter = 'From'; Expected = 'orders-worker--0000001' }
        @{ Parameter = 'ContainerName'; Expected = 'orders-worker' }
        @{ Parameter = 'RemoveEnvironmentVariable'; Expected = 'QUEUE_NAME' }
    ) {
        $line = "New-AcaRevision -ContainerAppName orders-worker -$Parameter "
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Contain $Expected
    }
}

Describe 'New-AcaRevision and traffic' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'warns where the newest revision takes the traffic over, which nobody has ordered' {
        New-AcaRevision -ContainerAppName api-catalog -Image 'contososhop.azurecr.io/catalog:next' -Wait -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings[0].Message | Should -BeLike "*takes over 100 %*-PinTraffic names 'api-catalog--0000106'*"
        (Get-AcaRevision -ContainerAppName api-catalog -Name 0000106).EffectiveWeight | Should -Be 0
    }

    It 'gives no two revisions of an app one suffix or label, and makes neither: <_>' -ForEach '-Suffix same', '-SuffixFrom same', '-Label same' {
        $failures = $null
        $script = "`$bases | New-AcaRevision -MaxReplica 7 $_ -ErrorVariable failures -ErrorAction SilentlyContinue; `$failures"
        $bases = @(Get-AcaRevision web-checkout v2-10, v2-11) + @(Get-AcaRevision web-shop p7c3m1q)
        $failures = . ([scriptblock]::Create($script)) | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidTemplateChange,*'
        $failures[0].Exception.Message | Should -BeLike "*one revision of 'web-checkout'*web-checkout--v2-10, web-checkout--v2-11*"
        (Get-SandboxWrite -Sandbox $sandbox).PathAndQuery | Should -BeLike '*/web-shop`?*'
    }

    It 'names what gets the traffic first with -PinTraffic, in the same patch' {
        $revision = New-AcaRevision -ContainerAppName api-catalog -Image 'contososhop.azurecr.io/catalog:next' -PinTraffic -Wait -WarningAction Stop
        $revision.EffectiveWeight | Should -Be 0
        @(Get-SandboxWrite -Sandbox $sandbox).Count | Should -Be 1
        (Get-AcaRevision -ContainerAppName api-catalog -Name 0000106).EffectiveWeight | Should -Be 100
        (Get-Raw -Below api-catalog).configuration.ingress.traffic.revisionName | Should -Be 'api-catalog--0000106'
    }

    It 'pins the traffic also for a revision that is there already' {
        $deploy = @{ ContainerAppName = 'api-catalog'; Image = 'contososhop.azurecr.io/catalog:next-stuck'; Suffix = 'next' }
        $null = New-AcaRevision @deploy -WarningAction SilentlyContinue
        (New-AcaRevision @deploy -ReuseIfSame -PinTraffic -WarningAction Stop -ErrorAction Stop).EffectiveWeight | Should -Be 0
        (Get-Raw -Below api-catalog).configuration.ingress.traffic.revisionName | Should -Be 'api-catalog--0000106'
        $writes = $sandbox.WriteCount
        $null = New-AcaRevision @deploy -ReuseIfSame -PinTraffic -WarningAction Stop -ErrorAction Stop
        $sandbox.WriteCount | Should -Be $writes
    }

    It 'warns when the host of a label moves to what is not ready, and with -Wait moves it later' {
        $change = @{ ContainerAppName = 'web-checkout'; From = 'v2-15'; MaxReplica = 3; Label = 'previous'; Force = $true }
        $null = New-AcaRevision @change -Suffix v3-0 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings[0].Message | Should -BeLike "*'previous' moves from 'web-checkout--v2-12'*not ready yet*"
        (New-AcaRevision @change -Suffix v3-1 -Wait -WarningAction Stop).Labels | Should -Be 'previous'
    }

    It 'leaves a label where it is when the revision with -Wait fails' {
        $change = @{ ContainerAppName = 'web-checkout'; Image = 'contososhop.azurecr.io/checkout:3-missing'; Suffix = 'v3-0'; Label = 'stable'; Force = $true; Wait = $true }
        (New-AcaRevision @change -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction SilentlyContinue).Labels | Should -BeNullOrEmpty
        $warnings[0].Message | Should -BeLike "*'stable' stays on 'web-checkout--v2-14'*"
        (Get-AcaRevision -ContainerAppName web-checkout -Name v2-14).Labels | Should -Be 'stable'
    }

    It 'keeps every label, and puts its own on without a weight' {
        $revision = New-AcaRevision -ContainerAppName web-checkout -From v2-15 -Image 'contososhop.azurecr.io/checkout:3.0.0' -Suffix v3-0 -Label next -WarningAction Stop
        $revision.Labels | Should -Be 'next'
        (Get-AcaApp -Name web-checkout).Traffic | ForEach-Object -Process { "$_" } | Should -Be @(
            'web-checkout--v2-14=90 (stable)', 'web-checkout--v2-15=10 (canary)', 'web-checkout--v2-12=0 (previous)', 'web-checkout--v3-0=0 (next)')
    }

    It 'moves a label of another revision with -Force only' {
        $change = @{ ContainerAppName = 'web-checkout'; MaxReplica = 3; Suffix = 'v3-0'; Label = 'previous' }
        New-AcaRevision @change -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'DuplicateLabel,*'
        $sandbox.WriteCount | Should -Be 0
        (New-AcaRevision @change -Force -WarningAction SilentlyContinue).Labels | Should -Be 'previous'
        (Get-AcaRevision -ContainerAppName web-checkout -Name v2-12).Labels | Should -BeNullOrEmpty
    }
}

Describe 'New-AcaRevision when things go wrong' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'makes one revision when the answer is lost: <_>' -ForEach 'ConnectionResetAfterWrite', 'TimeoutAfterWrite' {
        $sandbox.Inject($_, 'PATCH', $null)
        (New-AcaRevision -ContainerAppName web-shop -Image $image -ErrorAction Stop).Name | Should -Be 'web-shop--0000031'
        Get-Count -Name web-shop | Should -Be 32
        $sandbox.WriteCount | Should -Be 1
    }

    It 'says with -TimeoutSec which operation was in the way' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{
            Kind = 'Status'; Status = 409; Method = 'PATCH'; Times = 1000; ErrorCode = 'ContainerAppOperationInProgress'
            ErrorMessage = "Cannot modify a container app 'web-shop' because there is an active provisioning operation in progress. OperationId: 'op-7'"
        }
        New-AcaRevision -ContainerAppName web-shop -Image $image -TimeoutSec 30 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RevisionConflict,*'
        $failures[0].Exception.OperationId | Should -Be 'op-7'
        Get-Count -Name web-shop | Should -Be 31
    }

    It 'waits for somebody else''s operation' {
        Add-SandboxFault -Sandbox $sandbox -Fault @{ Kind = 'Status'; Status = 409; Method = 'PATCH'; Times = 4; ErrorCode = 'ContainerAppOperationInProgress' }
        (New-AcaRevision -ContainerAppName web-shop -Image $image -ErrorAction Stop).Name | Should -Be 'web-shop--0000031'
    }
}

Describe 'Rehearsing a new revision' {
    BeforeEach {
        $session = Open-TestSession
    }

    AfterEach {
        Close-TestSession -Session $session
    }

    It 'shows the differences in the words of Compare-AcaRevision, and no value' {
        $null = Invoke-TestCommand -Session $session -Script "New-AcaRevision web-checkout -From v2-12 -EnvironmentVariable @{ KEY = 'topsecret' } -Label test -WhatIf"
        $screen = @($session.Host.Screen) -join "`n"
        $screen | Should -BeLike '*containers`[web-checkout`].image: contososhop.azurecr.io/checkout:2.15.0 -> contososhop.azurecr.io/checkout:2.12.3*'
        $screen | Should -BeLike '*containers`[web-checkout`].env`[KEY`]: added, (hidden)*'
        $screen | Should -BeLike '*Traffic: stays `[web-checkout--v2-14=90 (stable)*'
        $screen | Should -BeLike "*Label: 'test'.*"
        $screen | Should -Not -BeLike '*topsecret*'
    }

    It 'says what becomes of the traffic: <App> <Parameters>' -ForEach @(
        @{ App = 'web-landing'; Parameters = ''; Text = "*Single mode: the platform switches to it*takes 'web-landing--0000006' down*" }
        @{ App = 'web-search'; Parameters = ''; Text = '*Traffic: `[latest=100`] follows the newest*' }
        @{ App = 'web-search'; Parameters = '-PinTraffic'; Text = '*Traffic: `[latest=100`] -> `[web-search--0000003=100`].*' }
        @{ App = 'orders-worker'; Parameters = ''; Text = '*no ingress*events*' }
    ) {
        $null = Invoke-TestCommand -Session $session -Script "New-AcaRevision $App -MaxReplica 7 $Parameters -WhatIf"
        @($session.Host.Screen) -join "`n" | Should -BeLike $Text
        $session.Sandbox.WriteCount | Should -Be 0
    }
}
