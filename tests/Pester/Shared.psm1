#Requires -Version 7.4
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$script:repositoryRoot = (Resolve-Path -Path "$PSScriptRoot/../..").Path

function Get-ModuleFolder {
    <#
    .SYNOPSIS
        Names the folder of the module under test: that of $env:REVISIONTOOLS_MODULE_PATH, else the one that the build lays out.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param ()

    if ($env:REVISIONTOOLS_MODULE_PATH) {
        return $env:REVISIONTOOLS_MODULE_PATH
    }

    $manifest = Import-PowerShellDataFile -Path "$script:repositoryRoot/module/RevisionTools.psd1"
    return Join-Path -Path $script:repositoryRoot -ChildPath "output/RevisionTools/$($manifest.ModuleVersion)"
}

function Get-BuiltFolder {
    <#
    .SYNOPSIS
        Names a folder that the build of the xUnit project puts beside its assembly: Rival, with an older Azure.Core, or Modules, with Pester.
    .PARAMETER Name
        Which one.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param (
        [Parameter(Mandatory)]
        [ValidateSet('Modules', 'Rival')]
        [string]
        $Name
    )

    $pattern = Join-Path -Path $script:repositoryRoot -ChildPath "tests/RevisionTools.Tests/bin/*/*/$Name"
    $newest = Get-Item -Path $pattern | Sort-Object -Property LastWriteTime | Select-Object -Last 1
    if ($null -eq $newest) {
        throw "No folder matches $pattern. Build tests/RevisionTools.Tests first."
    }

    return $newest.FullName
}

# Changes bytes of an assembly that nothing has loaded.
function Edit-Assembly {
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [string]
        $Path,

        [Parameter(Mandatory)]
        [scriptblock]
        $Change
    )

    $bytes = [System.IO.File]::ReadAllBytes($Path)
    $image = [System.Reflection.PortableExecutable.PEReader]::new([System.IO.MemoryStream]::new($bytes.Clone()))
    try {
        $null = & $Change $bytes ([System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)) $image.PEHeaders.MetadataStartOffset
    }
    finally {
        $image.Dispose()
    }

    [System.IO.File]::WriteAllBytes($Path, $bytes)
}

function Copy-AsAnotherBuild {
    <#
    .SYNOPSIS
        Copies the module under test as if it came from another build: its Loader is one that a process refuses to load beside the first.
    .PARAMETER Destination
        The folder, which is not there yet.
    .PARAMETER Version
        The version of the copy; that of the module when left out.
    #>
    [CmdletBinding()]
    param (
        [Parameter(Mandatory)]
        [string]
        $Destination,

        [Parameter()]
        [version]
        $Version
    )

    Copy-Item -Path (Get-ModuleFolder) -Destination $Destination -Recurse
    Edit-Assembly -Path (Join-Path -Path $Destination -ChildPath 'bin/RevisionTools.Loader.dll') -Change {
        param ($bytes, $metadata)
        $build = $metadata.GetGuid($metadata.GetModuleDefinition().Mvid).ToByteArray()
        $index = [System.Convert]::ToHexString($bytes).IndexOf([System.Convert]::ToHexString($build)) / 2
        $bytes[$index] = $bytes[$index] -bxor 0xFF
    }
    if ($Version) {
        $manifest = Join-Path -Path $Destination -ChildPath 'RevisionTools.psd1'
        (Get-Content -Path $manifest -Raw) -replace "(?m)^(\s*ModuleVersion\s*=\s*)'[^']*'", "`$1'$Version'" | Set-Content -Path $manifest -NoNewline
        foreach ($name in 'Core', 'Cmdlets', 'Sandbox') {
            Edit-Assembly -Path (Join-Path -Path $Destination -ChildPath "bin/lib/RevisionTools.$name.dll") -Change {
                param ($bytes, $metadata, $start)
                # The row of the assembly begins with four bytes of another kind, and the major version.
                $row = [System.Reflection.Metadata.Ecma335.MetadataReaderExtensions]::GetTableMetadataOffset($metadata, 'Assembly')
                [System.BitConverter]::GetBytes([uint16]$Version.Major).CopyTo($bytes, $start + $row + 4)
            }
        }
    }
}

function Invoke-InNewProcess {
    <#
    .SYNOPSIS
        Runs script text in a PowerShell that has loaded nothing yet; gives what its line of JSON says.
    .PARAMETER Script
        The text. $module holds the path of the manifest.
    .PARAMETER Variable
        Text variables that the script finds set.
    .PARAMETER AllowPrompt
        Does not tell the process that nobody is there; its input has ended all the same.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param (
        [Parameter(Mandatory)]
        [string]
        $Script,

        [Parameter()]
        [hashtable]
        $Variable = @{},

        [Parameter()]
        [switch]
        $AllowPrompt
    )

    $values = @{ module = Join-Path -Path (Get-ModuleFolder) -ChildPath 'RevisionTools.psd1' } + $Variable
    $assignments = $values.GetEnumerator() | ForEach-Object -Process { "`$$($_.Key) = '$($_.Value -replace "'", "''")'" }
    $text = (@('$ErrorActionPreference = ''Stop''', '$ProgressPreference = ''SilentlyContinue''') + $assignments + $Script) -join "`n"
    $encoded = [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))
    $switches = @('-NoProfile') + ($AllowPrompt ? @() : @('-NonInteractive')) + @('-OutputFormat', 'Text', '-EncodedCommand', $encoded)

    # PowerShell puts its own folder first on the PATH, so this is the one that runs the tests; as a tool of .NET its process is dotnet.
    $output = $null | & pwsh $switches 2>&1
    $lines = @($output | ForEach-Object -Process { "$_" })
    if ($env:REVISIONTOOLS_SAID) {
        $lines | Add-Content -LiteralPath $env:REVISIONTOOLS_SAID
    }

    if ($LASTEXITCODE -ne 0) {
        throw "The process ended with $LASTEXITCODE`: $($lines -join "`n")"
    }

    # Tables that a script leaves open end after its last line.
    return $lines -match '^[\[{]' | Select-Object -Last 1 | ConvertFrom-Json
}

Export-ModuleMember -Function 'Copy-AsAnotherBuild', 'Get-BuiltFolder', 'Get-ModuleFolder', 'Invoke-InNewProcess'
