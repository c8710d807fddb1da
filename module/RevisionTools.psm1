#Requires -Version 7.4
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$importModule = $ExecutionContext.InvokeCommand.GetCmdlet('Microsoft.PowerShell.Core\Import-Module')
$removeModule = $ExecutionContext.InvokeCommand.GetCmdlet('Microsoft.PowerShell.Core\Remove-Module')

# One process keeps the Loader that came first, also when another version of the module is imported later.
if (-not ('RevisionTools.Loader.ModuleLoadContext' -as [type])) {
    $null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/RevisionTools.Loader.dll")
}

# Both assemblies go to Import-Module, so that users can name the types of Core, too.
$innerModules = foreach ($name in 'RevisionTools.Core', 'RevisionTools.Cmdlets') {
    $assembly = [RevisionTools.Loader.ModuleLoadContext]::LoadAssembly("$PSScriptRoot/bin/lib/$name.dll")
    & $importModule -Assembly $assembly -PassThru
}

# An inner module that stays behind would make the next import export nothing (PowerShell issue 20710).
$ExecutionContext.SessionState.Module.OnRemove = {
    & $removeModule -ModuleInfo $innerModules -ErrorAction Ignore
}
