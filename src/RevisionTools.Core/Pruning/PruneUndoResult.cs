namespace RevisionTools;

/// <summary>What became of one revision, or of one app's limit of inactive revisions, when a prune was undone.</summary>
public sealed record PruneUndoResult
{
    /// <summary>The revision's name; null where it is about the app's limit.</summary>
    public string? Name { get; init; }

    /// <summary>The app.</summary>
    public required string ContainerAppName { get; init; }

    /// <summary>The resource group of the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription of the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The Azure resource id of the revision, or of the app where it is about the limit.</summary>
    public required string ResourceId { get; init; }

    /// <summary>What became of it.</summary>
    public required UndoOutcome Outcome { get; init; }

    /// <summary>When the prune sent what this undoes (UTC).</summary>
    public required DateTimeOffset PrunedTime { get; init; }

    /// <summary>The revision's stage when it was last read.</summary>
    public RevisionStage Stage { get; init; }

    /// <summary>The outcome in a sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>Name and outcome.</summary>
    public override string ToString() => $"{Name ?? ContainerAppName}: {Outcome}";
}
