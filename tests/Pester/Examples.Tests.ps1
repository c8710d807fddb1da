#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name "$PSScriptRoot/ExampleRunner.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
    $commands = foreach ($command in Get-Command -Module 'RevisionTools') {
        @{ Name = $command.Name; Examples = @(Get-HelpExample -Name $command.Name) }
    }
    $examples = foreach ($command in $commands) {
        foreach ($example in $command.Examples) {
            @{ Name = $command.Name; Code = $example.Code; Steps = $example.Steps; Reason = Get-UnrunnableReason -Code $example.Code }
        }
    }
    $unrun = $examples | Where-Object -FilterScript { $_.Reason }
    $run = $examples | Where-Object -FilterScript { -not $_.Reason }
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name "$PSScriptRoot/ExampleRunner.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    # Puts a function in front of each cmdlet of a session that has the cmdlet's own parameters, notes the set that was bound and goes on.
    function Add-SetRecorder {
        param ([object] $Session)
        $null = Invoke-TestCommand -Session $Session -Script @'
            $global:BoundSets = [System.Collections.Generic.List[string]]::new()

            function global:Get-ParameterOf {
                param ([string] $Name)
                $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
                $parameters = [System.Management.Automation.RuntimeDefinedParameterDictionary]::new()
                foreach ($parameter in (Get-Command -Name "RevisionTools\$Name").Parameters.Values | Where-Object -Property Name -NotIn -Value $common) {
                    $parameters[$parameter.Name] = [System.Management.Automation.RuntimeDefinedParameter]::new(
                        $parameter.Name, $parameter.ParameterType, [System.Attribute[]] @($parameter.Attributes))
                }

                return $parameters
            }

            foreach ($command in Get-Command -Module 'RevisionTools' -CommandType Cmdlet) {
                $binding = @(
                    if ($command.DefaultParameterSet) { "DefaultParameterSetName = '$($command.DefaultParameterSet)'" }
                    if ($command.Parameters.ContainsKey('WhatIf')) { 'SupportsShouldProcess = $true' }
                ) -join ', '
                Set-Item -Path "function:global:$($command.Name)" -Value ([scriptblock]::Create(@"
                    [CmdletBinding($binding)]
                    param ()
                    dynamicparam {
                        Get-ParameterOf -Name '$($command.Name)'
                    }
                    begin {
                        `$own = Get-Command -Name 'RevisionTools\$($command.Name)' -CommandType Cmdlet
                        `$pipeline = { & `$own @PSBoundParameters }.GetSteppablePipeline(`$MyInvocation.CommandOrigin)
                        `$pipeline.Begin(`$PSCmdlet)
                    }
                    process {
                        `$global:BoundSets.Add('$($command.Name)/' + `$PSCmdlet.ParameterSetName)
                        `$pipeline.Process(`$_)
                    }
                    end {
                        `$pipeline.End()
                    }
"@))
            }
'@
    }

    # The parameter sets of a command that an example really binds.
    function Get-BoundSet {
        param ([string] $Name, [string] $Code)
        $session = Open-ExampleSession -Folder $TestDrive
        try {
            Add-SetRecorder -Session $session
            $null = Invoke-ExampleStep -Session $session -Code $Code
            $bound = (Invoke-TestCommand -Session $session -Script '$global:BoundSets').Output
        }
        finally {
            Close-ExampleSession -Session $session
        }

        return $bound | Where-Object -FilterScript { $_ -like "$Name/*" } | ForEach-Object -Process { ($_ -split '/')[1] } | Select-Object -Unique
    }

    # The parameter set that a command line would bind, as far as it shows without running anything.
    function Get-StaticSet {
        param ([string] $Name, [string] $Code)
        $syntaxErrors = $null
        $script = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $syntaxErrors)
        $syntaxErrors | Should -BeNullOrEmpty
        $calls = $script.FindAll({ param ($node) $node -is [System.Management.Automation.Language.CommandAst] -and $node.GetCommandName() -eq $Name }, $true)
        foreach ($call in $calls) {
            $binding = [System.Management.Automation.Language.StaticParameterBinder]::BindCommand($call, $true)
            $binding.BindingExceptions.Keys | Should -BeNullOrEmpty
            $given = @($binding.BoundParameters.Keys)
            (Get-Command -Name $Name).ParameterSets | Where-Object -FilterScript {
                $parameters = $_.Parameters
                -not ($given | Where-Object -FilterScript { $_ -notin $parameters.Name }) -and
                -not ($parameters | Where-Object -FilterScript { $_.IsMandatory -and $_.Name -notin $given })
            } | Sort-Object -Property IsDefault -Descending | Select-Object -First 1 -ExpandProperty Name
        }
    }
}

Describe 'An example of <Name>' -ForEach $examples {
    It 'is about it: <Code>' {
        $script = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $null)
        $calls = $script.FindAll({ param ($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true)
        @($calls | ForEach-Object -Process { $_.GetCommandName() }) | Should -Contain $Name
    }
}

Describe 'An example of <Name> that cannot run here' -ForEach $unrun {
    BeforeAll {
        $session = Open-ExampleSession -Folder $TestDrive
        try {
            $connection = (Invoke-ExampleStep -Session $session -Code 'Get-AcaContext').Screen -split "`n"
        }
        finally {
            Close-ExampleSession -Session $session
        }
    }

    It 'is of the command that connects, since <Reason>: <Code>' {
        $Name | Should -Be 'Connect-AcaAccount'
    }

    It 'binds, though <Reason>: <Code>' {
        Get-StaticSet -Name $Name -Code $Code | Should -HaveCount 1
    }

    It 'prints a connection as it is shown, though <Reason>: <Code>' {
        $heading, $rule, $row = $Steps[-1].Output -split "`n"
        $heading, $rule | Should -Be $connection[0, 1]
        $row | Should -HaveCount 1
        # Each column begins where its heading does.
        $starts = [regex]::Matches($rule, '-+').Index
        foreach ($start in $starts) {
            $row.Substring($start, 1) | Should -Match '\S'
            $row.Substring([Math]::Max($start - 1, 0), 1) | Should -Match $(if ($start) { ' ' } else { '\S' })
        }
    }
}

