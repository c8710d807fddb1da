#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    Import-Module -Name (Join-Path -Path (Get-ModuleFolder) -ChildPath 'RevisionTools.psd1') -Force
    $common = [System.Management.Automation.Cmdlet]::CommonParameters
    $pages = foreach ($command in Get-Command -Module 'RevisionTools') {
        @{
            Name = $command.Name
            Page = Get-Help -Name $command.Name -Full
            Sets = $command.ParameterSets.Count
            Parameters = @($command.Parameters.Keys | Where-Object -FilterScript { $_ -notin $common })
        }
    }
}

Describe 'The help page of <Name>' -ForEach $pages {
    It 'says what the command does, briefly and at length' {
        $Page.Synopsis | Should -Match '\w+ \w+'
        $Page.Synopsis | Should -Not -Match ([regex]::Escape("$Name ["))
        ($Page.description.Text -join "`n") | Should -Match '\w+ \w+'
    }

    It 'shows the syntax of every parameter set' {
        @($Page.syntax.syntaxItem).Count | Should -Be $Sets
    }

    It 'explains every parameter' {
        $shown = @($Page.parameters | Where-Object -FilterScript { $_.PSObject.Properties['parameter'] } | ForEach-Object -Process { $_.parameter })
        $explained = @($shown | Where-Object -FilterScript { ($_.description.Text -join '') -match '\w+' })
        @($explained | ForEach-Object -Process { $_.name } | Sort-Object) | Should -Be @($Parameters | Sort-Object)
    }

    It 'has an example with a command in it' {
        @($Page.examples.example).Count | Should -BeGreaterThan 0
        $Page.examples.example | ForEach-Object -Process { $_.code | Should -Match $Name }
    }

    It 'has an address to open' {
        $Page.relatedLinks.navigationLink[0].uri | Should -Match "^https://.+/$Name\.md$"
    }

    It 'holds no placeholder' {
        ($Page | Out-String -Width 400) | Should -Not -Match '\{\{|TODO|TBD|FIXME|Fill in|lorem'
    }
}

Describe 'The about topic' {
    It 'is found by name and holds no placeholder' {
        $topic = Get-Help -Name 'about_RevisionTools' | Out-String
        $topic | Should -Match 'WHAT PRUNE NEVER TOUCHES'
        $topic | Should -Not -Match '\{\{|TODO|TBD|FIXME'
    }

    It 'fits 80 columns and is plain ASCII' {
        $path = Join-Path -Path (Get-Module -Name 'RevisionTools').ModuleBase -ChildPath 'en-US/about_RevisionTools.help.txt'
        Get-Content -Path $path | Where-Object -FilterScript { $_.Length -gt 80 -or $_ -match '[^\x20-\x7e]' } | Should -BeNullOrEmpty
    }

    It 'names only parameters that exist' {
        $path = Join-Path -Path (Get-Module -Name 'RevisionTools').ModuleBase -ChildPath 'en-US/about_RevisionTools.help.txt'
        $known = (Get-Command -Module 'RevisionTools').Parameters.Keys + (Get-Command -Name 'Select-Object').Parameters.Keys + 'Force'
        $used = [regex]::Matches((Get-Content -Path $path -Raw), '(?<=\s)-(?!eq\b)([A-Z][A-Za-z]+)').ForEach({ $_.Groups[1].Value })
        $used | Where-Object -FilterScript { $_ -notin $known } | Should -BeNullOrEmpty
    }
}
