#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name "$PSScriptRoot/ExampleRunner.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    $topics = foreach ($page in Get-Item -Path "$PSScriptRoot/../../docs/about/about_*.md") {
        @{ Name = $page.BaseName; Page = $page.FullName; Steps = @(Get-PageExample -Path $page.FullName) }
    }
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name "$PSScriptRoot/ExampleRunner.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    $folder = Join-Path -Path (Get-ModuleFolder) -ChildPath 'en-US'
}

Describe 'The about topics' {
    It 'are those that have a page, one of the module and one of each big capability' {
        $names = (Get-ChildItem -Path $folder -Filter 'about_*.help.txt').Name -replace '\.help\.txt$'
        $names | Sort-Object | Should -Be @($topics.Name | Sort-Object)
        $names | Should -Contain 'about_RevisionTools'
        foreach ($capability in 'Accounts', 'Pruning', 'Sandbox', 'Traffic') {
            $names | Should -Contain "about_RevisionTools_$capability"
        }
    } -ForEach @{ topics = $topics }

    It 'name every command in that of the module' {
        $text = Get-Help -Name 'about_RevisionTools'
        (Get-Command -Module 'RevisionTools').Name | Where-Object -FilterScript { $text -notmatch "\b$_\b" } | Should -BeNullOrEmpty
    }

    It 'are found by a word in their names' {
        (Get-Help -Name 'about_*Prun*').Name | Should -Contain 'about_RevisionTools_Pruning'
        (Get-Help -Name 'RevisionTools_Traffic').Name | Should -Contain 'about_RevisionTools_Traffic'
    }

    It 'are found in a new process that has not imported the module, once it is installed' {
        $result = Invoke-InNewProcess -Script @'
            $path = New-Item -Path (Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath ([guid]::NewGuid())) -ItemType Directory
            $null = New-Item -Path "$path/RevisionTools" -ItemType Directory
            Copy-Item -Path (Split-Path -Path $module) -Destination "$path/RevisionTools" -Recurse
            $env:PSModulePath = "$path"
            $found = foreach ($name in 'about_RevisionTools', 'about_RevisionTools_Pruning') { Get-Help -Name $name }
            Remove-Item -Path $path -Recurse
            ConvertTo-Json -InputObject @{ Found = @($found | ForEach-Object -Process { ($_ -split "`r?`n")[1].Trim() }) } -Compress
'@
        $result.Found | Should -Be 'about_RevisionTools', 'about_RevisionTools_Pruning'
    }
}

Describe '<Name>' -ForEach $topics {
    BeforeAll {
        $text = Get-Content -LiteralPath "$folder/$Name.help.txt"
    }

    It 'is found by its name, and says in a list what it is about' {
        Get-Help -Name $Name | Out-String | Should -Match "TOPIC\s+$Name\b"
        $entry = Get-Help -Name "$Name*" -Category 'HelpFile' | Where-Object -Property 'Name' -EQ -Value $Name
        if ($entry.PSObject.Properties['Synopsis']) {
            $entry.Synopsis | Should -Match '^\w.*\.$'
        }
    }

    It 'fits 80 columns, is plain ASCII and holds no placeholder' {
        $text | Where-Object -FilterScript { $_.Length -gt 80 -or $_ -match '[^\x20-\x7e]' } | Should -BeNullOrEmpty
        $text | Where-Object -FilterScript { $_ -match '\{\{|\bto-?do\b|\btb[ad]\b|\bfix-?me\b|\]\(|`[A-Za-z-]+`' } | Should -BeNullOrEmpty
    }

    It 'names only commands and parameters that exist' {
        $own = Get-Command -Module 'RevisionTools'
        [regex]::Matches(($text -join "`n"), '\b[A-Z][a-z]+-Aca[A-Za-z]+').Value | Where-Object -FilterScript { $_ -notin $own.Name } | Should -BeNullOrEmpty
        $others = 'Select-Object', 'Where-Object', 'Group-Object', 'ForEach-Object', 'ConvertTo-Json', 'Import-Module' | ForEach-Object -Process { Get-Command -Name $_ }
        $known = $own.Parameters.Keys + $others.Parameters.Keys + 'eq' + 'and'
        $used = [regex]::Matches(($text -join "`n"), '(?<=[\s(])-([A-Za-z]{2,})').ForEach({ $_.Groups[1].Value })
        # Endings of image tags are written with a hyphen as well.
        $used | Where-Object -FilterScript { $_ -notin $known -and $_ -cnotin 'missing', 'crash', 'stuck', 'degraded' } | Should -BeNullOrEmpty
    }

    It 'leads only to what is there' {
        $links = ($text -join "`n") -replace '(?s)^.*\nSEE ALSO\n' -split "`n" -match '^ {4}- ' -replace '^ {4}- '
        $links | Should -Not -BeNullOrEmpty
        foreach ($link in $links -notmatch '^https://|^The ') {
            Get-Help -Name $link -ErrorAction Ignore | Should -Not -BeNullOrEmpty -Because "it leads to $link"
        }
    }

    It 'has code that runs, block after block on a fresh sandbox, and prints what the page says' {
        $session = Open-ExampleSession -Folder $TestDrive -Column 72
        try {
            foreach ($step in $Steps) {
                $result = Invoke-ExampleStep -Session $session -Code $step.Code
                $result.Failure | Should -BeNullOrEmpty -Because $step.Code
                $result.Errors | Should -BeNullOrEmpty -Because $step.Code
                if ($step.Output) {
                    Test-ExampleOutput -Expected $step.Output -Actual $result.Screen | Should -BeTrue -Because "$($step.Code) prints: $($result.Screen)"
                }
            }
        }
        finally {
            Close-ExampleSession -Session $session
        }
    }
}
