#Requires -Version 7.4
<#
.SYNOPSIS
    Installs the modules that the tests need, for the current user, where they are missing.
#>
[CmdletBinding()]
param ()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

foreach ($needed in @{ Name = 'Pester'; Least = '5.5.0'; Version = '[5.5.0, 6.0.0)' }, @{ Name = 'PSScriptAnalyzer'; Least = '1.21.0'; Version = '[1.21.0, 2.0.0)' }) {
    if (-not (Get-Module -Name $needed.Name -ListAvailable | Where-Object -Property Version -GE -Value ([version]$needed.Least))) {
        Install-PSResource -Name $needed.Name -Version $needed.Version -Repository 'PSGallery' -Scope CurrentUser -TrustRepository
    }
}
