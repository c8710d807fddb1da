#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    # The rows of the table below the heading, as cells; a bar inside a command is written \|.
    $readme = Get-Content -Path "$PSScriptRoot/../../README.md" -Raw
    $section = [regex]::Match($readme, '(?ms)^## From az and Az\.App\r?$(.*?)(?=^## |\z)').Groups[1].Value
    $lines = $section -split '\r?\n' -match '^\|'
    $rows = foreach ($line in $lines | Select-Object -Skip 2) {
        $cells = $line.Trim().Trim('|') -split '(?<!\\)\|'
        @{
            Line = $line
            Width = $cells.Count
            Theirs = @([regex]::Matches($cells[0], '`([^`]+)`').ForEach({ $_.Groups[1].Value }))
            HasNone = $cells[0].Trim() -match '^none \(.+\)$'
            Ours = @([regex]::Matches("$($cells[1])", '`([^`]+)`').ForEach({ $_.Groups[1].Value.Replace('\|', '|') }))
        }
    }

    # What Azure CLI and its extension, and Az.App, have about revisions, their traffic, labels, replicas and functions.
    $theirs = @(
        'az containerapp revision list'
        'az containerapp revision show'
        'az containerapp revision activate'
        'az containerapp revision deactivate'
        'az containerapp revision restart'
        'az containerapp revision copy'
        'az containerapp revision set-mode'
        'az containerapp revision label add'
        'az containerapp revision label remove'
        'az containerapp revision label swap'
        'az containerapp label-history list'
        'az containerapp label-history show'
        'az containerapp ingress traffic set'
        'az containerapp ingress traffic show'
        'az containerapp replica list'
        'az containerapp replica show'
        'az containerapp replica count'
        'az containerapp function list'
        'az containerapp function show'
        'az containerapp update --max-inactive-revisions'
        'Get-AzContainerAppRevision'
        'Enable-AzContainerAppRevision'
        'Disable-AzContainerAppRevision'
        'Restart-AzContainerAppRevision'
        'Get-AzContainerAppRevisionReplica'
        'Get-AzContainerAppDiagnosticRevision'
        'New-AzContainerAppTrafficWeightObject'
        'Update-AzContainerApp'
    ) | ForEach-Object -Process { @{ Command = $_; Known = @($rows.Theirs) } }

    # Connecting is no matter of revisions.
    $ours = (Get-Command -Module 'RevisionTools').Name | Where-Object -FilterScript { $_ -notmatch 'AcaAccount$|AcaContext$' } |
        ForEach-Object -Process { @{ Command = $_; Known = @($rows.Ours) } }
    $found = @{ Heading = ($lines | Select-Object -First 1); Count = @($rows).Count }
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
}

Describe 'The README section "From az and Az.App"' -ForEach $found {
    It 'has a table with two columns' {
        $Heading -replace '\s+', ' ' | Should -Be '| az containerapp / Az.App | RevisionTools |'
        $Count | Should -BeGreaterThan 20
    }
}

Describe 'The table of the README' {
    It 'names what others have, or that they have nothing, and one command of ours: <Line>' -ForEach $rows {
        $Width | Should -Be 2
        ($Theirs.Count -gt 0) -xor $HasNone | Should -BeTrue
        $Ours | Should -HaveCount 1
    }

    It 'covers <Command>' -ForEach ($theirs + $ours) {
        $Known | Where-Object -FilterScript { $_ -match "(^|[^-\w])$([regex]::Escape($Command))($|[^-\w])" } | Should -Not -BeNullOrEmpty -Because "the README table 'From az and Az.App' needs a row for it"
    }

    It 'runs on a fresh sandbox: <Ours>' -ForEach $rows {
        $session = Open-TestSession
        try {
            $result = Invoke-TestCommand -Session $session -Script $Ours[0]
            $result.Failure | Should -BeNullOrEmpty
            $result.Errors | Should -BeNullOrEmpty
            @($result.Output).Count + $session.Sandbox.WriteCount | Should -BeGreaterThan 0
        }
        finally {
            Close-TestSession -Session $session
        }
    }
}
