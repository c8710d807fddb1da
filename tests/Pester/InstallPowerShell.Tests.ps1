#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Install-PowerShell' -Skip:$IsWindows {
    BeforeAll {
        $script = "$PSScriptRoot/../../.ci/Install-PowerShell.ps1"
        $architecture = "$([System.Runtime.InteropServices.RuntimeInformation]::OSArchitecture)".ToLowerInvariant()
        $name = "powershell-7.4.0-$($IsMacOS ? 'osx' : 'linux')-$architecture.tar.gz"
        $null = New-Item -Path "$TestDrive/content" -ItemType Directory
        Set-Content -Path "$TestDrive/content/pwsh" -Value "#!/bin/sh`necho started"
        & tar -czf "$TestDrive/archive" -C "$TestDrive/content" pwsh
        $hash = (Get-FileHash -Path "$TestDrive/archive" -Algorithm SHA256).Hash.ToLowerInvariant()
        if (-not ('RevisionTools.Testing.LoopbackServer' -as [type])) {
            Add-Type -Path "$PSScriptRoot/LoopbackServer.cs"
        }

        $server = [RevisionTools.Testing.LoopbackServer]::new()
        $source = $server.Address
        $server.AnswerFile("/v7.4.0/$name", [System.IO.File]::ReadAllBytes("$TestDrive/archive"))

        function Publish-Hash {
            param ([string] $Text)
            $server.AnswerFile('/v7.4.0/hashes.sha256', [System.Text.Encoding]::ASCII.GetBytes($Text))
        }
    }

    AfterAll {
        $server.Dispose()
    }

    It 'expands a release whose hash fits' {
        Publish-Hash -Text "$('0' * 64) *$name.sig`n$hash *$name`n"
        $executable = & $script -Version '7.4.0' -Destination "$TestDrive/good" -Source $source
        & $executable | Should -Be 'started'
        Get-ChildItem -Path "$TestDrive/good" | Should -HaveCount 1
    }

    It 'refuses a release whose hash does not, and leaves nothing of it' {
        Publish-Hash -Text "$('0' * 64) *$name`n"
        { & $script -Version '7.4.0' -Destination "$TestDrive/bad" -Source $source } | Should -Throw '*is not the file whose hash*'
        "$TestDrive/bad" | Should -Not -Exist
    }

    It 'does not write into a folder that is there' {
        { & $script -Version '7.4.0' -Destination "$TestDrive" -Source $source } | Should -Throw '*is there already*'
    }
}
