#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    # For each type that users see: where the sample fleet has some, and what one of them says.
    $types = @(
        @{ Type = 'AcaContext'; Script = { Get-AcaContext }; Key = 'SubscriptionId'; Values = @('Environment', 'SubscriptionId', 'TenantId', 'IsSandbox') }
        @{ Type = 'ContainerApp'; Script = { Get-AcaApp }; Key = 'Name'; Values = @('Name', 'ResourceGroupName', 'RevisionMode', 'LatestRevisionName', 'LatestReadyRevisionName', 'Fqdn', 'IngressEnabled', 'ResourceId') }
        @{ Type = 'TrafficEntry'; Script = { (Get-AcaApp -Name web-checkout).Traffic }; Key = 'RevisionName'; Values = @('RevisionName', 'Weight', 'Label', 'LatestRevision') }
        @{ Type = 'Revision'; Script = { Get-AcaRevision }; Key = 'Name'; Values = @('Name', 'ContainerAppName', 'ResourceGroupName', 'SubscriptionId', 'ResourceId', 'Active', 'StageReason', 'ConfiguredWeight', 'EffectiveWeight', 'Replicas', 'ProvisioningState', 'RunningState', 'HealthState', 'Fqdn', 'CreatedTime') }
        @{ Type = 'EventConsumer'; Script = { (Get-AcaRevision).EventConsumers }; Key = 'Name'; Values = @('Type', 'Name', 'Source') }
        @{ Type = 'EventSource'; Script = { (Invoke-AcaRevisionPrune * -KeepLast 1 -PlanOnly -WarningAction SilentlyContinue).EventSources }; Key = 'Source'; Values = @('Source') }
        @{ Type = 'DoubleConsumer'; Script = { (Invoke-AcaRevisionPrune * -KeepLast 1 -PlanOnly -WarningAction SilentlyContinue).DoubleConsumers }; Key = 'Source'; Values = @('Source') }
        @{ Type = 'Replica'; Script = { Get-AcaReplica -ContainerAppName web-* }; Key = 'Name'; Values = @('Name', 'RevisionName', 'ContainerAppName', 'RunningState', 'Ready', 'RestartCount', 'CreatedTime') }
        @{ Type = 'ReplicaContainer'; Script = { (Get-AcaReplica -ContainerAppName web-checkout).Containers }; Key = 'Name'; Values = @('Name', 'Ready', 'Started', 'RestartCount', 'RunningState') }
        @{ Type = 'PrunePlan'; Script = { Invoke-AcaRevisionPrune * -KeepLast 1 -KeepSinceCreated 12:00:00 -PlanOnly }; Key = 'ContainerAppName'; Values = @('ContainerAppName', 'ResourceGroupName', 'KeepCount', 'DeactivateCount', 'BlockedCount', 'InactiveCount', 'CreatedTime') }
        @{ Type = 'PruneSimulationDay'; Script = { Invoke-AcaRevisionPrune web-* -KeepLast 3 -Simulate 4d }; Key = 'Day'; Values = @('Day', 'Kept', 'Pruned', 'Blocked', 'Deployed', 'Purged') }
        @{ Type = 'RetentionPolicy'; Script = { (Invoke-AcaRevisionPrune web-shop -KeepLast 1 -KeepName v1, v2 -PlanOnly).Policy }; Key = 'KeepLast'; Values = @('KeepLast') }
        @{ Type = 'PrunePlanEntry'; Script = { (Invoke-AcaRevisionPrune * -KeepLast 1 -PlanOnly).Entries }; Key = 'Name'; Values = @('Name', 'ContainerAppName', 'PurgeExpected', 'ResourceId', 'CreatedTime') }
        @{ Type = 'PruneResult'; Script = { Invoke-AcaRevisionPrune * -KeepLast 1 -Confirm:$false }; Key = 'Name'; Values = @('Name', 'ContainerAppName', 'ResourceGroupName', 'Message', 'ResourceId') }
    )
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    $rendering = $PSStyle.OutputRendering
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Disconnect-AcaAccount
}

