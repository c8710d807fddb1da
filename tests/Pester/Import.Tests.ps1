#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Importing' {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
        $expected = (Import-PowerShellDataFile -Path (Join-Path -Path (Get-ModuleFolder) -ChildPath 'RevisionTools.psd1')).CmdletsToExport.Count
    }

    It 'works again with -Force, and leaves no inner module in the table' {
        $result = Invoke-InNewProcess -Script @'
            Import-Module -Name $module
            Import-Module -Name $module -Force
            Import-Module -Name $module -Force
            Connect-AcaAccount -Sandbox
            ConvertTo-Json -InputObject @{
                Commands = @(Get-Command -Module RevisionTools).Count
                Modules = @(Get-Module | Where-Object Name -Like 'dynamic_code_module*').Count
                Apps = @(Get-AcaApp).Count
            } -Compress
'@
        $result.Commands | Should -Be $expected
        $result.Modules | Should -Be 0
        $result.Apps | Should -BeGreaterThan 0
    }

    It 'works after Remove-Module, which takes every command with it' {
        $result = Invoke-InNewProcess -Script @'
            Import-Module -Name $module
            Remove-Module -Name RevisionTools
            $between = @(Get-Command -Name '*-Aca*' -ListImported).Count
            $left = @(Get-Module -All | Where-Object Name -Match 'RevisionTools|dynamic_code_module').Count
            Import-Module -Name $module
            ConvertTo-Json -InputObject @{
                Between = $between
                Left = $left
                Commands = @(Get-Command -Module RevisionTools).Count
            } -Compress
'@
        $result.Between | Should -Be 0
        $result.Left | Should -Be 0
        $result.Commands | Should -Be $expected
    }

    It 'is not led astray by functions and aliases of the user' {
        $result = Invoke-InNewProcess -Script @'
            $import = Get-Command -Name Import-Module -CommandType Cmdlet
            $remove = Get-Command -Name Remove-Module -CommandType Cmdlet
            function global:Remove-Module { throw 'not the one of PowerShell' }
            Set-Alias -Name Import-Module -Value Get-Date -Scope Global
            & $import -Name $module
            & $import -Name $module -Force
            $commands = @(Get-Command -Module RevisionTools).Count
            & $remove -Name RevisionTools
            ConvertTo-Json -InputObject @{
                Commands = $commands
                Left = @(Get-Module | Where-Object Name -Match 'RevisionTools|dynamic_code_module').Count
            } -Compress
'@
        $result.Commands | Should -Be $expected
        $result.Left | Should -Be 0
    }

    It 'happens by itself when a command is used' {
        $result = Invoke-InNewProcess -Script @'
            $env:PSModulePath = (Split-Path -Path $module | Split-Path | Split-Path) + [System.IO.Path]::PathSeparator + $env:PSModulePath
            $null = Get-Help -Name Get-AcaApp
            Connect-AcaAccount -Sandbox
            ConvertTo-Json -InputObject @{ Source = (Get-Command -Name Get-AcaApp).Source } -Compress
'@
        $result.Source | Should -Be 'RevisionTools'
    }

    It 'works in a second runspace, in parallel runspaces and in a job' {
        $result = Invoke-InNewProcess -Script @'
            Import-Module -Name $module
            $second = [powershell]::Create()
            $inSecond = $second.AddScript('param ($module) Import-Module -Name $module; Connect-AcaAccount -Sandbox; @(Get-AcaApp).Count').AddArgument($module).Invoke()
            $second.Dispose()
            $inParallel = 1..3 | ForEach-Object -Parallel { Import-Module -Name $using:module; Connect-AcaAccount -Sandbox; @(Get-AcaApp).Count }
            $job = Start-Job -ScriptBlock { Import-Module -Name $using:module; $null = Connect-AcaAccount -Sandbox; @(Get-AcaApp).Count }
            $inJob = Receive-Job -Job $job -Wait
            ConvertTo-Json -InputObject @{ Second = [int]$inSecond[-1]; Parallel = @($inParallel | Where-Object { $_ -is [int] }); Job = [int]$inJob } -Compress
'@
        $result.Second | Should -BeGreaterThan 0
        $result.Parallel | Should -HaveCount 3
        $result.Parallel | Where-Object -FilterScript { $_ -ne $result.Second } | Should -BeNullOrEmpty
        $result.Job | Should -Be $result.Second
    }

    It 'really loads another copy that is imported later, through the loader that came first' {
        $copy = Join-Path -Path $TestDrive -ChildPath 'RevisionTools'
        Copy-AsAnotherBuild -Destination $copy
        $result = Invoke-InNewProcess -Variable @{ copy = "$copy/RevisionTools.psd1" } -Script @'
            Import-Module -Name $module
            $first = (Get-Command -Name Get-AcaApp).ImplementingType.Assembly.Location
            Remove-Module -Name RevisionTools
            Import-Module -Name $copy
            $second = (Get-Command -Name Get-AcaApp).ImplementingType.Assembly.Location
            Remove-Module -Name RevisionTools
            Import-Module -Name $module
            ConvertTo-Json -InputObject @{
                First = $first
                Second = $second
                Third = (Get-Command -Name Get-AcaApp).ImplementingType.Assembly.Location
                Loaders = @([System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'RevisionTools.Loader' }).Count
            } -Compress
'@
        $result.Second | Should -Be (Join-Path -Path $copy -ChildPath 'bin/lib/RevisionTools.Cmdlets.dll')
        $result.Third | Should -Be $result.First
        $result.Third | Should -Not -Be $result.Second
        $result.Loaders | Should -Be 1
    }

    It 'does not pass over a loader that is missing, though that of another copy is there' {
        $copy = Join-Path -Path (New-Item -Path "$TestDrive/incomplete" -ItemType Directory) -ChildPath 'RevisionTools'
        Copy-Item -Path (Get-ModuleFolder) -Destination $copy -Recurse
        Remove-Item -Path "$copy/bin/RevisionTools.Loader.dll"
        $result = Invoke-InNewProcess -Variable @{ copy = "$copy/RevisionTools.psd1" } -Script @'
            Import-Module -Name $module
            Remove-Module -Name RevisionTools
            $message = try { Import-Module -Name $copy; '' } catch { "$_" }
            ConvertTo-Json -InputObject @{ Message = $message } -Compress
'@
        $result.Message | Should -BeLike '*RevisionTools.Loader.dll*'
    }

    It 'lets functions and catch blocks name the types of the module' {
        $result = Invoke-InNewProcess -Script @'
            Import-Module -Name $module
            $function = [scriptblock]::Create('param ([RevisionTools.Revision] $Revision) "given"')
            $caught = try { throw [System.Management.Automation.RuntimeException]::new('x') }
            catch [RevisionTools.RevisionToolsException] { 'ours' }
            catch { 'other' }
            ConvertTo-Json -InputObject @{ Typed = & $function; Caught = $caught } -Compress
'@
        $result.Typed | Should -Be 'given'
        $result.Caught | Should -Be 'other'
    }
}
