#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Shared.psm1" -Force
    Import-Module -Name "$PSScriptRoot/Harness.psm1" -Force
    Import-Module -Name (Get-ModuleManifestPath) -Force

    function Save-File {
        param ([string] $Text)
        $path = Join-Path -Path $TestDrive -ChildPath 'file.json'
        Set-Content -Path $path -Value $Text
        return $path
    }
}

AfterAll {
    Disconnect-AcaAccount
}

Describe 'Compare-AcaRevision' {
    BeforeAll {
        $sandbox = Connect-FreshSandbox
    }

    It 'compares two revisions by name: <Reference> <Difference> <App>' -ForEach @(
        @{ Reference = 'web-checkout--v2-14'; Difference = 'web-checkout--v2-15'; App = @{ } }
        @{ Reference = 'web-checkout--v2-14'; Difference = 'v2-15'; App = @{ } }
        @{ Reference = 'v2-14'; Difference = 'v2-15'; App = @{ ContainerAppName = 'web-checkout' } }
        @{ Reference = 'v2-14'; Difference = 'v2-15'; App = @{ ContainerAppName = 'web-checkout'; ResourceGroupName = 'rg-shop' } }
    ) {
        $found = Compare-AcaRevision $Reference $Difference @App -ErrorAction Stop
        $found | Should -HaveCount 1
        $found | Should -BeOfType ([RevisionTools.RevisionDifference])
        $found.Path | Should -Be 'containers[web-checkout].image'
        $found.Kind | Should -Be 'Changed'
        $found.ReferenceValue | Should -Be 'contososhop.azurecr.io/checkout:2.14.0'
        $found.DifferenceValue | Should -Be 'contososhop.azurecr.io/checkout:2.15.0'
        $found.Scope | Should -Be 'Revision'
        $found.Category | Should -Be 'Image'
        $found.ReferenceName, $found.DifferenceName | Should -Be 'web-checkout--v2-14', 'web-checkout--v2-15'
    }

    It 'compares revisions of the pipeline with one, and says nothing of what is the same' {
        $found = Get-AcaRevision -ContainerAppName orders-worker -Active | Compare-AcaRevision -ReferenceRevision (Get-AcaRevision -ContainerAppName orders-worker -Latest)
        $found.DifferenceName | Should -Be 'orders-worker--0000001', 'orders-worker--0000002'
    }

    It 'compares revisions of two apps, and says which consumer disappears' {
        $found = Compare-AcaRevision -ReferenceRevision (Get-AcaRevision -ContainerAppName orders-worker -Latest) -DifferenceRevision (Get-AcaRevision -ContainerAppName func-invoices -Latest)
        $rule = $found | Where-Object -Property Category -EQ ScaleRule
        $rule.Consumer | Should -Be 'azure-servicebus:orders'
        $rule.Kind | Should -Be 'Removed'
        "$rule" | Should -BeLike '*consumer azure-servicebus:orders disappears'
    }

    It 'hides values without -IncludeValue' {
        $found = Compare-AcaRevision -ReferenceRevision orders-worker--0000003 -DifferenceRevision func-invoices--0000004 | Where-Object -Property Path -Like '*QUEUE_NAME*'
        $found.ReferenceValue | Should -Be '(hidden)'
        $found = Compare-AcaRevision -ReferenceRevision orders-worker--0000003 -DifferenceRevision func-invoices--0000004 -IncludeValue | Where-Object -Property Path -Like '*QUEUE_NAME*'
        $found.ReferenceValue | Should -Be 'orders'
    }

    It 'compares with a template file' {
        $path = Save-File -Text '{ "template": { "containers": [ { "name": "web-shop", "image": "a/shop:1" } ], "scale": { "maxReplicas": 10 } } }'
        $found = Get-AcaRevision -ContainerAppName web-shop -Latest | Compare-AcaRevision -TemplatePath $path
        $found.Message | Should -Be 'containers[web-shop].image: contososhop.azurecr.io/shop:5.7.2 -> a/shop:1'
        $found.DifferenceName | Should -Be 'file.json'
    }

    It 'compares with an app in a file, its configuration too' {
        $path = Get-SandboxPath -Sandbox $sandbox -Below web-shop
        $app = Send-SandboxRequest -Sandbox $sandbox -Path $path
        $file = Save-File -Text ($app | ConvertTo-Json -Depth 20)
        Compare-AcaRevision -ReferenceRevision web-shop--0000030 -TemplatePath $file -ErrorAction Stop | Should -BeNullOrEmpty
        $app.properties.configuration.ingress.targetPort = 9090
        $file = Save-File -Text ($app | ConvertTo-Json -Depth 20)
        $found = Compare-AcaRevision -ReferenceRevision web-shop--0000030 -TemplatePath $file
        $found.Message | Should -Be 'configuration.ingress.targetPort: 8080 -> 9090'
        $found.Scope | Should -Be 'Application'
    }

    It 'says where a file is no JSON' {
        $path = Save-File -Text "{`n  `"containers`": [ { name: web } ]`n}"
        Compare-AcaRevision -ReferenceRevision web-shop--0000030 -TemplatePath $path -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidTemplateFile,*'
        $failures[0].Exception.Message | Should -BeLike '*line 2, position 21*'
    }

    It 'reports <Id> for <Difference>, and goes on' -ForEach @(
        @{ Id = 'RevisionNotFound'; Difference = 'web-shop--nope' }
        @{ Id = 'ContainerAppNotFound'; Difference = 'no-app--1' }
        @{ Id = 'InvalidResourceId'; Difference = '/subscriptions/x' }
    ) {
        $found = $Difference, 'web-shop--0000029' | Compare-AcaRevision -ReferenceRevision web-shop--0000030 -ErrorVariable failures -ErrorAction SilentlyContinue
        $found | Should -HaveCount 1
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'sends reads only' {
        $sandbox.WriteCount | Should -Be 0
    }
}

