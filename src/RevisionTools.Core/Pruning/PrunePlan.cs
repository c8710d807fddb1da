namespace RevisionTools;

/// <summary>What a retention policy means for one app: a decision with reasons for every revision. Making it changes nothing.</summary>
public sealed record PrunePlan
{
    private readonly PrunePlanEntry[] _entries = [];

    /// <summary>The app.</summary>
    public required string ContainerAppName { get; init; }

    /// <summary>The resource group of the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription of the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The app's Azure resource id.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The app's revision mode when it was read.</summary>
    public required string RevisionMode { get; init; }

    /// <summary>The policy.</summary>
    public required RetentionPolicy Policy { get; init; }

    /// <summary>When the plan was made (UTC); ages are measured from here.</summary>
    public required DateTimeOffset CreatedTime { get; init; }

    /// <summary>One entry for each revision, oldest first.</summary>
    public required IReadOnlyList<PrunePlanEntry> Entries
    {
        get => _entries;
        init => _entries = IndexableList.Of(value);
    }

    /// <summary>How many revisions stay because of a keep rule.</summary>
    public int KeepCount => Count(PruneDecision.Keep);

    /// <summary>How many revisions are to be deactivated.</summary>
    public int DeactivateCount => Count(PruneDecision.Deactivate);

    /// <summary>How many revisions no rule keeps but an interlock protects.</summary>
    public int BlockedCount => Count(PruneDecision.Blocked);

    /// <summary>How many revisions are inactive already, or going down.</summary>
    public int InactiveCount => Count(PruneDecision.Inactive);

    /// <summary>The app and the counts.</summary>
    public override string ToString() => $"{ContainerAppName}: keep {KeepCount}, deactivate {DeactivateCount}, blocked {BlockedCount}, inactive {InactiveCount}";

    private int Count(PruneDecision decision) => Entries.Count(entry => entry.Decision == decision);
}
