#Requires -Version 7.4
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module -Name "$PSScriptRoot/Shared.psm1"
if (-not ('RevisionTools.Testing.ScriptedHost' -as [type])) {
    Add-Type -Path "$PSScriptRoot/ScriptedHost.cs", "$PSScriptRoot/ScriptedScreen.cs"
}

$script:apiVersion = '2026-01-01'

# The manifest of the module under test.
function Get-ModuleManifestPath {
    [CmdletBinding()]
    [OutputType([string])]
    param ()

    return Join-Path -Path (Get-ModuleFolder) -ChildPath 'RevisionTools.psd1'
}

# Connects this runspace to a sandbox of its own; what connecting has sent is forgotten.
function Connect-FreshSandbox {
    [CmdletBinding()]
    [OutputType([object])]
    param ()

    $sandbox = (Connect-AcaAccount -Sandbox).Sandbox
    $sandbox.ClearRequests()
    return $sandbox
}

# Adds a fault with any property of the sandbox's own record.
function Add-SandboxFault {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [object]
        $Sandbox,

        [Parameter(Mandatory)]
        [hashtable]
        $Fault
    )

    $record = $Sandbox.GetType().Assembly.GetType('RevisionTools.Sandbox.SandboxFault')::new()
    foreach ($name in $Fault.Keys) {
        $record.$name = $Fault[$name]
    }

    $Sandbox.Inject($record)
}

# The writes that the sandbox has got, held and lost ones too.
function Get-SandboxWrite {
    [CmdletBinding()]
    [OutputType([object])]
    param (
        [Parameter(Mandatory)]
        [object]
        $Sandbox
    )

    return $Sandbox.Requests | Where-Object -Property IsWrite
}

# The path of an app of the sample fleet, or of something below it.
function Get-SandboxPath {
    [CmdletBinding()]
    [OutputType([string])]
    param (
        [Parameter(Mandatory)]
        [object]
        $Sandbox,

        [Parameter(Mandatory)]
        [string]
        $Below,

        [Parameter()]
        [string]
        $ResourceGroupName = 'rg-shop'
    )

    return "/subscriptions/$($Sandbox.SubscriptionId)/resourceGroups/$ResourceGroupName/providers/Microsoft.App/containerApps/$Below"
}

# What another operator does: a request past the module. Gives the answer's body.
function Send-SandboxRequest {
    [CmdletBinding()]
    [OutputType([object])]
    param (
        [Parameter(Mandatory)]
        [object]
        $Sandbox,

        [Parameter(Mandatory)]
        [string]
        $Path,

        [Parameter()]
        [string]
        $Method = 'GET'
    )

    $invoker = [System.Net.Http.HttpMessageInvoker]::new($Sandbox, $false)
    $request = [System.Net.Http.HttpRequestMessage]::new($Method, "https://sandbox.example$Path`?api-version=$script:apiVersion")
    $request.Headers.Authorization = [System.Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', 'other')
    $answer = $invoker.SendAsync($request, [System.Threading.CancellationToken]::None).GetAwaiter().GetResult()
    $body = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
    if (-not $answer.IsSuccessStatusCode) {
        throw "$Method $Path was answered with $([int]$answer.StatusCode): $body"
    }

    return $body | ConvertFrom-Json
}

# Lets the sandbox answer for an app as if somebody had changed it.
function Edit-SandboxApp {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [object]
        $Sandbox,

        [Parameter(Mandatory)]
        [string]
        $Name,

        [Parameter(Mandatory)]
        [scriptblock]
        $Change
    )

    $path = Get-SandboxPath -Sandbox $Sandbox -Below $Name
    $app = Send-SandboxRequest -Sandbox $Sandbox -Path $path
    $null = & $Change $app
    Add-SandboxFault -Sandbox $Sandbox -Fault @{
        Kind = 'Status'
        Status = 200
        Method = 'GET'
        Path = $path
        Times = [int]::MaxValue
        Body = $app | ConvertTo-Json -Depth 20
    }
}

