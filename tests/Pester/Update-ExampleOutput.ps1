#Requires -Version 7.4
<#
.SYNOPSIS
    Runs the examples of the help and writes into their sources what they print now.
.DESCRIPTION
    Examples of commands stand in the documentation comments of the cmdlets: what is typed in <code>, and below it what it prints in
    <code language="output">. Pages about topics (docs/about) have what is typed in blocks of powershell, and may have what it prints in blocks of
    text below them. An output that still holds is left as it is, also one that was cut by hand: a line of just an ellipsis stands for any lines.
    Build src/RevisionTools.Cmdlets before, and with -t:WriteCommandReference afterwards.
.PARAMETER Name
    The commands and topics whose examples are run; wildcards may be used. All when left out.
.EXAMPLE
    ./tests/Pester/Update-ExampleOutput.ps1 -Name Get-AcaRevision
#>
[CmdletBinding()]
param (
    [Parameter(Position = 0)]
    [string[]]
    $Name = '*'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module -Name "$PSScriptRoot/ExampleRunner.psm1" -Force
$root = (Resolve-Path -Path "$PSScriptRoot/../..").Path

# The two kinds of sources: where an example begins and ends, its steps, how a text is written in it, and how wide the screen is.
$comment = @{
    Example = [regex] '(?ms)^/// <example>\n.*?^/// </example>\n'
    Step = [regex] '(?ms)^/// <code>\n(?<code>.*?)^/// </code>\n(?:^/// <code language="output">\n(?<output>.*?)^/// </code>\n)?'
    Read = { param ($text) [System.Net.WebUtility]::HtmlDecode(($text -replace '(?m)^/// ?')).Trim("`n") }
    Write = {
        param ($text)
        $lines = $text.Replace('&', '&amp;').Replace('<', '&lt;') -split "`n" | ForEach-Object -Process { "/// $_".TrimEnd() + "`n" }
        "/// <code language=`"output`">`n$($lines -join '')/// </code>`n"
    }
    Column = 120
}
$page = @{
    Example = [regex] '(?s)\A.*\z'
    Step = [regex] '(?ms)^```powershell\n(?<code>.*?)^```\n(?:\n```text\n(?<output>.*?)^```\n)?'
    Read = { param ($text) $text.Trim("`n") }
    Write = { param ($text) "`n``````text`n$text`n```````n" }
    Column = 72
}

# An example with what it prints now.
function Edit-Example {
    param ([string] $Text, [hashtable] $Kind)
    $codes = @($Kind.Step.Matches($Text) | ForEach-Object -Process { & $Kind.Read $_.Groups['code'].Value })
    if ($Kind -eq $comment -and (Get-UnrunnableReason -Code ($codes -join "`n"))) {
        return $Text
    }

    $folder = (New-Item -Path (Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath ([guid]::NewGuid())) -ItemType Directory).FullName
    $session = Open-ExampleSession -Folder $folder -Column $Kind.Column
    try {
        return $Kind.Step.Replace($Text, { param ($match) Edit-Step -Match $match -Kind $Kind -Session $session })
    }
    finally {
        Close-ExampleSession -Session $session
        Remove-Item -LiteralPath $folder -Recurse
    }
}

# A step with what it prints now. On a page it has no output that had none; where it fails it is told and left as it is.
function Edit-Step {
    param ([System.Text.RegularExpressions.Match] $Match, [hashtable] $Kind, [object] $Session)
    $code = & $Kind.Read $Match.Groups['code'].Value
    $result = Invoke-ExampleStep -Session $Session -Code $code
    if ($result.Failure -or $result.Errors) {
        Write-Warning -Message "This fails: $code`n$($result.Failure)$($result.Errors -join "`n")"
        return $Match.Value
    }

    $isLeftOut = $Kind -eq $page -and -not $Match.Groups['output'].Success
    if ($isLeftOut -or (Test-ExampleOutput -Expected (& $Kind.Read $Match.Groups['output'].Value) -Actual $result.Screen)) {
        return $Match.Value
    }

    $end = $Match.Groups['output'].Success ? $Match.Groups['output'].Index - $Match.Index : $Match.Length
    $typed = $Kind.Step.Match($Match.Value.Substring(0, $end)).Value
    return $typed + $(if ($result.Screen) { & $Kind.Write (Limit-Screen -Text $result.Screen) })
}

$sources = @(
    foreach ($file in Get-ChildItem -Path "$root/src/RevisionTools.Cmdlets" -Filter '*Command.cs') {
        if ([System.IO.File]::ReadAllText($file.FullName) -match '\[Cmdlet\(Verbs\w+\.(?<verb>\w+), "(?<noun>\w+)"') {
            @{ Name = "$($Matches['verb'])-$($Matches['noun'])"; Path = $file.FullName; Kind = $comment }
        }
    }
    foreach ($file in Get-ChildItem -Path "$root/docs/about" -Filter 'about_*.md') {
        @{ Name = $file.BaseName; Path = $file.FullName; Kind = $page }
    }
)
$chosen = @($sources | Where-Object -FilterScript { $found = $_.Name; $Name | Where-Object -FilterScript { $found -like $_ } })
if (-not $chosen) {
    throw "No command or topic has a name like $($Name -join ', ')."
}

foreach ($source in $chosen) {
    $text = [System.IO.File]::ReadAllText($source.Path)
    $updated = $source.Kind.Example.Replace($text, { param ($match) Edit-Example -Text $match.Value -Kind $source.Kind })
    if ($updated -cne $text) {
        [System.IO.File]::WriteAllText($source.Path, $updated)
        $source.Name
    }
}
