#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    # Examples that cannot be run here, word by word, and why. They are parsed and bound all the same.
    $unrunnable = @{
        "Connect-AcaAccount -SubscriptionId 'Contoso Production'" = 'it signs in to Azure'
        'Connect-AcaAccount -AccessToken (Get-AzAccessToken -ResourceUrl https://management.azure.com -AsSecureString).Token' = 'the token is for Azure, and comes from a module that need not be there'
        "`$server = Get-Content ./ready.json | ConvertFrom-Json`nConnect-AcaAccount -Endpoint `$server.endpoint -AccessToken (ConvertTo-SecureString `$server.token -AsPlainText)" = 'it needs a server; Server.Tests.ps1 connects to one'
    }
    $commands = foreach ($command in Get-Command -Module 'RevisionTools') {
        $codes = @((Get-Help -Name $command.Name -Examples).examples.example | ForEach-Object -Process { $_.code -replace "`r" })
        @{ Name = $command.Name; Codes = $codes; Unrunnable = @($codes | Where-Object -FilterScript { $unrunnable[$_] }) }
    }
    $examples = foreach ($command in $commands) {
        foreach ($code in $command.Codes) {
            @{ Name = $command.Name; Code = $code; Reason = $unrunnable[$code] }
        }
    }
    $unrun = $examples | Where-Object -FilterScript { $_.Reason }
    $run = $examples | Where-Object -FilterScript { -not $_.Reason }
    $exceptions = $unrunnable.Keys | ForEach-Object -Process { @{ Code = $_; Known = $_ -in $commands.Codes } }
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    # As a reader would run it: connected to a fresh sandbox, in a folder of its own.
    function Invoke-Example {
        param ([object] $Session, [string] $Code)
        return Invoke-TestCommand -Session $Session -Script "`$ConfirmPreference = 'None'; Set-Location -LiteralPath '$TestDrive'`n$Code"
    }

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
        $session = Open-TestSession
        try {
            Add-SetRecorder -Session $session
            $null = Invoke-Example -Session $session -Code $Code
            $bound = (Invoke-TestCommand -Session $session -Script '$global:BoundSets').Output
        }
        finally {
            Close-TestSession -Session $session
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
    It 'binds, though <Reason>: <Code>' {
        Get-StaticSet -Name $Name -Code $Code | Should -HaveCount 1
    }
}

Describe 'An example of <Name> on a fresh sandbox' -ForEach $run {
    It 'runs as it stands: <Code>' {
        $session = Open-TestSession
        try {
            $before = (Invoke-TestCommand -Session $session -Script 'Get-AcaContext').Output
            $result = Invoke-Example -Session $session -Code $Code
            $result.Failure | Should -BeNullOrEmpty
            $result.Errors | Should -BeNullOrEmpty
            $effects = @(
                $result.Output
                Get-SandboxWrite -Sandbox $session.Sandbox
                @($session.Host.Screen) -like 'What if: Performing the operation*'
                if ($before -and -not (Invoke-TestCommand -Session $session -Script 'Get-AcaContext').Output) { 'disconnected' }
            )
            $effects | Should -Not -BeNullOrEmpty
        }
        finally {
            Close-TestSession -Session $session
        }
    }
}

Describe 'The examples of <Name>' -ForEach $commands {
    It 'show every parameter set' {
        $shown = foreach ($code in $Codes) {
            if ($code -in $Unrunnable) { Get-StaticSet -Name $Name -Code $code } else { Get-BoundSet -Name $Name -Code $code }
        }
        $missing = (Get-Command -Name $Name).ParameterSets.Name | Where-Object -FilterScript { $_ -notin $shown }
        $missing | Should -BeNullOrEmpty
    }
}

Describe 'The list of examples that cannot run' {
    It 'names only examples that are there: <Code>' -ForEach $exceptions {
        $Known | Should -BeTrue
    }
}
