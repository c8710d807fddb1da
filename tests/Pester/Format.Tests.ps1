#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    Import-Module -Name (Join-Path -Path (Get-ModuleFolder) -ChildPath 'RevisionTools.psd1') -Force
    [xml]$document = Get-Content -Path (Join-Path -Path (Get-ModuleFolder) -ChildPath 'RevisionTools.Format.ps1xml') -Raw
    $types = $document.Configuration.ViewDefinitions.View.ViewSelectedBy.TypeName | Select-Object -Unique
    $outputs = (Get-Command -Module 'RevisionTools').OutputType.Name | Where-Object -FilterScript { $_ -like 'RevisionTools.*' } | Select-Object -Unique
}

Describe 'The views of <_>' -ForEach $types {
    BeforeAll {
        $typeName = $_
        $type = $typeName -as [type]
        $views = (Get-FormatData -TypeName $typeName -PowerShellVersion $PSVersionTable.PSVersion).FormatViewDefinition
        $filled = [ordered]@{ PSTypeName = $typeName; Stage = 'Failed' }
        foreach ($property in $type.GetProperties()) {
            $filled[$property.Name] = $property.PropertyType -eq [System.Nullable[System.DateTimeOffset]] ? [System.DateTimeOffset]::UnixEpoch : 'x' * 200
        }
    }

    It 'are a table first, and a list where PowerShell''s own would not do' {
        $views[0].Control.GetType().Name | Should -Be 'TableControl'
        foreach ($list in $views | Select-Object -Skip 1) {
            $list.Control.GetType().Name | Should -Be 'ListControl'
            $items = $list.Control.Entries[0].Items
            ($items.DisplayEntry.ValueType -contains 'ScriptBlock' -or $items.Count -ne $type.GetProperties().Count) | Should -BeTrue
        }
    }

    It 'name only members that the type has' {
        $entries = @($views[0].Control.Rows | ForEach-Object -Process { $_.Columns.DisplayEntry })
        $entries += @($views | Select-Object -Skip 1 | ForEach-Object -Process { $_.Control.Entries.Items.DisplayEntry })
        $entries | Should -Not -BeNullOrEmpty
        $named = @($entries | Where-Object -Property ValueType -EQ 'Property' | ForEach-Object -Process { $_.Value })
        $scripts = @($entries | Where-Object -Property ValueType -EQ 'ScriptBlock' | ForEach-Object -Process { $_.Value }) -join "`n"
        $named += [regex]::Matches($scripts, '\$_\.(\w+)').ForEach({ $_.Groups[1].Value })
        $named | Where-Object -FilterScript { $_ -notin $type.GetProperties().Name } | Should -BeNullOrEmpty
    }

    It 'fit 120 columns, whatever the values are' {
        $lines = ([pscustomobject]$filled | Format-Table | Out-String -Width 120) -split '\r?\n'
        $lines | Where-Object -FilterScript { $_.TrimEnd().Length -gt 120 } | Should -BeNullOrEmpty
        $headers = $views[0].Control.Headers
        $fixed = ($headers | Measure-Object -Property Width -Sum).Sum + $headers.Count - 1
        $fixed | Should -BeLessOrEqual 120
    }

    It 'keep each header on one line at 80 columns' {
        $lines = ([pscustomobject]$filled | Format-Table | Out-String -Width 80) -split '\r?\n'
        $rule = $lines.IndexOf(($lines -match '^[- ]*-[- ]*$' | Select-Object -First 1))
        $rule | Should -BeGreaterThan 1
        $lines[$rule - 2] | Should -BeNullOrEmpty
    }

    It 'cut a line of their own making where its column ends' {
        $headers = $views[0].Control.Headers
        $columns = $views[0].Control.Rows[0].Columns
        foreach ($index in 0..($headers.Count - 1)) {
            foreach ($cut in [regex]::Matches($columns[$index].DisplayEntry.Value, '\.Length -gt (\d+)')) {
                $cut.Groups[1].Value | Should -Be $headers[$index].Width
            }
        }
    }

    It 'send no escape sequence where there is no terminal' {
        ([pscustomobject]$filled | Format-List | Out-String) | Should -Not -Match '\x1b'
        ([pscustomobject]$filled | Format-Table | Out-String) | Should -Not -Match '\x1b'
    }
}

Describe 'Every type that a command writes' {
    It 'has views: <_>' -ForEach $outputs {
        $_ | Should -BeIn (Get-FormatData -TypeName 'RevisionTools.*').TypeNames
    }

    It 'survives JSON and CliXml: <_>' -ForEach $outputs {
        $type = $_ -as [type]
        $value = [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($type)
        { $value | ConvertTo-Json -Depth 3 -WarningAction Stop } | Should -Not -Throw
        { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($value)) } | Should -Not -Throw
    }
}

Describe 'The colour of a stage' {
    It 'is decided by the same lines in every view' {
        [xml]$document = Get-Content -Path (Join-Path -Path (Get-ModuleFolder) -ChildPath 'RevisionTools.Format.ps1xml') -Raw
        $blocks = $document.SelectNodes('//ScriptBlock').InnerText | Where-Object -FilterScript { $_ -match 'PSStyle' }
        $blocks.Count | Should -BeGreaterThan 1
        $blocks.ForEach({ [regex]::Match($_, '\$colour = .*').Value.Trim() }) | Select-Object -Unique | Should -HaveCount 1
        $blocks.ForEach({ [regex]::Match($_, 'if \(\$colour .*\}').Value }) | Select-Object -Unique | Should -HaveCount 1
    }

    It 'is known for every stage but Removed' {
        $path = Join-Path -Path (Get-ModuleFolder) -ChildPath 'RevisionTools.Format.ps1xml'
        $text = Get-Content -Path $path -Raw
        $stages = [System.Enum]::GetNames([RevisionTools.RevisionStage]) | Where-Object -FilterScript { $_ -ne 'Removed' }
        $stages | Where-Object -FilterScript { $text -notmatch "\b$_ = '(\w+)'" } | Should -BeNullOrEmpty
        [regex]::Matches($text, "\b(?:$($stages -join '|')) = '(\w+)'").ForEach({ $_.Groups[1].Value }) | Select-Object -Unique |
            ForEach-Object -Process { $PSStyle.Foreground.$_ | Should -Match '^\x1b' }
    }
}
