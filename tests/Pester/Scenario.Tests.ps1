#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Connect-AcaAccount -Sandbox -Scenario' {
    BeforeAll {
        Push-Location -LiteralPath $TestDrive
        Set-Content -LiteralPath 'two apps.json' -Value @'
{
    "time": "2026-01-15T09:00:00Z",
    "apps": [
        { "resourceGroup": "rg", "name": "one", "revisions": [{ "suffix": "a", "createdTime": "-P3D", "image": "one:1" }] },
        { "resourceGroup": "rg", "name": "two", "revisions": [{ "suffix": "a", "createdTime": "-P3D", "image": "two:1" }] }
    ]
}
'@
        Set-Content -LiteralPath 'bad.json' -Value '{ "apps": [{ "resourceGroup": "rg", "name": "one", "revisions": [{ "suffix": "a", "createdTime": "soon" }] }] }'
    }

    AfterAll {
        Pop-Location
    }

    It 'starts from the file, found from where the prompt stands, at its time' {
        $context = Connect-AcaAccount -Sandbox -Scenario './two apps.json'

        (Get-AcaApp).Name | Should -Be 'one', 'two'
        $context.Sandbox.Clock.GetUtcNow() | Should -BeLessThan ([datetimeoffset]'2026-01-15T10:00:00Z')
        (Get-AcaRevision -ContainerAppName one).CreatedTime | Should -Be ([datetimeoffset]'2026-01-12T09:00:00Z')
    }

    It 'can begin again where another sandbox was' {
        $sandbox = Connect-FreshSandbox
        $null = Set-AcaRevisionState -ContainerAppName web-shop -Name web-shop--0000004 -State Inactive -Confirm:$false
        $sandbox.Export().ToJson() | Set-Content -LiteralPath 'copy.json'

        $null = Connect-AcaAccount -Sandbox -Scenario copy.json

        (Get-AcaRevision -ContainerAppName web-shop -Name web-shop--0000004).Stage | Should -BeIn 'Inactive', 'Deactivating'
        @(Get-AcaApp).Count | Should -Be 11
    }

    It 'takes chance from -Seed' {
        $fleets = 7, 7, 8 | ForEach-Object -Process { (Connect-AcaAccount -Sandbox -Scenario 'two apps.json' -Seed $_).Sandbox.Export().ToJson() -replace '"time".*' -replace '"(until|since)".*' }

        ($fleets[0] -split "`n" | Select-String -SimpleMatch '"seed"').Line.Trim() | Should -Be '"seed": 7,'
        ($fleets[2] -split "`n" | Select-String -SimpleMatch '"seed"').Line.Trim() | Should -Be '"seed": 8,'
        $fleets[0] | Should -Be $fleets[1]
    }

    It 'says in one line where a file is wrong, and leaves the connection as it was' {
        $before = Connect-FreshSandbox
        $thrown = { Connect-AcaAccount -Sandbox -Scenario bad.json } |
            Should -Throw -ErrorId 'InvalidScenario,RevisionTools.Cmdlets.ConnectAcaAccountCommand' -PassThru

        $thrown.CategoryInfo.Category | Should -Be 'InvalidData'
        $thrown.TargetObject | Should -Be (Join-Path -Path $TestDrive -ChildPath 'bad.json')
        $thrown.Exception.Message | Should -BeLike '$.apps`[0`].revisions`[0`].createdTime: an ISO 8601 time*'
        $thrown.Exception.Message | Should -Not -Match "`n"
        $thrown.ErrorDetails.RecommendedAction | Should -BeLike '*scenarios.md*'
        (Get-AcaContext).Sandbox | Should -Be $before
    }

    It 'says that a file is not there' {
        { Connect-AcaAccount -Sandbox -Scenario none.json } | Should -Throw -ErrorId 'InvalidScenario,*' -ExpectedMessage '*none.json*'
    }
}
