#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Get-AcaFunction' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'gives the functions of the latest revision, and says which that is' {
        $functions = Get-AcaFunction -ContainerAppName func-invoices
        $functions.Name | Should -Be @('PreviewInvoice', 'SendReminders', 'CreateInvoice')
        $functions.TriggerType | Should -Be @('httpTrigger', 'timerTrigger', 'queueTrigger')
        $functions.ScaleSource | Should -Be @('requests', 'schedule', 'storage queue')
        $functions.ConsumesEvents | Should -Be @($false, $true, $true)
        $functions.State | Select-Object -Unique | Should -Be 'Enabled'
        $functions.RevisionName | Select-Object -Unique | Should -Be 'func-invoices--0000004'
        $functions[0].InvokeUrlTemplate | Should -BeLike 'https://func-invoices.*'
    }

    It 'takes wildcards in names and passes over other apps' {
        (Get-AcaFunction -ContainerAppName * -Name *Invoice -ErrorAction Stop).Name | Should -Be @('PreviewInvoice', 'CreateInvoice')
        Get-AcaFunction -ContainerAppName web-* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'gives those of a revision: <Name>' -ForEach @(
        @{ Name = '0000002'; Expected = @('func-invoices--0000002') }
        @{ Name = 'FUNC-invoices--0000002'; Expected = @('func-invoices--0000002') }
        @{ Name = '*[12]'; Expected = @('func-invoices--0000001', 'func-invoices--0000002') }
    ) {
        $functions = Get-AcaFunction -ContainerAppName func-invoices -RevisionName $Name -Name SendReminders
        $functions.RevisionName | Should -Be $Expected
    }

    It 'takes apps, revisions and what is of neither type by the pipe' {
        (Get-AcaApp -Kind FunctionApp | Get-AcaFunction).Count | Should -Be 3
        $revision = Get-AcaRevision -ContainerAppName func-invoices -Name 0000001
        ($revision | Get-AcaFunction -Name Create*).RevisionName | Should -Be 'func-invoices--0000001'
        ([pscustomobject]@{ Id = $revision.ResourceId } | Get-AcaFunction -Name Create*).RevisionName | Should -Be 'func-invoices--0000001'
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($revision, 3))
        ($copy | Get-AcaFunction -Name Create*).RevisionName | Should -Be 'func-invoices--0000001'
    }

    It 'reads all apps when none is named' {
        (Get-AcaFunction -ErrorAction Stop).Count | Should -Be 3
        (Get-AcaLabelHistory -ErrorAction Stop).Count | Should -Be 3
    }

    It 'passes over apps of another kind that come by the pipe' {
        (Get-AcaApp -ErrorAction Stop | Get-AcaFunction -ErrorAction Stop).Count | Should -Be 3
        (Get-AcaRevision -Latest | Get-AcaFunction -ErrorAction Stop).Count | Should -Be 3
        @($sandbox.Requests | Where-Object -Property PathAndQuery -Like '*/functions*').Count | Should -Be 2
    }

    It 'refuses an app of another kind that is named, before it asks for functions, and goes on' {
        $ids = (Get-AcaApp -Name web-shop, func-invoices).ResourceId
        $found = Get-AcaFunction -ResourceId $ids -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Count | Should -Be 3
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'RequestRefused,RevisionTools.Cmdlets.GetAcaFunctionCommand'
        $failures[0].Exception.Message | Should -BeLike "*'web-shop'*ContainerApp*"
        @($sandbox.Requests | Where-Object -Property PathAndQuery -Like '*/functions*').Count | Should -Be 1
    }

    It 'reports a revision that is not there' {
        $null = Get-AcaFunction -ContainerAppName func-invoices -RevisionName none -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'RevisionNotFound,RevisionTools.Cmdlets.GetAcaFunctionCommand'
    }

    It 'reports a function that is not there' {
        $found = Get-AcaFunction -ContainerAppName func-invoices -Name nope, SendReminders -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'SendReminders'
        $failures.FullyQualifiedErrorId | Should -Be 'FunctionNotFound,RevisionTools.Cmdlets.GetAcaFunctionCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}

Describe 'Get-AcaLabelHistory' {
    BeforeEach {
        $sandbox = Connect-FreshSandbox
    }

    It 'gives each time of each label' {
        $records = Get-AcaLabelHistory -ContainerAppName web-checkout
        $records.Label | Should -Be @('canary', 'previous', 'stable')
        $records.RevisionName | Should -Be @('web-checkout--v2-15', 'web-checkout--v2-12', 'web-checkout--v2-14')
        $records.Status | Select-Object -Unique | Should -Be 'Succeeded'
        $records | Where-Object -Property Stop | Should -BeNullOrEmpty
        $records[0].ContainerAppName | Should -Be 'web-checkout'
        $records[0].ResourceGroupName | Should -Be 'rg-shop'
    }

    It 'takes wildcards, apps by the pipe and resource ids' {
        (Get-AcaLabelHistory -ContainerAppName * -Label s*, CAN*).Label | Should -Be @('canary', 'stable')
        (Get-AcaApp | Get-AcaLabelHistory).Count | Should -Be 3
        (Get-AcaLabelHistory -ResourceId (Get-AcaApp web-checkout).ResourceId -Label stable).RevisionName | Should -Be 'web-checkout--v2-14'
    }

    It 'reports a label and an app that are not there' {
        $null = Get-AcaLabelHistory -ContainerAppName web-checkout -Label nope -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be 'LabelNotFound,RevisionTools.Cmdlets.GetAcaLabelHistoryCommand'
        $null = Get-AcaLabelHistory -ContainerAppName nope -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be 'ContainerAppNotFound,RevisionTools.Cmdlets.GetAcaLabelHistoryCommand'
    }
}
