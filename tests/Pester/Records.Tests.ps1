#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Azure Automation fails a job whose single stream record is larger than 1 MiB. What commands give by default, and what they say on the other
# streams, stays below that for the largest app that Azure allows, with templates as large as they come.

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    $calls = @{
        'Compare-AcaRevision' = 'Compare-AcaRevision big--v98 big--v99 -ContainerAppName big'
        'Connect-AcaAccount' = 'Connect-AcaAccount -Sandbox -Scenario $scenario'
        'Export-AcaTraffic' = 'Export-AcaTraffic big -Format Bicep'
        'Get-AcaApp' = 'Get-AcaApp -IncludeRevisionCount'
        'Get-AcaContext' = 'Get-AcaContext'
        'Get-AcaFunction' = 'Get-AcaFunction func'
        'Get-AcaLabelHistory' = 'Get-AcaLabelHistory big'
        'Get-AcaReplica' = 'Get-AcaReplica big'
        'Get-AcaRevision' = 'Get-AcaRevision big'
        'Get-AcaTraffic' = 'Get-AcaTraffic big'
        'Invoke-AcaRevisionPrune' = @(
            'Invoke-AcaRevisionPrune big -KeepLast 3 -KeepDaily 30 -KeepWeekly 52 -KeepName v* -MaxInactive 60 -PlanOnly'
            'Invoke-AcaRevisionPrune big -KeepLast 3 -MaxInactive 60 -Confirm:$false'
            'Invoke-AcaRevisionPrune big -KeepLast 3 -Simulate 3d'
        )
        'New-AcaRetentionPolicy' = 'New-AcaRetentionPolicy -KeepLast 3 -KeepName (1..100 | ForEach-Object { "hotfix-$_" })'
        'New-AcaRevision' = 'New-AcaRevision big -Suffix next -Wait'
        'Remove-AcaRevisionLabel' = 'Remove-AcaRevisionLabel big -Label l10'
        'Restart-AcaRevision' = 'Restart-AcaRevision big v99 -Wait -PassThru'
        'Set-AcaRevisionLabel' = 'Set-AcaRevisionLabel big v98 -Label more'
        'Set-AcaRevisionMode' = 'Set-AcaRevisionMode Multiple big'
        'Set-AcaRevisionRetention' = 'Set-AcaRevisionRetention big -MaxInactive 10 -Confirm:$false'
        'Set-AcaRevisionState' = 'Set-AcaRevisionState Inactive big v50 -Force -PassThru'
        'Set-AcaTraffic' = 'Set-AcaTraffic big -Weight @{ v98 = 50; v99 = 50 }'
        'Switch-AcaRevisionLabel' = 'Switch-AcaRevisionLabel big -Label l10 -With l20'
        'Test-AcaChangeScope' = 'Test-AcaChangeScope @{ template = @{ scale = @{ minReplicas = 2 } } } big'
        'Test-AcaRevision' = 'Test-AcaRevision big'
        'Undo-AcaRevisionPrune' = '$file = New-TemporaryFile; $null = Invoke-AcaRevisionPrune big -KeepLast 1 -MaxInactive 60 -JournalPath $file -Confirm:$false; Undo-AcaRevisionPrune $file'
        'Wait-AcaRevision' = 'Wait-AcaRevision big v99'
        'Watch-AcaRevision' = 'Watch-AcaRevision big v99 -Until Active'
    }
    $cases = foreach ($command in Get-Command -Module RevisionTools | Where-Object -FilterScript { $_.OutputType -and $_.Name -ne 'Disconnect-AcaAccount' }) {
        foreach ($call in $calls[$command.Name] ?? '') {
            @{ Name = $command.Name; Call = $call }
        }
    }
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    # A hundred revisions is what Azure keeps of an app; each has its own template here, of some 60 KB.
    $variables = 1..200 | ForEach-Object -Process { @{ name = "SETTING_$_"; value = 'x' * 250 } }
    $containers = 1..5 | ForEach-Object -Process {
        @{ name = "container-$_"; image = "registry-with-a-long-name.azurecr.io/team/product/service-$_`:1.0.0-preview.20260101.1"; env = @($_ -eq 1 ? $variables : $variables[0..9]) }
    }
    $revisions = 0..99 | ForEach-Object -Process {
        $release = @{ name = 'release'; image = "registry-with-a-long-name.azurecr.io/team/product/release:$_" }
        @{ suffix = "v$_"; createdTime = "-P$(100 - $_)DT1H"; active = $true; template = @{ containers = @($containers) + $release } }
    }
    $traffic = @(@{ revisionName = 'big--v99'; weight = 100 }) + (0..98 | ForEach-Object -Process { @{ revisionName = "big--v$_"; weight = 0; label = "l$_" } })
    $apps = @(
        @{
            resourceGroup = 'rg'
            name = 'big'
            configuration = @{ activeRevisionsMode = 'Multiple'; ingress = @{ external = $true; targetPort = 80; traffic = $traffic } }
            template = @{ containers = $containers }
            revisions = $revisions
        }
        @{
            resourceGroup = 'rg'
            name = 'func'
            kind = 'functionapp'
            configuration = @{ activeRevisionsMode = 'Single' }
            template = @{ containers = $containers }
            revisions = @($revisions[0])
            functions = @(1..50 | ForEach-Object -Process { @{ name = "Function$_"; triggerType = 'httpTrigger' } })
        }
    )
    $scenario = Join-Path -Path $TestDrive -ChildPath 'big.json'
    @{ throttling = $false; apps = $apps } | ConvertTo-Json -Depth 20 | Set-Content -Path $scenario

    # The largest record of a call, in bytes, in each form that a job may keep it in.
    function Get-LargestSize {
        param ([object[]] $Record)
        $sizes = $Record | ForEach-Object -Process {
            [pscustomobject]@{
                # Two bytes a character, in the depth that Export-Clixml and ConvertTo-Json take by themselves.
                Clixml = 2 * [System.Management.Automation.PSSerializer]::Serialize($_, 2).Length
                Json = 2 * (ConvertTo-Json -InputObject $_ -WarningAction SilentlyContinue).Length
                Text = 2 * ($_ | Out-String -Width 4096).Length
            }
        }
        return $sizes
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'A record of a stream' {
    BeforeAll {
        # What a call writes, with what it says beside that.
        function Invoke-Call {
            param ([string] $Call)
            return & ([scriptblock]::Create("`$VerbosePreference = `$ErrorActionPreference = 'Continue'; $Call")) *>&1
        }

        function Test-Size {
            param ([object[]] $Record)
            foreach ($stream in $Record | Group-Object -Property { $_.GetType().Name }) {
                $sizes = Get-LargestSize -Record $stream.Group
                foreach ($form in 'Clixml', 'Json', 'Text') {
                    ($sizes.$form | Measure-Object -Maximum).Maximum | Should -BeLessThan 1MB -Because "$form of $($stream.Name)"
                }
            }
        }
    }

    BeforeEach {
        $null = Connect-AcaAccount -Sandbox -Scenario $scenario
    }

    It 'is smaller than 1 MiB: <Name> as <Call>' -ForEach $cases {
        $Call | Should -Not -BeNullOrEmpty -Because "every command with output needs an entry in the table `$calls at the top of Records.Tests.ps1"
        $records = @(Invoke-Call -Call $Call)
        $records | Where-Object -FilterScript { $_ -is [System.Management.Automation.ErrorRecord] } | Should -BeNullOrEmpty
        $records | Where-Object -FilterScript { $_ -isnot [System.Management.Automation.InformationalRecord] } | Should -Not -BeNullOrEmpty
        Test-Size -Record $records
    }

    It 'is smaller than 1 MiB where it is an error: <_>' -ForEach @(
        'Get-AcaRevision big v100'
        'New-AcaRevision big -Suffix v99'
        'Set-AcaRevisionLabel big v98 -Label l10'
        'Set-AcaRevisionState Inactive big v99 -Confirm:$false'
        'Set-AcaTraffic big -Weight @{ v97 = 70; v98 = 50 }'
    ) {
        $records = @(Invoke-Call -Call $_)
        $records | Where-Object -FilterScript { $_ -is [System.Management.Automation.ErrorRecord] } | Should -HaveCount 1
        Test-Size -Record $records
    }

    It 'holds a template only where that is asked for' {
        $one = Get-AcaRevision big v50
        $whole = Get-AcaRevision big v50 -Detailed
        (Get-LargestSize -Record $one).Clixml | Should -BeLessThan 32KB
        (Get-LargestSize -Record $whole).Clixml | Should -BeGreaterThan 100KB
    }
}