Describe 'Test-AcaChangeScope' {
    BeforeAll {
        $sandbox = Connect-FreshSandbox
    }

    It 'takes <Form>' -ForEach @(
        @{ Form = 'a hashtable'; Patch = { @{ template = @{ scale = @{ minReplicas = 2 } }; configuration = @{ ingress = @{ targetPort = 9090 } } } } }
        @{ Form = 'a hashtable with properties'; Patch = { @{ properties = @{ template = @{ scale = @{ minReplicas = 2 } }; configuration = @{ ingress = @{ targetPort = 9090 } } } } } }
        @{ Form = 'an object'; Patch = { '{ "template": { "scale": { "minReplicas": 2 } }, "configuration": { "ingress": { "targetPort": 9090 } } }' | ConvertFrom-Json } }
        @{ Form = 'JSON'; Patch = { ' { "template": { "scale": { "minReplicas": 2 } }, "configuration": { "ingress": { "targetPort": 9090 } } }' } }
        @{ Form = 'a path'; Patch = { Save-File -Text '{ "template": { "scale": { "minReplicas": 2 } }, "configuration": { "ingress": { "targetPort": 9090 } } }' } }
        @{ Form = 'a file'; Patch = { Get-Item -Path (Save-File -Text '{ "template": { "scale": { "minReplicas": 2 } }, "configuration": { "ingress": { "targetPort": 9090 } } }') } }
    ) {
        foreach ($scope in (Test-AcaChangeScope (& $Patch) web-shop -ErrorAction Stop), (Test-AcaChangeScope (& $Patch) -ErrorAction Stop)) {
            $scope | Should -BeOfType ([RevisionTools.ChangeScope])
            $scope.MakesRevision | Should -BeTrue
            $scope.RevisionFields | Should -Be 'template.scale.minReplicas'
            $scope.ApplicationFields | Should -Be 'configuration.ingress.targetPort'
        }
    }

    It 'holds a change against every app of a pipeline' {
        $scopes = Get-AcaApp -ResourceGroupName rg-shop | Test-AcaChangeScope @{ template = @{ scale = @{ maxReplicas = 10 } } }
        ($scopes | Where-Object -Property MakesRevision).ContainerAppName | Should -Be 'api-catalog', 'api-images'
        ($scopes | Where-Object -Property ContainerAppName -EQ web-shop).Unchanged | Should -Be 'template.scale.maxReplicas'
    }

    It 'needs no connection without an app' {
        Disconnect-AcaAccount
        try {
            (Test-AcaChangeScope @{ configuration = @{ secrets = @(@{ name = 'a'; value = 'topsecret' }) } } -ErrorAction Stop).Warnings | Should -BeLike '*restart*'
            { Test-AcaChangeScope @{ tags = @{ } } web-shop -ErrorAction Stop } | Should -Throw -ErrorId 'NotConnected,*'
        }
        finally {
            $sandbox = Connect-FreshSandbox
        }
    }

    It 'refuses <Patch> as <Id>' -ForEach @(
        @{ Patch = '{ "template": '; Id = 'InvalidTemplateChange' }
        @{ Patch = '[ 1 ]'; Id = 'InvalidTemplateChange' }
        @{ Patch = ' '; Id = 'InvalidTemplateChange' }
        @{ Patch = 42; Id = 'InvalidTemplateChange' }
        @{ Patch = @{ template = [System.Threading.Thread]::CurrentThread }; Id = 'InvalidTemplateChange' }
        @{ Patch = './no-such-file.json'; Id = 'InvalidTemplateFile' }
    ) {
        { Test-AcaChangeScope $Patch -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
    }

    It 'says what is wrong when the app comes first' {
        { Test-AcaChangeScope web-shop @{ template = @{ } } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidTemplateFile,*' `
            -ExpectedMessage "*'web-shop' is neither JSON nor a file that is there*The change comes first*"
        { Test-AcaChangeScope web-shop -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidTemplateFile,*'
    }

    It 'warns that Azure would refuse <_>' -ForEach @{ template = 5 }, @{ template = $null } {
        (Test-AcaChangeScope $_ -ErrorAction Stop).Warnings | Should -BeLike "*Azure would refuse this: 'template' is an object*"
    }

    It 'names an app that is not there' {
        { Test-AcaChangeScope @{ tags = @{ a = 'b' } } no-app -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerAppNotFound,*'
    }
}
