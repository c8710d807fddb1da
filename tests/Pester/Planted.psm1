#Requires -Version 7.4
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# What every secret of the tests begins with: letters, and signs that addresses, JSON and forms write in their own ways.
$script:mark = 'Pl4nted+S3cret/of=Tests'

# The sandbox in memory is called with this token.
$script:sandboxToken = 'token-of-the-sandbox'

function Get-PlantedSecret {
    <#
    .SYNOPSIS
        Gives the secret of a test: a token or a password. Where it turns up in anything that was said or written, the suite fails.
    .PARAMETER Purpose
        Tells the secrets of a test apart.
    .PARAMETER AsSecureString
        Gives it as a SecureString.
    #>
    [CmdletBinding()]
    [OutputType([string], [securestring])]
    param (
        [Parameter()]
        [string]
        $Purpose = 'token',

        [Parameter()]
        [switch]
        $AsSecureString
    )

    $secret = "$script:mark.$Purpose"
    return $AsSecureString ? [System.Net.NetworkCredential]::new('', $secret).SecurePassword : $secret
}

function Get-PlantedPattern {
    <#
    .SYNOPSIS
        Gives the forms of planted secrets as a regular expression: as they are, and as addresses, JSON, Base64 and hexadecimal digits write them.
    #>
    [CmdletBinding()]
    [OutputType([regex])]
    param ()

    $forms = foreach ($mark in $script:mark, $script:sandboxToken) {
        $address = [uri]::EscapeDataString($mark)
        $address, $address.Replace('%2B', '%2b').Replace('%2F', '%2f').Replace('%3D', '%3d') | ForEach-Object -Process { [regex]::Escape($_) }
        $mark, $mark.Replace('+', '\u002B'), $mark.Replace('+', '\u002b'), $mark.Replace('/', '\/') | ForEach-Object -Process { [regex]::Escape($_) }
        foreach ($encoding in [System.Text.Encoding]::UTF8, [System.Text.Encoding]::Unicode) {
            $bytes = $encoding.GetBytes($mark)
            $hexadecimal = [System.Convert]::ToHexString($bytes)
            $hexadecimal, $hexadecimal.ToLowerInvariant()
            foreach ($shift in 0..2) {
                # What stands before shifts the digits, and those at both ends depend on what borders on them.
                $digits = [System.Convert]::ToBase64String([byte[]]::new($shift) + $bytes)
                $first = $shift -eq 0 ? 0 : 4
                $core = $digits.Substring($first, $digits.Length - 4 - $first)
                $core, $core.Replace('+', '-').Replace('/', '_') | ForEach-Object -Process { [regex]::Escape($_) }
            }

            if ($encoding -eq [System.Text.Encoding]::Unicode) {
                [regex]::Escape([System.Text.Encoding]::Latin1.GetString($bytes))
            }
        }
    }

    return [regex]::new($forms -join '|', 'Compiled, CultureInvariant')
}

function Get-Said {
    <#
    .SYNOPSIS
        Runs a script; gives all that it says, in each manner in which PowerShell shows it, and its last error.
    .PARAMETER Script
        The script.
    #>
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [scriptblock]
        $Script
    )

    $global:Error.Clear()
    $records = [System.Collections.Generic.List[object]]::new()
    try {
        & $Script *>&1 | ForEach-Object -Process { $records.Add($_) }
    }
    catch {
        $records.Add($_)
    }

    $failure = $records | Where-Object -FilterScript { $_ -is [System.Management.Automation.ErrorRecord] } | Select-Object -Last 1
    $text = @(
        $records
        $records | Format-List -Property * -Force
        Get-Error
        $global:Error | Select-Object -First 1 | ConvertTo-Json -Depth 4 -WarningAction Ignore
        "$($failure.Exception)"
    ) | Out-String -Width 4000
    return [pscustomobject]@{ Failure = $failure; Text = $text }
}

function Find-PlantedSecret {
    <#
    .SYNOPSIS
        Looks for planted secrets in all files of a folder; gives a line for each file that has one, with what stands before it.
    .PARAMETER Path
        The folder. What a test writes to be a secret has the extension .secret and is passed over.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param (
        [Parameter(Mandatory)]
        [string]
        $Path
    )

    $pattern = Get-PlantedPattern
    # Processes that were ended leave pipes behind, which are empty files here, and nobody would end the reading of one.
    $files = Get-ChildItem -LiteralPath $Path -Recurse -File -Force | Where-Object -FilterScript { $_.Length -gt 0 -and $_.Extension -notin '.dll', '.secret' }
    foreach ($file in $files) {
        $text = [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file.FullName))
        $match = $pattern.Match($text)
        if ($match.Success) {
            $start = [Math]::Max(0, $match.Index - 120)
            "$($file.Name) has a planted secret after: $($text.Substring($start, $match.Index - $start) -replace '\s+', ' ')"
        }
    }
}

Export-ModuleMember -Function 'Find-PlantedSecret', 'Get-PlantedPattern', 'Get-PlantedSecret', 'Get-Said'
