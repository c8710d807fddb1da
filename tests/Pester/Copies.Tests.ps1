#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Objects that have left their process, through a job or a file, are copies without methods and types. They go on naming what they are about.

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    $ways = @('a job', 'a file')

    # What takes a resource id from the pipeline, and what else it wants to know here.
    $consumers = @{
        'Export-AcaTraffic' = '-Format Json'
        'Get-AcaApp' = ''
        'Get-AcaFunction' = ''
        'Get-AcaLabelHistory' = ''
        'Get-AcaReplica' = ''
        'Get-AcaRevision' = ''
        'Get-AcaTraffic' = ''
        'Invoke-AcaRevisionPrune' = '-KeepLast 2 -PlanOnly'
        'New-AcaRevision' = '-MaxReplica 7 -Suffix next'
        'Remove-AcaRevisionLabel' = '-Label canary'
        'Restart-AcaRevision' = '-PassThru'
        'Set-AcaRevisionLabel' = '-Label fresh'
        'Set-AcaRevisionMode' = '-Mode Multiple'
        'Set-AcaRevisionRetention' = '-MaxInactive 80'
        'Set-AcaRevisionState' = '-State Inactive -PassThru'
        'Set-AcaTraffic' = '-To v2'
        'Switch-AcaRevisionLabel' = '-Label stable -With canary'
        'Test-AcaChangeScope' = '-Patch @{ template = @{ scale = @{ minReplicas = 2 } } }'
        'Test-AcaRevision' = ''
        'Wait-AcaRevision' = '-TimeoutSec 60'
        'Watch-AcaRevision' = '-TimeoutSec 5'
    }
    $cases = foreach ($way in $ways) {
        $consumers.Keys | Sort-Object | ForEach-Object -Process { @{ Way = $way; Command = $_; Extra = $consumers[$_] } }
    }
}