Describe 'An example of <Name> on a fresh sandbox' -ForEach $run {
    It 'runs as it stands and prints what the help says: <Code>' {
        $session = Open-ExampleSession -Folder (New-Item -ItemType Directory -Path "$TestDrive/$(New-Guid)").FullName
        try {
            $before = (Invoke-TestCommand -Session $session -Script 'Get-AcaContext').Output
            $screens = foreach ($step in $Steps) {
                $result = Invoke-ExampleStep -Session $session -Code $step.Code
                $result.Failure | Should -BeNullOrEmpty
                $result.Errors | Should -BeNullOrEmpty
                if (-not (Test-ExampleOutput -Expected $step.Output -Actual $result.Screen)) {
                    $result.Screen | Should -Be $step.Output -Because 'that is what the help says; tests/Pester/Update-ExampleOutput.ps1 writes it anew'
                }

                $result.Screen
            }
            $effects = @(
                $screens | Where-Object -FilterScript { $_ }
                Get-SandboxWrite -Sandbox $session.Sandbox
                if ($before -and -not (Invoke-TestCommand -Session $session -Script 'Get-AcaContext').Output) { 'disconnected' }
            )
            $effects | Should -Not -BeNullOrEmpty
        }
        finally {
            Close-ExampleSession -Session $session
        }
    }
}

Describe 'The examples of <Name>' -ForEach $commands {
    It 'show every parameter set, and what it prints where it prints anything' {
        $writes = (Get-Command -Name $Name).OutputType.Name -ne 'System.Void'
        $shown = foreach ($example in $Examples | Where-Object -FilterScript { -not $writes -or $_.Steps.Output -join '' }) {
            if (Get-UnrunnableReason -Code $example.Code) {
                Get-StaticSet -Name $Name -Code $example.Code
            }
            else {
                Get-BoundSet -Name $Name -Code $example.Code
            }
        }
        (Get-Command -Name $Name).ParameterSets.Name | Where-Object -FilterScript { $_ -notin $shown } | Should -BeNullOrEmpty
    }
}
