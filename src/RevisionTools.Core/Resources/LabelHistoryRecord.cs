namespace RevisionTools;

/// <summary>A time during which a label was on a revision.</summary>
/// <remarks>API resource <c>labelHistory</c>, field <c>records</c>; api-version 2026-07-01.</remarks>
public sealed record LabelHistoryRecord
{
    /// <summary>The label.</summary>
    public required string Label { get; init; }

    /// <summary>The revision that it was on; the platform may have purged that since.</summary>
    public string? RevisionName { get; init; }

    /// <summary>When the label came to the revision (UTC).</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>When it left the revision (UTC); null while it is there.</summary>
    public DateTimeOffset? Stop { get; init; }

    /// <summary><c>Succeeded</c>, <c>Failed</c> or <c>Starting</c>; open.</summary>
    public string? Status { get; init; }

    /// <summary>The app that has the label.</summary>
    public required string ContainerAppName { get; init; }

    /// <summary>The resource group of the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription of the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The Azure resource id of the label's history; compare it without case.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Label and revision.</summary>
    public override string ToString() => $"{Label}={RevisionName}";
}
