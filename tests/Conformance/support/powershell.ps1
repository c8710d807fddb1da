# Reads one JSON text a line, { "script": "..." }, runs it in a runspace that has the module, and writes one JSON text a line:
# { "output": [], "errors": [{ "id", "category", "message" }], "warnings": [] }. Ends with its input.
[CmdletBinding()]
param (
    [Parameter(Mandatory)]
    [string]
    $ManifestPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
$runspace.Open()

function Invoke-Line {
    param (
        [Parameter(Mandatory)]
        [string]
        $Script
    )

    $powershell = [powershell]::Create($runspace)
    $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $failures = [System.Collections.Generic.List[object]]::new()
    try {
        $powershell.AddScript($Script).Invoke($null, $output)
    }
    catch [System.Management.Automation.MethodInvocationException] {
        $failures.Add($_.Exception.InnerException.ErrorRecord)
    }

    $failures.AddRange(@($powershell.Streams.Error))
    $answer = [ordered]@{
        output = @($output)
        errors = @($failures | ForEach-Object -Process {
                @{ id = ($_.FullyQualifiedErrorId -split ',')[0]; category = "$($_.CategoryInfo.Category)"; message = $_.Exception.Message }
            })
        warnings = @($powershell.Streams.Warning | ForEach-Object -Process { $_.Message })
    }
    $powershell.Dispose()
    return $answer | ConvertTo-Json -Depth 8 -Compress -EnumsAsStrings -WarningAction Ignore
}

$null = Invoke-Line -Script "Import-Module -Name '$($ManifestPath -replace "'", "''")'; `$ConfirmPreference = 'None'"
while ($null -ne ($line = [System.Console]::In.ReadLine())) {
    [System.Console]::Out.WriteLine((Invoke-Line -Script ($line | ConvertFrom-Json).script))
}
