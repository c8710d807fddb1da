using RevisionTools.Pruning;

namespace RevisionTools;

/// <summary>What a retention policy means for one app: a decision with reasons for every revision. Making it changes nothing.</summary>
public sealed record PrunePlan
{
    private readonly PrunePlanEntry[] _entries = [];

    internal PrunePlan(PruneWorld world, PruneRequest request)
    {
        World = world;
        Request = request;
    }

    /// <summary>The app.</summary>
    public string ContainerAppName => App.Name;

    /// <summary>The resource group of the app.</summary>
    public string ResourceGroupName => App.ResourceGroupName;

    /// <summary>The subscription of the app, a GUID.</summary>
    public string SubscriptionId => App.SubscriptionId;

    /// <summary>The app's Azure resource id.</summary>
    public string ResourceId => App.ResourceId;

    /// <summary>The app's revision mode when it was read.</summary>
    public string RevisionMode => App.RevisionMode;

    /// <summary>The policy.</summary>
    public RetentionPolicy Policy => Request.Policy;

    /// <summary>When the plan was made (UTC); ages are measured from here.</summary>
    public required DateTimeOffset CreatedTime { get; init; }

    /// <summary>One entry for each revision, oldest first.</summary>
    public required IReadOnlyList<PrunePlanEntry> Entries
    {
        get => _entries;
        init => _entries = IndexableList.Of(value);
    }

    /// <summary>What it was made from.</summary>
    internal PruneWorld World { get; }

    /// <summary>What it goes by.</summary>
    internal PruneRequest Request { get; }

    /// <summary>Names of the revisions that could be pruned at all; null for all.</summary>
    internal IReadOnlySet<string>? Selected { get; init; }

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

    private ContainerApp App => World.Snapshot.App;

    private int Count(PruneDecision decision) => Entries.Count(entry => entry.Decision == decision);
}
