@{
    RootModule           = 'RevisionTools.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '6f5c7c2e-0f3b-4a52-9c55-3b7c2d6a91e4'
    Author               = 'The RevisionTools contributors'
    CompanyName          = 'RevisionTools'
    Copyright            = '(c) The RevisionTools contributors. MIT licence.'
    Description          = 'Looks after the revisions of Azure Container Apps: shows what stage each revision is in and why, makes new ones and waits until they are ready, splits traffic and moves labels without outages, activates, deactivates and restarts safely, and prunes old revisions by policy. Nothing that carries traffic, holds a label or still consumes events is pruned by accident. A sandbox in memory lets you try and test everything without an Azure subscription.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('RevisionTools.Format.ps1xml')
    CmdletsToExport      = @(
        'Compare-AcaRevision'
        'Connect-AcaAccount'
        'Disconnect-AcaAccount'
        'Export-AcaTraffic'
        'Get-AcaApp'
        'Get-AcaContext'
        'Get-AcaFunction'
        'Get-AcaLabelHistory'
        'Get-AcaReplica'
        'Get-AcaRevision'
        'Get-AcaTraffic'
        'Invoke-AcaRevisionPrune'
        'New-AcaRetentionPolicy'
        'New-AcaRevision'
        'Remove-AcaRevisionLabel'
        'Restart-AcaRevision'
        'Set-AcaRevisionLabel'
        'Set-AcaRevisionMode'
        'Set-AcaRevisionRetention'
        'Set-AcaRevisionState'
        'Set-AcaTraffic'
        'Switch-AcaRevisionLabel'
        'Test-AcaChangeScope'
        'Test-AcaRevision'
        'Undo-AcaRevisionPrune'
        'Wait-AcaRevision'
        'Watch-AcaRevision'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @(
                'Azure'
                'ContainerApps'
                'ContainerApp'
                'ACA'
                'Revision'
                'Traffic'
                'Canary'
                'Deployment'
                'Prune'
                'PSEdition_Core'
                'Windows'
                'Linux'
                'MacOS'
            )
            LicenseUri   = 'https://github.com/revisiontools/RevisionTools/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/revisiontools/RevisionTools'
            ReleaseNotes = 'https://github.com/revisiontools/RevisionTools/blob/main/CHANGELOG.md'
        }
    }
}
