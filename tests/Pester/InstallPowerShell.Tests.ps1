#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Install-PowerShell' -Skip:$IsWindows {
    BeforeAll {
        $script = "$PSScriptRoot/../../.ci/Install-PowerShell.ps1"
        $architecture = "$([System.Runtime.InteropServices.RuntimeInformation]::OSArchitecture)".ToLowerInvariant()
        $name = "powershell-7.4.0-$($IsMacOS ? 'osx' : 'linux')-$architecture.tar.gz"
        $files = @{}
        $null = New-Item -Path "$TestDrive/content" -ItemType Directory
        Set-Content -Path "$TestDrive/content/pwsh" -Value "#!/bin/sh`necho started"
        & tar -czf "$TestDrive/archive" -C "$TestDrive/content" pwsh
        $files["/v7.4.0/$name"] = [System.IO.File]::ReadAllBytes("$TestDrive/archive")
        $hash = (Get-FileHash -Path "$TestDrive/archive" -Algorithm SHA256).Hash.ToLowerInvariant()

        $port = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $port.Start()
        $source = "http://127.0.0.1:$($port.LocalEndpoint.Port)"
        $port.Stop()
        $listener = [System.Net.HttpListener]::new()
        $listener.Prefixes.Add("$source/")
        $listener.Start()
        $server = Start-ThreadJob {
            $listener = $using:listener
            $files = $using:files
            while ($listener.IsListening) {
                $context = $listener.GetContext()
                $bytes = $files[$context.Request.Url.AbsolutePath]
                if ($bytes) {
                    $context.Response.OutputStream.Write($bytes)
                }
                else {
                    $context.Response.StatusCode = 404
                }

                $context.Response.Close()
            }
        }
    }

    AfterAll {
        $listener.Close()
        $server | Remove-Job -Force
    }

    It 'expands a release whose hash fits' {
        $files['/v7.4.0/hashes.sha256'] = [System.Text.Encoding]::ASCII.GetBytes("$('0' * 64) *$name.sig`n$hash *$name`n")
        $executable = & $script -Version '7.4.0' -Destination "$TestDrive/good" -Source $source
        & $executable | Should -Be 'started'
        Get-ChildItem -Path "$TestDrive/good" | Should -HaveCount 1
    }

    It 'refuses a release whose hash does not, and leaves nothing of it' {
        $files['/v7.4.0/hashes.sha256'] = [System.Text.Encoding]::ASCII.GetBytes("$('0' * 64) *$name`n")
        { & $script -Version '7.4.0' -Destination "$TestDrive/bad" -Source $source } | Should -Throw '*is not the file whose hash*'
        "$TestDrive/bad" | Should -Not -Exist
    }

    It 'does not write into a folder that is there' {
        { & $script -Version '7.4.0' -Destination "$TestDrive" -Source $source } | Should -Throw '*is there already*'
    }
}
