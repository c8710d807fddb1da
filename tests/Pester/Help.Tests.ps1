#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    $common = [System.Management.Automation.Cmdlet]::CommonParameters
    $pages = foreach ($command in Get-Command -Module 'RevisionTools') {
        @{
            Name = $command.Name
            Command = $command
            Page = Get-Help -Name $command.Name -Full
            Parameters = @($command.Parameters.Values | Where-Object -FilterScript { $_.Name -notin $common })
        }
    }
}

BeforeAll {
    # All the text of a piece of a help page.
    function Get-HelpText {
        param ([object] $Piece)
        return ($Piece | Out-String -Width 400).Trim()
    }
}

Describe 'The help file' {
    It 'is read without an error' {
        $path = Join-Path -Path (Get-Module -Name 'RevisionTools').ModuleBase -ChildPath 'en-US/RevisionTools.Cmdlets.dll-Help.xml'
        $file = [xml]::new()
        $file.Load($path)
        @($file.helpItems.command.details.name) | Should -Be @((Get-Command -Module 'RevisionTools').Name | Sort-Object)
        foreach ($name in $file.helpItems.command.details.name) {
            $null = Get-Help -Name $name -Full -ErrorVariable 'problems' -ErrorAction SilentlyContinue
            $problems | Should -BeNullOrEmpty
        }
    }
}

Describe 'The help page of <Name>' -ForEach $pages {
    It 'says what the command does, briefly and at length' {
        $Page.Synopsis | Should -Match '\w+ \w+'
        $Page.Synopsis | Should -Match '\.\s*$'
        $Page.Synopsis | Should -Not -Match ([regex]::Escape("$Name ["))
        ($Page.description.Text -join "`n") | Should -Match '\w+ \w+'
    }

    It 'shows the syntax of every parameter set' {
        @($Page.syntax.syntaxItem).Count | Should -Be $Command.ParameterSets.Count
    }

    It 'explains every parameter' {
        $shown = @($Page.parameters | Where-Object -FilterScript { $_.PSObject.Properties['parameter'] } | ForEach-Object -Process { $_.parameter })
        $explained = @($shown | Where-Object -FilterScript { ($_.description.Text -join '') -match '\w+' })
        @($explained | ForEach-Object -Process { $_.name } | Sort-Object) | Should -Be @($Parameters | ForEach-Object -Process { $_.Name } | Sort-Object)
        @($shown | Where-Object -FilterScript { $_.description[0].Text -notmatch '\.\s*$' } | ForEach-Object -Process { $_.name }) | Should -BeNullOrEmpty
    }

    It 'gives the default of every parameter that has one' {
        $fresh = [System.Activator]::CreateInstance($Command.ImplementingType)
        foreach ($parameter in $Parameters | Where-Object -Property Name -NotIn -Value 'WhatIf', 'Confirm') {
            $isAlwaysGiven = -not ($parameter.ParameterSets.Values | Where-Object -Property IsMandatory -EQ -Value $false)
            $value = $Command.ImplementingType.GetProperty($parameter.Name).GetValue($fresh)
            # A value type that stands at its zero has no default of its own.
            $isUnset = $null -eq $value -or "$value" -in '', '0', 'False', '00:00:00'
            if (-not $isAlwaysGiven -and -not $isUnset) {
                (Get-Help -Name $Name -Parameter $parameter.Name).defaultValue | Should -Be "$value" -Because "that is what -$($parameter.Name) is without a value"
            }
        }
    }

    It 'says what each parameter takes from the pipeline' {
        $taken = $Parameters | Where-Object -FilterScript { $_.ParameterSets.Values | Where-Object -FilterScript { $_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName } }
        $text = Get-HelpText -Piece $Page.inputTypes
        foreach ($parameter in $taken) {
            $text | Should -Match "oes to -$($parameter.Name)\b"
        }

        if (-not $taken) {
            $text | Should -Match '^None'
        }

        foreach ($taking in $Page.inputTypes.inputType) {
            $taking.type.name | Should -Match '^(None|(System|RevisionTools)\.[\w.]+)$'
        }
    }

    It 'says what comes out, and when' {
        $expected = @($Command.OutputType.Name | Where-Object -FilterScript { $_ -ne 'System.Void' } | Sort-Object)
        @($Page.returnValues.returnValue.type.name | Sort-Object) | Should -Be $(if ($expected) { $expected } else { 'None' })
        foreach ($output in $Page.returnValues.returnValue) {
            ($output.description.Text -join ' ') | Should -Match '\w+ \w+'
        }

        if ($Command.Parameters.ContainsKey('PassThru')) {
            Get-HelpText -Piece $Page.returnValues | Should -Match '-PassThru'
        }
    }

    It 'has examples with a command in them, typed at prompts' {
        @($Page.examples.example).Count | Should -BeGreaterThan 0
        foreach ($example in $Page.examples.example) {
            $example.code | Should -Match $Name
            ($example.introduction.Text -join '') | Should -Match '\w+ \w+'
            # What follows a prompt is a statement of its own, and what follows >> goes on with it.
            $typed = @($example.code -split "`r?`n" | Where-Object -FilterScript { $_ -match '^(PS|>)> ' })
            $script = [System.Management.Automation.Language.Parser]::ParseInput(($typed -replace '^(PS|>)> ' -join "`n"), [ref] $null, [ref] $null)
            $starts = @($script.EndBlock.Statements | ForEach-Object -Process { $_.Extent.StartLineNumber - 1 })
            for ($line = 0; $line -lt $typed.Count; $line++) {
                $typed[$line] -match '^PS> ' | Should -Be ($line -in $starts) -Because $typed[$line]
            }
        }
    }

    It 'has an address to open, and links that lead somewhere' {
        $links = @($Page.relatedLinks.navigationLink)
        $links[0].uri | Should -Match "^https://.+/$Name\.md$"
        $links.Count | Should -BeGreaterThan 1
        foreach ($link in $links | Select-Object -Skip 1) {
            if ($link.uri) {
                $link.uri | Should -Match '^https://'
            }
            else {
                $link.linkText | Should -Not -Be $Name
                (Get-Help -Name $link.linkText -ErrorAction Ignore) | Should -Not -BeNullOrEmpty -Because "a link of $Name leads to $($link.linkText)"
            }
        }
    }

    It 'holds no placeholder, doubled space or doubled full stop' {
        Get-HelpText -Piece $Page | Should -Not -Match '\{\{|\bto-?do\b|\btb[ad]\b|\bfix-?me\b|Fill in|lorem'
        $prose = @(
            $Page.Synopsis
            $Page.description.Text
            $Page.parameters | Where-Object -FilterScript { $_.PSObject.Properties['parameter'] } | ForEach-Object -Process { $_.parameter.description.Text }
            $Page | Where-Object -FilterScript { $_.PSObject.Properties['alertSet'] } | ForEach-Object -Process { $_.alertSet.alert.Text }
        ) -join "`n"
        $prose | Should -Not -Match '\S  \S|\.\.(\s|$)'
    }
}
