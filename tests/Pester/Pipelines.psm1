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

# The commands that the agent of Azure Pipelines would find in the lines of a log: anywhere in a line, and past characters that one cannot see.
function Get-PipelineCommand {
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

# The output variables that the lines set, the last of each name.
function Get-PipelineVariable {
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

# Runs a script as a task of Azure Pipelines does, in a process of its own.
function Invoke-PipelineStep {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [string]
        $Script,

        # The folder of the job for temporary files.
        [Parameter(Mandatory)]
        [string]
        $TempDirectory,

        [Parameter()]
        [ValidateSet('AzurePowerShell', 'AzureCLI', 'PowerShell')]
        [string]
        $Task = 'AzurePowerShell',

        # Beside, or null to take away.
        [Parameter()]
        [hashtable]
        $Environment = @{},

        # As the tasks of Linux do, which have both streams in one.
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
    $start = [System.Diagnostics.ProcessStartInfo]::new([System.Environment]::ProcessPath)
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