# The same for a revision, alone and in the list of its app.
function Edit-SandboxRevision {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [object]
        $Sandbox,

        [Parameter(Mandatory)]
        [string]
        $Name,

        [Parameter(Mandatory)]
        [scriptblock]
        $Change,

        [Parameter()]
        [string]
        $ResourceGroupName = 'rg-shop'
    )

    $path = Get-SandboxPath -Sandbox $Sandbox -Below "$(($Name -split '--')[0])/revisions" -ResourceGroupName $ResourceGroupName
    $list = Send-SandboxRequest -Sandbox $Sandbox -Path $path
    $revision = $list.value | Where-Object -Property name -EQ $Name
    $null = & $Change $revision
    foreach ($answer in @{ Path = $path; Body = $list }, @{ Path = "$path/$Name"; Body = $revision }) {
        Add-SandboxFault -Sandbox $Sandbox -Fault @{
            Kind = 'Status'
            Status = 200
            Method = 'GET'
            Path = $answer.Path
            Times = [int]::MaxValue
            Body = $answer.Body | ConvertTo-Json -Depth 20
        }
    }
}

# A runspace of its own with the module, a fresh sandbox, and a host whose questions the test answers, or one that takes none. The host has a
# screen where Column says how wide.
function Open-TestSession {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter()]
        [ValidateSet('Answers', 'Throws', 'HasNone')]
        [string]
        $HostManner = 'Answers',

        [Parameter()]
        [string]
        $Scenario,

        [Parameter()]
        [int]
        $Column
    )

    $scriptedHost = [RevisionTools.Testing.ScriptedHost]::new($HostManner, $Column)
    $runspace = [runspacefactory]::CreateRunspace($scriptedHost, [initialsessionstate]::CreateDefault2())
    # As pwsh itself does it, so that the culture of the thread lasts.
    $runspace.ThreadOptions = 'ReuseThread'
    $runspace.Open()
    $powershell = [powershell]::Create($runspace)
    try {
        $script = 'param ($manifest, $start) Import-Module -Name $manifest; (Connect-AcaAccount -Sandbox @start).Sandbox'
        $start = if ($Scenario) { @{ Scenario = $Scenario } } else { @{} }
        $null = $powershell.AddScript($script).AddArgument((Get-ModuleManifestPath)).AddArgument($start)
        $sandbox = $powershell.Invoke()[0].psobject.BaseObject
    }
    finally {
        $powershell.Dispose()
    }

    $sandbox.ClearRequests()
    return [pscustomobject]@{ Host = $scriptedHost; Runspace = $runspace; Sandbox = $sandbox }
}

function Close-TestSession {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [object]
        $Session
    )

    $Session.Sandbox.ReleaseHeld()
    $Session.Runspace.Dispose()
}

# Begins a command in a session and returns at once. With OnScreen output and errors go where the host of pwsh sends those of a typed line.
function Submit-TestCommand {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [object]
        $Session,

        [Parameter(Mandatory)]
        [string]
        $Script,

        [Parameter()]
        [switch]
        $OnScreen
    )

    $powershell = [powershell]::Create($Session.Runspace)
    $null = $powershell.AddScript($Script)
    if ($OnScreen) {
        $powershell.Commands.Commands[0].MergeMyResults('Error', 'Output')
        $null = $powershell.AddCommand('Out-Default')
    }

    $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
    return [pscustomobject]@{
        Session = $Session
        PowerShell = $powershell
        Output = $output
        Result = $powershell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
    }
}

# Looks at a condition again and again until it holds; fails when it does not come about.
function Wait-Until {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [scriptblock]
        $Condition,

        [Parameter()]
        [timespan]
        $Limit = '00:00:30'
    )

    if (-not [System.Threading.SpinWait]::SpinUntil([System.Func[bool]] { [bool](& $Condition) }, $Limit)) {
        throw "After $Limit this was still not so: $Condition"
    }
}

