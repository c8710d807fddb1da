#Requires -Version 7.4
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module -Name "$PSScriptRoot/Shared.psm1"
Import-Module -Name "$PSScriptRoot/Harness.psm1"

# The clock of the sandbox that examples run on starts here, so that what they print does not change with the day.
$script:start = [System.DateTimeOffset]::new(2026, 11, 20, 9, 0, 0, [timespan]::Zero)
$script:ellipsis = [char] 0x2026

# Why an example cannot be run here; nothing where it can. Such a one is parsed and bound all the same, and what it prints is written by hand.
function Get-UnrunnableReason {
    [CmdletBinding()]
    [OutputType([string])]
    param (
        [Parameter(Mandatory)]
        [string]
        $Code
    )

    $script = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $null)
    $calls = $script.FindAll({ param ($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true)
    foreach ($call in $calls | Where-Object -FilterScript { $_.GetCommandName() -eq 'Connect-AcaAccount' }) {
        $given = @($call.CommandElements | Where-Object -FilterScript { $_ -is [System.Management.Automation.Language.CommandParameterAst] } |
                ForEach-Object -Process { $_.ParameterName })
        if ($given -contains 'Sandbox' -or $given -contains 'Context') {
            continue
        }

        return $given -contains 'Endpoint' -and $given -notcontains 'Audience' ? 'it needs a server; Server.Tests.ps1 connects to one' : 'it signs in to Azure'
    }
}

# The examples of a command as its help shows them: steps of what is typed and what it prints, and all that is typed.
function Get-HelpExample {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [string]
        $Name
    )

    foreach ($example in (Get-Help -Name $Name -Examples).examples.example) {
        $steps = @(ConvertFrom-Transcript -Text ($example.code -replace "`r"))
        [pscustomobject]@{ Steps = $steps; Code = $steps.Code -join "`n" }
    }
}

# The blocks of code of a page of Markdown, each with the output below it.
function Get-PageExample {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [string]
        $Path
    )

    $text = [System.IO.File]::ReadAllText($Path) -replace "`r"
    foreach ($match in [regex]::Matches($text, '(?ms)^```powershell\n(?<code>.*?)^```\n(?:\n```text\n(?<output>.*?)^```\n)?')) {
        [pscustomobject]@{ Code = $match.Groups['code'].Value.TrimEnd(); Output = $match.Groups['output'].Value.Trim("`n") }
    }
}

# Takes what was typed and what was printed apart.
function ConvertFrom-Transcript {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [string]
        $Text
    )

    foreach ($match in [regex]::Matches($Text, '(?m)(?<code>(?:^(?:PS|>)> ?.*\n?)+)(?<output>(?:^(?!PS> ).*\n?)*)')) {
        [pscustomobject]@{
            Code = ($match.Groups['code'].Value -replace '(?m)^(PS|>)> ?').TrimEnd()
            Output = $match.Groups['output'].Value.Trim("`n")
        }
    }
}

