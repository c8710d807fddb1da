#Requires -Version 7.4

# Each line here is paid for at each import. No type is named but [type]: for a name that it has no accelerator for, PowerShell looks through
# every assembly of the process, and that alone would cost as much as all the rest.
$ErrorActionPreference = 'Stop'
try {
    $assembly = [type]::GetType('System.Reflection.Assembly')::LoadFrom("$PSScriptRoot/bin/RevisionTools.Loader.dll")
    $loader = $assembly.GetType('RevisionTools.Loader.ModuleLoadContext')
}
catch {
    # One process keeps the Loader that came first, also when another version of the module is imported later.
    $loader = 'RevisionTools.Loader.ModuleLoadContext' -as [type]
    if (-not $loader -or "$($_.Exception.InnerException)" -notlike 'System.IO.FileLoadException*') {
        throw
    }
}

# Both assemblies go to Import-Module, so that users can name the types of Core, too.
$innerModules = Microsoft.PowerShell.Core\Import-Module -PassThru -Assembly @(
    $loader::LoadAssembly("$PSScriptRoot/bin/lib/RevisionTools.Core.dll")
    $loader::LoadAssembly("$PSScriptRoot/bin/lib/RevisionTools.Cmdlets.dll")
)

# An inner module that stays behind would make the next import export nothing (https://github.com/PowerShell/PowerShell/issues/20710).
$ExecutionContext.SessionState.Module.OnRemove = {
    Microsoft.PowerShell.Core\Remove-Module -ModuleInfo $innerModules -ErrorAction Ignore
}
