# Calls on the sample fleet that send writes if nothing keeps them from it, by command: all that change something in Azure.
@{
    'Invoke-AcaRevisionPrune' = @(
        'Invoke-AcaRevisionPrune -ContainerAppName * -KeepLast 1'
        'Get-AcaApp | Invoke-AcaRevisionPrune -KeepLast 1 -IncludeLabelled -IncludeEventConsumer -Wait'
        'Get-AcaRevision -Stage Ready | Invoke-AcaRevisionPrune -KeepLast 1 -Confirm:$false'
    )
    'New-AcaRevision' = @(
        'New-AcaRevision -ContainerAppName web-shop -Image contososhop.azurecr.io/shop:5.8.0 -Suffix new -Wait'
        'Get-AcaRevision -ContainerAppName web-checkout -Name v2-12 | New-AcaRevision -MaxReplica 3 -Label test'
        'Get-AcaApp -Name api-catalog | New-AcaRevision -Cpu 1 -Memory 2Gi -PinTraffic'
    )
    'Remove-AcaRevisionLabel' = @(
        'Remove-AcaRevisionLabel -ContainerAppName web-checkout -Label canary, previous'
        'Get-AcaRevision -ContainerAppName web-checkout | Remove-AcaRevisionLabel'
    )
    'Restart-AcaRevision' = @(
        'Get-AcaRevision -Active | Restart-AcaRevision'
        'Restart-AcaRevision web-checkout -AllActive'
    )
    'Set-AcaRevisionLabel' = @(
        'Set-AcaRevisionLabel -ContainerAppName web-checkout -Name v2-13 -Label canary -Force'
        'Get-AcaRevision -ContainerAppName web-shop -Latest | Set-AcaRevisionLabel -Label live'
    )
    'Set-AcaRevisionMode' = @(
        'Set-AcaRevisionMode Single web-shop'
        'Get-AcaApp -ResourceGroupName rg-data | Set-AcaRevisionMode Multiple -Wait'
        'Set-AcaRevisionMode Single web-checkout -Force -Confirm:$false'
    )
    'Set-AcaRevisionRetention' = @(
        'Set-AcaRevisionRetention web-shop -MaxInactive 10'
        'Get-AcaApp api* | Set-AcaRevisionRetention -MaxInactive 3 -KeepSince 1d -Confirm:$false'
    )
    'Set-AcaRevisionState' = @(
        'Get-AcaRevision -Stage Ready | Set-AcaRevisionState Inactive -Wait'
        'Get-AcaRevision -ContainerAppName api-catalog -Stage Inactive | Set-AcaRevisionState Active -PassThru'
        'Set-AcaRevisionState Inactive -ContainerAppName web-checkout -Name web-checkout--v2-13 -Force'
    )
    'Set-AcaTraffic' = @(
        'Set-AcaTraffic -ContainerAppName web-checkout -Weight @{ canary = 50 } -Remainder stable'
        'Get-AcaApp -Name web-search | Set-AcaTraffic -To web-search--0000003'
        '$table = Get-AcaTraffic web-checkout | ConvertTo-Json -Depth 4 | ConvertFrom-Json; $table.Entries[0].Weight = 80; $table.Entries[1].Weight = 20; $table | Set-AcaTraffic'
    )
    'Switch-AcaRevisionLabel' = @(
        'Switch-AcaRevisionLabel -ContainerAppName web-checkout -Label stable -With canary'
    )
    'Undo-AcaRevisionPrune' = @(
        '$file = "./$(New-Guid).jsonl"; $null = Invoke-AcaRevisionPrune web-shop -KeepLast 3 -JournalPath $file -Confirm:$false -WhatIf:$false; (Get-AcaContext).Sandbox.ClearRequests(); Undo-AcaRevisionPrune -JournalPath $file'
    )
}
