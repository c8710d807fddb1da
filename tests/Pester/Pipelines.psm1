#Requires -Version 7.4
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module -Name "$PSScriptRoot/Shared.psm1"

# Unescapes a value of a command.
function ConvertFrom-CommandText {
    [CmdletBinding()]
    [OutputType([string])]
    param (
        [Parameter(Mandatory)]
        [AllowEmptyString()]
        [string]
        $Text
    )

    foreach ($pair in @('%3B', ';'), @('%0D', "`r"), @('%0A', "`n"), @('%5D', ']'), @('%AZP25', '%')) {
        $Text = $Text.Replace($pair[0], $pair[1])
    }

    return $Text
}

function Get-PipelineCommand {
    <#
    .SYNOPSIS
        Gives the commands that Azure Pipelines would find in the lines of a log: anywhere in a line, and past characters that one cannot see.
    .PARAMETER Line
        The lines.
    #>
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [AllowEmptyCollection()]
        [AllowEmptyString()]
        [string[]]
        $Line
    )

    foreach ($part in $Line -split "[\r\n\v\f\u0085\u2028\u2029]") {
        $match = [regex]::Match($part, '#[^ -~]*#[^ -~]*v[^ -~]*s[^ -~]*o[^ -~]*\[(?<name>[^ \]]*) ?(?<properties>[^\]]*)\](?<data>.*)', 'IgnoreCase')
        if ($match.Success) {
            $properties = [ordered]@{}
            foreach ($property in $match.Groups['properties'].Value -split ';' -ne '') {
                $name, $value = $property -split '=', 2
                $properties[$name] = ConvertFrom-CommandText -Text $value
            }

            [pscustomobject]@{
                Name = $match.Groups['name'].Value
                Properties = $properties
                Data = ConvertFrom-CommandText -Text $match.Groups['data'].Value
                IsAlone = $match.Index -eq 0
            }
        }
    }
}

function Get-PipelineVariable {
    <#
    .SYNOPSIS
        Gives the output variables that the lines of a log set, the last of each name.
    .PARAMETER Line
        The lines.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param (
        [Parameter(Mandatory)]
        [AllowEmptyCollection()]
        [AllowEmptyString()]
        [string[]]
        $Line
    )

    $variables = [ordered]@{}
    foreach ($command in Get-PipelineCommand -Line $Line | Where-Object -Property Name -EQ -Value 'task.setvariable') {
        if ($command.Properties['isOutput'] -ne 'true') {
            throw "The variable $($command.Properties['variable']) is no output variable."
        }

        $variables[$command.Properties['variable']] = $command.Data
    }

    return $variables
}

function Invoke-PipelineStep {
    <#
    .SYNOPSIS
        Runs a script as a task of Azure Pipelines does, in a process of its own.
    .PARAMETER Script
        The text of the script.
    .PARAMETER TempDirectory
        The folder of the job for temporary files.
    .PARAMETER Task
        The task whose way of running scripts it is.
    .PARAMETER Environment
        Further environment variables; null takes one away.
    .PARAMETER MergeErrors
        Puts what goes to the error stream of the process among the lines, as the tasks do.
    #>
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [string]
        $Script,

        [Parameter(Mandatory)]
        [string]
        $TempDirectory,

        [Parameter()]
        [ValidateSet('AzurePowerShell', 'AzureCLI', 'PowerShell')]
        [string]
        $Task = 'AzurePowerShell',

        [Parameter()]
        [hashtable]
        $Environment = @{},

        [Parameter()]
        [switch]
        $MergeErrors
    )

    $text = @('$ErrorActionPreference = ''Stop''')
    if ($Task -eq 'PowerShell') {
        $text += '$ProgressPreference = ''SilentlyContinue'''
    }

    $text += $Script
    if ($Task -ne 'AzurePowerShell') {
        $text += 'if (Test-Path -LiteralPath variable:\LASTEXITCODE) { exit $LASTEXITCODE }'
    }

    $file = Join-Path -Path $TempDirectory -ChildPath "$(New-Guid).ps1"
    Set-Content -Path $file -Value $text -Encoding utf8BOM
    $start = [System.Diagnostics.ProcessStartInfo]::new('pwsh')
    foreach ($argument in '-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Unrestricted', '-Command', ". '$file'") {
        $start.ArgumentList.Add($argument)
    }

    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = [System.Text.Encoding]::UTF8
    $modules = Split-Path -Path (Split-Path -Path (Get-ModuleFolder))
    $variables = @{
        TF_BUILD = 'True'
        AGENT_TEMPDIRECTORY = $TempDirectory
        PSModulePath = $modules, $env:PSModulePath -join [System.IO.Path]::PathSeparator
    }
    foreach ($entry in @($variables.GetEnumerator()) + @($Environment.GetEnumerator())) {
        $start.Environment[$entry.Key] = $entry.Value
    }

    $process = [System.Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $output = $process.StandardOutput.ReadToEndAsync()
    $failure = $process.StandardError.ReadToEndAsync()
    $process.WaitForExit()
    $lines = $output.GetAwaiter().GetResult() -split '\r?\n'
    $errors = $failure.GetAwaiter().GetResult() -split '\r?\n'
    $result = [pscustomobject]@{ ExitCode = $process.ExitCode; Lines = $MergeErrors ? $lines + $errors : $lines; Errors = $errors }
    $process.Dispose()
    return $result
}

Export-ModuleMember -Function 'Get-PipelineCommand', 'Get-PipelineVariable', 'Invoke-PipelineStep'