Describe '<Type> from the sample fleet' -ForEach $types {
    BeforeAll {
        $null = Connect-FreshSandbox
        $PSStyle.OutputRendering = 'PlainText'
        $objects = @(& $Script)
        $view = (Get-FormatData -TypeName "RevisionTools.$Type" -PowerShellVersion $PSVersionTable.PSVersion).FormatViewDefinition |
            Where-Object -FilterScript { $_.Control -is [System.Management.Automation.TableControl] }
    }

    It 'is what the command gives' {
        $objects.Count | Should -BeGreaterThan 0
        $objects | ForEach-Object -Process { $_.GetType().FullName } | Select-Object -Unique | Should -Be "RevisionTools.$Type"
    }

    It 'is a table of at most 120 columns, with every column and with the whole of what names it' {
        $view | Should -Not -BeNullOrEmpty
        $text = $objects | Out-String -Width 120
        $lines = $text -split '\r?\n'
        $lines | Where-Object -FilterScript { $_.TrimEnd().Length -gt 120 } | Should -BeNullOrEmpty
        $header = @($lines -match '^(\S+( \S+)*\s*)+$')[0]
        foreach ($label in $view.Control.Headers.Label | Where-Object -FilterScript { $_ }) {
            $lines | Where-Object -FilterScript { $_ -match "(^|\s)$([regex]::Escape($label))(\s|$)" } | Should -Not -BeNullOrEmpty -Because "the header is: $header"
        }

        foreach ($value in $objects.$Key | Where-Object -FilterScript { $_ }) {
            $text | Should -Match ([regex]::Escape("$value"))
        }
    }

    It 'has a list view that tells more than the table' {
        $text = $objects[0] | Format-List | Out-String -Width 500
        foreach ($name in $Values) {
            $text | Should -Match "(?m)^$name\s+:"
        }
    }

    It 'sends no escape sequence when it is not for a terminal' {
        $objects | Select-Object -First 20 | Out-String -Width 120 | Should -Not -Match '\x1b'
        $objects | Select-Object -First 20 | Format-List | Out-String | Should -Not -Match '\x1b'
    }

    It 'is sane JSON' {
        $object = $objects | Select-Object -Last 1
        $copy = $object | ConvertTo-Json -Depth 6 -WarningAction Stop | ConvertFrom-Json -DateKind Offset
        foreach ($name in $Values) {
            "$($copy.$name)" | Should -BeExactly "$($object.$name)" -Because $name
        }
    }

    It 'keeps its values on the way through CliXml' {
        $path = Join-Path -Path $TestDrive -ChildPath "$Type.xml"
        $objects | Export-Clixml -Path $path -Depth 3
        $copies = @(Import-Clixml -Path $path)
        $copies.Count | Should -Be $objects.Count
        $copies[-1].psobject.TypeNames | Should -Contain "Deserialized.RevisionTools.$Type"
        foreach ($name in $Values) {
            "$($copies[-1].$name)" | Should -BeExactly "$($objects[-1].$name)" -Because $name
        }
    }

    It 'has no list that PowerShell cannot index' {
        foreach ($object in $objects | Select-Object -First 40) {
            foreach ($property in $object.psobject.Properties) {
                if ($property.TypeNameOfValue -like 'System.Collections.Generic.IReadOnlyList*') {
                    $property.Value -is [array] | Should -BeTrue -Because $property.Name
                }
            }
        }
    }
}

Describe 'What tells things apart' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
        $PSStyle.OutputRendering = 'PlainText'
    }

    It 'groups revisions under their app' {
        $lines = (Get-AcaApp -Name web-s* | Get-AcaRevision | Out-String -Width 120) -split '\r?\n' | Where-Object -FilterScript { $_ -match 'ContainerApp: ' }
        $lines.Trim() | Should -Be @('ContainerApp: web-shop (rg-shop)', 'ContainerApp: web-search (rg-shop)')
    }

    It 'shows stage, weight and label of a revision in its row' {
        $text = Get-AcaRevision -ContainerAppName web-checkout -Name *--v2-14 | Out-String -Width 120
        $text | Should -Match 'web-checkout--v2-14\s+90\s+stable\s+\d{4}-\d\d-\d\d \d\d:\d\d Active, gets 90 % of the traffic'
    }

    It 'shows every reason of a plan, wrapped but whole' {
        $entry = (Invoke-AcaRevisionPrune web-checkout -KeepLast 1 -PlanOnly).Entries | Where-Object -Property Name -EQ 'web-checkout--v2-14'
        $words = ($entry | Out-String -Width 120) -replace '\s+', ''
        foreach ($reason in $entry.Reasons) {
            $words | Should -BeLike "*$([wildcardpattern]::Escape(($reason -replace '\s+', '')))*"
        }
    }

    It 'keeps the stage readable for ConvertTo-Json -EnumsAsStrings and Export-Csv' {
        $revision = Get-AcaRevision -ContainerAppName web-search -Latest
        ($revision | ConvertTo-Json -Depth 3 -EnumsAsStrings | ConvertFrom-Json).Stage | Should -Be 'Failed'
        ($revision | ConvertTo-Csv | ConvertFrom-Csv).Stage | Should -Be 'Failed'
    }
}

Describe 'Colour' {
    BeforeDiscovery {
        $hasTerminal = [bool](Get-Command -Name 'script' -CommandType Application -ErrorAction Ignore) -and $IsLinux
    }

    BeforeAll {
        # Runs a command in a PowerShell whose output is a terminal, which is what `script` makes.
        function Invoke-OnTerminal {
            param ([string] $Command)
            $text = "Import-Module -Name '$(Get-ModuleManifestPath)'; `$null = Connect-AcaAccount -Sandbox; $Command"
            $encoded = [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))
            $saved = @{ NO_COLOR = $env:NO_COLOR; TERM = $env:TERM }
            try {
                $env:NO_COLOR = $null
                $env:TERM = 'xterm-256color'
                return (script -qec "pwsh -NoProfile -NonInteractive -EncodedCommand $encoded" /dev/null) -join "`n"
            }
            finally {
                $env:NO_COLOR = $saved.NO_COLOR
                $env:TERM = $saved.TERM
            }
        }
    }

    It 'shows the stages on a terminal' -Skip:(-not $hasTerminal) {
        $text = Invoke-OnTerminal -Command 'Get-AcaRevision web-search'
        $text | Should -Match '\x1b\[31mFailed'
        $text | Should -Match '\x1b\[32mActive'
        $text | Should -Match '\x1b\[36mReady'
        $text | Should -Match '\x1b\[90mInactive'
    }

    It 'is left out on a terminal that asks for plain text' -Skip:(-not $hasTerminal) {
        $text = Invoke-OnTerminal -Command '$PSStyle.OutputRendering = "PlainText"; Get-AcaRevision web-search'
        $text | Should -Match 'web-search--0000004\s.*\sFailed,'
        $text | Should -Not -Match '\x1b\[\d+mFailed'
    }
}
