@{
    # All default rules (those of the preset PSGallery among them) and the configurable rules below.
    IncludeDefaultRules = $true
    Severity            = @('Error', 'Warning', 'Information')
    Rules               = @{
        PSUseConsistentIndentation       = @{
            Enable              = $true
            Kind                = 'space'
            IndentationSize     = 4
            PipelineIndentation = 'IncreaseIndentationForFirstPipeline'
        }
        PSUseConsistentWhitespace        = @{
            Enable                                  = $true
            IgnoreAssignmentOperatorInsideHashTable = $true
        }
        PSUseCorrectCasing               = @{
            Enable = $true
        }
        PSPlaceOpenBrace                 = @{
            Enable     = $true
            OnSameLine = $true
        }
        PSPlaceCloseBrace                = @{
            Enable = $true
        }
        PSUseCompatibleSyntax            = @{
            Enable         = $true
            # The newest that the rule knows; it has no lists of the commands and types of PowerShell 7.4, so those rules stay off.
            TargetVersions = @('7.0')
        }
        PSAvoidSemicolonsAsLineTerminators = @{
            Enable = $true
        }
        PSAvoidExclaimOperator           = @{
            Enable = $true
        }
        PSAvoidUsingPositionalParameters = @{
            Enable           = $true
            CommandAllowList = @('Invoke-DotNet')
        }
    }
}
