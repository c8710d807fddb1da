#Requires -Version 7.4
<#
.SYNOPSIS
    Installs PSScriptAnalyzer for the current user where it is missing. The tests leave out what needs it without it.
#>
[CmdletBinding()]
param ()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

if (-not (Get-Module -Name 'PSScriptAnalyzer' -ListAvailable | Where-Object -Property Version -GE -Value ([version]'1.21.0'))) {
    Install-PSResource -Name 'PSScriptAnalyzer' -Version '[1.21.0, 2.0.0)' -Repository 'PSGallery' -Scope CurrentUser -TrustRepository
}
