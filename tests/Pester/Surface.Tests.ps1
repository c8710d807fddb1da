#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    Import-Module -Name (Join-Path -Path (Get-ModuleFolder) -ChildPath 'RevisionTools.psd1') -Force
    $commands = Get-Command -Module 'RevisionTools' | ForEach-Object -Process { @{ Command = $_; Name = $_.Name } }
}

Describe 'The module' {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
        $manifestPath = Join-Path -Path (Get-ModuleFolder) -ChildPath 'RevisionTools.psd1'
        $manifest = Import-PowerShellDataFile -Path $manifestPath
    }

    It 'exports exactly the expected commands' {
        $expected = @(
            'Compare-AcaRevision'
            'Connect-AcaAccount'
            'Disconnect-AcaAccount'
            'Export-AcaTraffic'
            'Get-AcaApp'
            'Get-AcaContext'
            'Get-AcaFunction'
            'Get-AcaLabelHistory'
            'Get-AcaReplica'
            'Get-AcaRevision'
            'Get-AcaTraffic'
            'Invoke-AcaRevisionPrune'
            'New-AcaRetentionPolicy'
            'New-AcaRevision'
            'Remove-AcaRevisionLabel'
            'Restart-AcaRevision'
            'Set-AcaRevisionLabel'
            'Set-AcaRevisionMode'
            'Set-AcaRevisionRetention'
            'Set-AcaRevisionState'
            'Set-AcaTraffic'
            'Switch-AcaRevisionLabel'
            'Test-AcaChangeScope'
            'Test-AcaRevision'
            'Undo-AcaRevisionPrune'
            'Wait-AcaRevision'
            'Watch-AcaRevision'
        )
        foreach ($found in @((Get-Command -Module 'RevisionTools').Name), @($manifest.CmdletsToExport)) {
            $difference = Compare-Object -ReferenceObject $expected -DifferenceObject $found | ForEach-Object -Process { "$($_.InputObject) $($_.SideIndicator)" }
            $difference | Should -BeNullOrEmpty -Because 'each name below is on one side only: <= the list here, => the module and CmdletsToExport of its manifest'
        }
    }

    It 'exports no function, alias or variable' {
        $loaded = Get-Module -Name 'RevisionTools'
        $loaded.ExportedFunctions.Count | Should -Be 0
        $loaded.ExportedAliases.Count | Should -Be 0
        $loaded.ExportedVariables.Count | Should -Be 0
    }

    It 'lets users name <_>' -ForEach @(
        'RevisionTools.Revision'
        'RevisionTools.ContainerApp'
        'RevisionTools.RevisionStage'
        'RevisionTools.PrunePlan'
        'RevisionTools.RevisionToolsException'
        'RevisionTools.RevisionFailedException'
        'RevisionTools.FailureCause'
    ) {
        $_ -as [type] | Should -Not -BeNullOrEmpty
    }
}

Describe '<Name>' -ForEach $commands {
    It 'has an approved verb and a singular noun with the prefix' {
        (Get-Verb -Verb $Command.Verb) | Should -Not -BeNullOrEmpty
        $Command.Noun | Should -MatchExactly '^Aca[A-Z][A-Za-z]*[^s]$'
    }

    It 'declares what it writes' {
        $Command.OutputType | Should -Not -BeNullOrEmpty
    }

    It 'supports ShouldProcess when it changes anything' {
        $changes = $Command.Verb -notin 'Get', 'Compare', 'Test', 'Export', 'Connect', 'Disconnect', 'Wait', 'Watch'
        $Command.Parameters.ContainsKey('WhatIf') | Should -Be $changes
        $Command.Parameters.ContainsKey('Confirm') | Should -Be $changes
    }

    It 'is run by a test of its behaviour' {
        $files = 'Look', 'Apps', 'Functions', 'New', 'Compare', 'Mode', 'State', 'Prune', 'Policy', 'Journal', 'Stop', 'Errors', 'Output', 'Wait', 'Restart', 'Traffic', 'Labels' | ForEach-Object -Process { "$_.Tests.ps1" }
        $files | Where-Object -FilterScript { (Get-Content -Path "$PSScriptRoot/$_" -Raw) -match "\b$($Command.Name)\b" } |
            Should -Not -BeNullOrEmpty -Because "one of these files has to run it, or a new one that the list in Surface.Tests.ps1 names: $files"
    }

    It 'has singular parameter names in Pascal case' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        $names = $Command.Parameters.Keys | Where-Object -FilterScript { $_ -notin $common }
        # A switch that begins with All is about all of them, as -AllVersions of other modules.
        # Azure Pipelines is the name of a product.
        $names | Where-Object -FilterScript { $_ -ne 'AzurePipelines' -and ($_ -cnotmatch '^[A-Z][A-Za-z]*$' -or $_ -cmatch '^(?!All[A-Z]).*[^s]s$') } | Should -BeNullOrEmpty
    }

    It 'shows no type of the Azure libraries' {
        $types = @($Command.Parameters.Values | ForEach-Object -Process { $_.ParameterType })
        foreach ($output in $Command.OutputType | Where-Object -Property Type) {
            $types += @($output.Type.GetProperties() | ForEach-Object -Process { $_.PropertyType })
        }

        $types | Where-Object -FilterScript { "$_" -match '\bAzure\.|Microsoft\.Identity' } | Should -BeNullOrEmpty
    }
}
