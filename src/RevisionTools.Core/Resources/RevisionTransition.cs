namespace RevisionTools;

/// <summary>A revision has gone from one stage to another.</summary>
public sealed record RevisionTransition
{
    /// <summary>The revision's full name, <c>app--suffix</c>.</summary>
    public required string RevisionName { get; init; }

    /// <summary>The app it belongs to.</summary>
    public required string ContainerAppName { get; init; }

    /// <summary>The resource group of the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription of the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The revision's Azure resource id; compare it without case.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The stage before; null for the first that was seen of it. The same as <see cref="To"/> where only weights or labels have changed.</summary>
    public RevisionStage? From { get; init; }

    /// <summary>The stage now; <c>Removed</c> for one that is gone.</summary>
    public RevisionStage To { get; init; }

    /// <summary>When it was seen (UTC). It may have come about since the look before.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Why it is in that stage, or what has changed of its traffic.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The revision as it was seen; for one that is gone, as it was seen last.</summary>
    public required Revision Revision { get; init; }

    /// <summary>The transition in words.</summary>
    public override string ToString() => From is null ? $"{RevisionName}: {To}" : $"{RevisionName}: {From} -> {To}";
}