# A session as a reader has it: with the module installed, connected to a fresh sandbox, in a folder of its own, asked nothing.
function Open-ExampleSession {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [string]
        $Folder,

        [Parameter()]
        [int]
        $Column = 120
    )

    $session = Open-TestSession -Scenario (Get-ScenarioPath -Folder $Folder) -Column $Column
    $session | Add-Member -NotePropertyMembers @{ Column = $Column; ModulePath = $env:PSModulePath }
    # Runspaces of ForEach-Object -Parallel look for the module there.
    $env:PSModulePath = (Split-Path -Path (Get-ModuleFolder) | Split-Path), $env:PSModulePath -join [System.IO.Path]::PathSeparator
    # English, since PowerShell breaks lines between words then, but with numbers and dates that are the same on every machine.
    $null = Invoke-TestCommand -Session $session -Script @"
        `$culture = [cultureinfo]::new('en')
        `$culture.NumberFormat = [cultureinfo]::InvariantCulture.NumberFormat.Clone()
        `$culture.DateTimeFormat = [cultureinfo]::InvariantCulture.DateTimeFormat.Clone()
        [cultureinfo]::CurrentCulture = `$culture
        Remove-Variable -Name 'culture'
        `$ConfirmPreference = 'None'
        Set-Location -LiteralPath '$Folder'
"@
    return $session
}

function Close-ExampleSession {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [object]
        $Session
    )

    $env:PSModulePath = $Session.ModulePath
    Close-TestSession -Session $Session
}

# The sample fleet with a time to begin at, as a file.
function Get-ScenarioPath {
    [CmdletBinding()]
    [OutputType([string])]
    param (
        [Parameter(Mandatory)]
        [string]
        $Folder
    )

    $path = Join-Path -Path $Folder -ChildPath 'sample-fleet.json'
    if (-not (Test-Path -LiteralPath $path)) {
        $session = Open-TestSession
        try {
            $scenario = $session.Sandbox.GetType().Assembly.GetType('RevisionTools.Sandbox.SandboxScenario')::Sample(1)
            $scenario.Time = $script:start
            Set-Content -LiteralPath $path -Value $scenario.ToJson()
        }
        finally {
            Close-TestSession -Session $session
        }
    }

    return $path
}

# Runs what is typed in a step, statement by statement as at a prompt; gives what is on the screen then and what failed.
function Invoke-ExampleStep {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [object]
        $Session,

        [Parameter(Mandatory)]
        [string]
        $Code
    )

    $null = $Session.Host.TakeText()
    $Session.Host.ErrorLines.Clear()
    $failure = $null
    $script = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $null)
    foreach ($statement in $script.EndBlock.Statements) {
        $failure = (Invoke-TestCommand -Session $Session -Script $statement.Extent.Text -OnScreen).Failure
        if ($failure) {
            break
        }
    }

    return [pscustomobject]@{
        Screen = Format-Screen -Text $Session.Host.TakeText() -Column $Session.Column
        Failure = $failure
        Errors = @($Session.Host.ErrorLines)
    }
}

# Takes colours off, breaks what is wider than the screen between words, and drops the space at the ends of lines and of the whole.
function Format-Screen {
    [CmdletBinding()]
    [OutputType([string])]
    param (
        [Parameter(Mandatory)]
        [AllowEmptyString()]
        [string]
        $Text,

        [Parameter(Mandatory)]
        [int]
        $Column
    )

    $plain = [System.Management.Automation.Internal.StringDecorated]::new($Text).ToString('PlainText') -replace "`r"
    $lines = foreach ($line in $plain -split "`n") {
        while ($line.Length -gt $Column -and $line.LastIndexOf(' ', $Column) -gt 0) {
            $break = $line.LastIndexOf(' ', $Column)
            $line.Substring(0, $break).TrimEnd()
            $line = $line.Substring($break + 1)
        }

        $line.TrimEnd()
    }

    return ($lines -join "`n").Trim("`n")
}

# Whether a screen is what help says it is. Spans and times since the start may differ; a line of just an ellipsis stands for any lines.
function Test-ExampleOutput {
    [CmdletBinding()]
    [OutputType([bool])]
    param (
        [Parameter(Mandatory)]
        [AllowEmptyString()]
        [string]
        $Expected,

        [Parameter(Mandatory)]
        [AllowEmptyString()]
        [string]
        $Actual
    )

    $lines = (Hide-Variation -Text $Expected) -split "`n" | ForEach-Object -Process {
        if ($_.Trim() -eq $script:ellipsis) { '(?:.*\n)*.*' } else { [regex]::Escape($_) }
    }
    return (Hide-Variation -Text $Actual) -cmatch "\A$($lines -join '\n')\z"
}

# Puts a word in the place of what differs from run to run: spans, and times since the start.
function Hide-Variation {
    [CmdletBinding()]
    [OutputType([string])]
    param (
        [Parameter(Mandatory)]
        [AllowEmptyString()]
        [string]
        $Text
    )

    return $Text -replace '2026-11-20 (09|1\d):\d\d(:\d\d)?', '(now)' -replace '\b\d\d:\d\d:\d\d\b', '(span)'
}

# Cuts a long screen, but not right below a heading.
function Limit-Screen {
    [CmdletBinding()]
    [OutputType([string])]
    param (
        [Parameter(Mandatory)]
        [AllowEmptyString()]
        [string]
        $Text,

        [Parameter()]
        [int]
        $Line = 14
    )

    $lines = $Text -split "`n"
    if ($lines.Count -le $Line) {
        return $Text
    }

    $blocks = [System.Collections.Generic.List[string]] (($lines[0..($Line - 2)] -join "`n").TrimEnd() -split "`n`n")
    while ($blocks.Count -gt 1 -and ($blocks[-1] -split "`n").Count -le 2) {
        $blocks.RemoveAt($blocks.Count - 1)
    }

    return ($blocks -join "`n`n"), $script:ellipsis -join "`n"
}

Export-ModuleMember -Function @(
    'Close-ExampleSession'
    'Get-HelpExample'
    'Get-PageExample'
    'Get-UnrunnableReason'
    'Invoke-ExampleStep'
    'Limit-Screen'
    'Open-ExampleSession'
    'Test-ExampleOutput'
)