Describe 'A copy' {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
        Import-Module -Name (Get-ModuleManifestPath) -Force

        # What has a resource id, how it comes about, and whether the id is that of the app.
        $sources = [ordered]@{
            ContainerApp = @{ Make = 'Get-AcaApp shop'; IsApp = $true }
            ContainerAppFunction = @{ Make = 'Get-AcaFunction shop'; IsApp = $true }
            LabelHistoryRecord = @{ Make = 'Get-AcaLabelHistory shop'; IsApp = $true }
            TrafficTable = @{ Make = 'Get-AcaTraffic shop'; IsApp = $true }
            TrafficChange = @{ Make = 'Set-AcaTraffic shop -Weight @{ stable = 90; canary = 10 }'; IsApp = $true }
            RetentionChange = @{ Make = 'Set-AcaRevisionRetention shop -MaxInactive 90'; IsApp = $true }
            PrunePlan = @{ Make = 'Invoke-AcaRevisionPrune shop -KeepLast 2 -PlanOnly'; IsApp = $true }
            Revision = @{ Make = 'Get-AcaRevision shop v1' }
            Replica = @{ Make = 'Get-AcaReplica shop v1' }
            RevisionReadiness = @{ Make = 'Test-AcaRevision shop v1' }
            RevisionTransition = @{ Make = 'Watch-AcaRevision shop v1 -Until Ready' }
            PrunePlanEntry = @{ Make = '(Invoke-AcaRevisionPrune shop -KeepLast 2 -PlanOnly).Entries | Where-Object Name -EQ shop--v1' }
            PruneResult = @{ Make = 'Invoke-AcaRevisionPrune shop -KeepLast 2 -Confirm:$false' }
            PruneUndoResult = @{ Make = '$file = New-TemporaryFile; $null = Invoke-AcaRevisionPrune shop -KeepLast 2 -JournalPath $file -Confirm:$false; Undo-AcaRevisionPrune $file' }
        }

        # An app of which every command has something to say.
        $template = @{ containers = @(@{ name = 'shop'; image = 'contososhop.azurecr.io/shop:1' }); scale = @{ minReplicas = 1 } }
        $app = @{
            resourceGroup = 'rg'
            name = 'shop'
            kind = 'functionapp'
            configuration = @{
                activeRevisionsMode = 'Multiple'
                ingress = @{
                    external = $true
                    targetPort = 80
                    traffic = @(@{ revisionName = 'shop--v3'; weight = 100; label = 'stable' }, @{ revisionName = 'shop--v2'; weight = 0; label = 'canary' })
                }
            }
            template = $template
            revisions = @(1..3 | ForEach-Object -Process { @{ suffix = "v$_"; createdTime = "-P$(10 - $_)D"; active = $true; template = $template } })
            functions = @(@{ name = 'Order'; triggerType = 'httpTrigger' })
        }
        $scenario = Join-Path -Path $TestDrive -ChildPath 'shop.json'
        @{ throttling = $false; apps = @($app) } | ConvertTo-Json -Depth 20 | Set-Content -Path $scenario

        # One of each, on a sandbox of its own each, by name of its type.
        $make = {
            param ($module, $scenario, $sources)
            $WarningPreference = 'SilentlyContinue'
            Import-Module -Name $module
            foreach ($name in $sources.Keys) {
                $null = Connect-AcaAccount -Sandbox -Scenario $scenario
                & ([scriptblock]::Create($sources[$name].Make)) | Select-Object -First 1
            }
        }
        $file = Join-Path -Path $TestDrive -ChildPath 'objects.xml'
        & $make (Get-ModuleManifestPath) $scenario $sources | Export-Clixml -Path $file
        $job = @{ ScriptBlock = $make; ArgumentList = (Get-ModuleManifestPath), $scenario, $sources }
        $copies = @{
            'a job' = @(Start-Job @job | Receive-Job -Wait)
            'a file' = @(Import-Clixml -Path $file)
        }
        $onlyRevisions = 'Restart-AcaRevision', 'Set-AcaRevisionLabel', 'Set-AcaRevisionState', 'Wait-AcaRevision'
    }

    AfterAll {
        Disconnect-AcaAccount
    }

    It 'is tried here of every type that has a resource id' {
        $types = [RevisionTools.Revision].Assembly.GetExportedTypes() |
            Where-Object -FilterScript { $_.GetProperty('ResourceId') -and -not $_.IsSubclassOf([System.Exception]) -and -not $_.IsAbstract }
        $types.Name | Sort-Object | Should -Be ($sources.Keys | Sort-Object)
        $outputs = (Get-Command -Module RevisionTools).OutputType.Type | Where-Object -FilterScript { $_ -and $_.GetProperty('ResourceId') }
        $outputs.Name | Should -BeIn $sources.Keys
    }

    It 'is tried here on every command that takes a resource id' -ForEach @{ Known = $consumers.Keys } {
        (Get-Command -Module RevisionTools | Where-Object -FilterScript { $_.Parameters.ContainsKey('ResourceId') }).Name | Sort-Object | Should -Be ($Known | Sort-Object)
    }

    It 'really is one, with the id: out of <_>' -ForEach $ways {
        $copies[$_] | ForEach-Object -Process { $_.pstypenames[0] } | Should -Be ($sources.Keys | ForEach-Object -Process { "Deserialized.RevisionTools.$_" })
        $copies[$_].ResourceId | Should -BeLike '/subscriptions/*/resourceGroups/rg/providers/Microsoft.App/containerApps/shop*'
    }

    It 'out of <Way> is taken by <Command>, of whatever type' -ForEach $cases {
        $ConfirmPreference = 'None'
        $ErrorActionPreference = 'Stop'
        $WarningPreference = 'SilentlyContinue'
        $ends = [ordered]@{}
        $expected = [ordered]@{}
        foreach ($copy in $copies[$Way]) {
            $type = $copy.pstypenames[0] -replace '^.*\.'
            $expected[$type] = switch ($Command) {
                { $_ -in $onlyRevisions -and $sources[$type]['IsApp'] } { 'InvalidResourceId' }
                # A plan is carried out as it is or not at all.
                { $_ -eq 'Invoke-AcaRevisionPrune' -and $type -eq 'PrunePlan' } { 'InvalidPrunePlan' }
                default { (Get-Command -Name $Command).OutputType.Name | Where-Object -FilterScript { $Command -ne 'Invoke-AcaRevisionPrune' -or $_ -like '*PrunePlan' } }
            }
            $null = Connect-AcaAccount -Sandbox -Scenario $scenario
            $ends[$type] = try {
                & ([scriptblock]::Create("`$args[0] | $Command $Extra")) $copy | ForEach-Object -Process { $_.GetType().FullName } | Select-Object -Unique
            }
            catch {
                $_.FullyQualifiedErrorId -replace ',.*'
            }
        }

        $ends | ConvertTo-Json | Should -Be ($expected | ConvertTo-Json)
    }
}