# Waits for the end of a command. Its questions are answered by the label that OnPrompt returns; without it there must be none.
function Wait-TestCommand {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [object]
        $Command,

        [Parameter()]
        [scriptblock]
        $OnPrompt = { throw "Nobody answers: $($args[0].Message)" }
    )

    $scriptedHost = $Command.Session.Host
    $asked = [System.Collections.Generic.List[object]]::new()
    while ($true) {
        Wait-Until -Condition { $Command.Result.IsCompleted -or $scriptedHost.Prompts.Count -gt 0 }
        $prompt = $null
        if (-not $scriptedHost.Prompts.TryTake([ref]$prompt)) {
            break
        }

        $asked.Add($prompt)
        $prompt.Answer((& $OnPrompt $prompt | Select-Object -Last 1))
    }

    $failure = $null
    try {
        $null = $Command.PowerShell.EndInvoke($Command.Result)
    }
    catch {
        $failure = $_.Exception.InnerException
    }

    $streams = $Command.PowerShell.Streams
    if ($env:REVISIONTOOLS_SAID) {
        $streams.Error, $streams.Warning, $streams.Verbose, $streams.Debug, $streams.Information, $scriptedHost.Screen, "$failure" | Out-String -Width 4000 |
            Add-Content -LiteralPath $env:REVISIONTOOLS_SAID
    }

    return [pscustomobject]@{
        Output = @($Command.Output | ForEach-Object -Process { $_.psobject.BaseObject })
        Errors = @($streams.Error)
        Warnings = @($streams.Warning | ForEach-Object -Process { $_.Message })
        Prompts = @($asked)
        Failure = $failure
        State = $Command.PowerShell.InvocationStateInfo.State
    }
}

# Runs a command in a session to its end.
function Invoke-TestCommand {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter(Mandatory)]
        [object]
        $Session,

        [Parameter(Mandatory)]
        [string]
        $Script,

        [Parameter()]
        [scriptblock]
        $OnPrompt = { throw "Nobody answers: $($args[0].Message)" },

        [Parameter()]
        [switch]
        $OnScreen
    )

    return Wait-TestCommand -Command (Submit-TestCommand -Session $Session -Script $Script -OnScreen:$OnScreen) -OnPrompt $OnPrompt
}

# Does what Ctrl+C does; gives how long it took until the prompt would be back.
function Request-TestCommandStop {
    [CmdletBinding()]
    [OutputType([timespan])]
    param (
        [Parameter(Mandatory)]
        [object]
        $Command
    )

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $Command.PowerShell.Stop()
    return $clock.Elapsed
}

# The newest build of the sandbox server; nothing where there is none.
function Get-ServerPath {
    [CmdletBinding()]
    [OutputType([string])]
    param ()

    $pattern = Join-Path -Path $PSScriptRoot -ChildPath '../../src/RevisionTools.Sandbox.Server/bin/*/net10.0/RevisionTools.Sandbox.Server.dll'
    return Get-Item -Path $pattern | Sort-Object -Property LastWriteTime | Select-Object -Last 1 -ExpandProperty FullName
}

# Starts a sandbox server on a free port; gives its process and what it has printed when it was ready.
function Open-SandboxServer {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param (
        [Parameter()]
        [string[]]
        $ArgumentList = @()
    )

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.RedirectStandardOutput = $true
    foreach ($argument in @('exec', (Get-ServerPath), 'serve', '--parent-pid', "$PID") + $ArgumentList) {
        $start.ArgumentList.Add($argument)
    }

    $process = [System.Diagnostics.Process]::Start($start)
    return [pscustomobject]@{ Process = $process; Ready = $process.StandardOutput.ReadLine() | ConvertFrom-Json }
}

function Close-SandboxServer {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [object]
        $Server
    )

    $Server.Process.Kill()
    $Server.Process.WaitForExit()
    $Server.Process.Dispose()
    if ($Server.Ready.caFile) {
        Remove-Item -Path $Server.Ready.caFile
    }
}

Export-ModuleMember -Function @(
    'Add-SandboxFault'
    'Close-SandboxServer'
    'Close-TestSession'
    'Connect-FreshSandbox'
    'Edit-SandboxApp'
    'Edit-SandboxRevision'
    'Get-ModuleManifestPath'
    'Get-SandboxPath'
    'Get-SandboxWrite'
    'Get-ServerPath'
    'Invoke-TestCommand'
    'Open-SandboxServer'
    'Open-TestSession'
    'Request-TestCommandStop'
    'Send-SandboxRequest'
    'Submit-TestCommand'
    'Wait-TestCommand'
    'Wait-Until'
)
