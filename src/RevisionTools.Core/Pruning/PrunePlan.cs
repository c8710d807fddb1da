using RevisionTools.Lifecycle;
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

    /// <summary>The Azure cloud of the app, or <c>Sandbox</c>. A plan is carried out in its own cloud only.</summary>
    public string Cloud { get; init; } = "";

    /// <summary>The app's revision mode when it was read.</summary>
    public string RevisionMode => App.RevisionMode;

    /// <summary>The policy.</summary>
    public RetentionPolicy Policy => Request.Policy;

    /// <summary>When the plan was made (UTC); ages are measured from here.</summary>
    public required DateTimeOffset CreatedTime { get; init; }

    /// <summary>The moment that was asked for, where the plan says what would be done then; such a plan cannot be carried out. Null for one of its own time.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>
    /// SHA-256 of all that the plan depends on, in hexadecimal digits: what was read of the app and its revisions, the rules, what was lifted
    /// and selected. Replica counts and the like do not count, so two plans of the same world have the same.
    /// </summary>
    public string Fingerprint => PlanFingerprint.Of(this);

    /// <summary>One entry for each revision, oldest first.</summary>
    public required IReadOnlyList<PrunePlanEntry> Entries
    {
        get => _entries;
        init => _entries = IndexableList.Of(value);
    }

    /// <summary>Who consumes what, over all active revisions.</summary>
    public IReadOnlyList<EventSource> EventSources => IndexableList.Of(EventSourceMap.Of(World.Snapshot));

    /// <summary>The sources that two or more active revisions consume; empty where each has one consumer.</summary>
    public IReadOnlyList<DoubleConsumer> DoubleConsumers => IndexableList.Of(EventSourceMap.Doubles(EventSources));

    /// <summary>What it was made from.</summary>
    internal PruneWorld World { get; init; }

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

    /// <summary>The step that lowers the app's limit of inactive revisions, after the deactivations; null where there is none.</summary>
    public PruneRetention? Retention { get; init; }

    /// <summary>
    /// How many inactive revisions are beyond the app's limit as it is now: the platform should have purged them, and has not yet. It does so
    /// late.
    /// </summary>
    public int RetentionDebt => RetentionForecast.Of(World.Snapshot, PurgeForecast.LimitOf(App)).MayBePurged.Count;

    /// <summary>How many replicas ran over all revisions when the app was read. What Azure does not say counts as nothing, here and below.</summary>
    public int ActiveReplicas => Entries.Sum(entry => entry.ActiveReplicas ?? 0);

    /// <summary>The CPU cores that all revisions together ask for at their minimum scale.</summary>
    public double ReservedCpu => Entries.Sum(entry => entry.ReservedCpu ?? 0);

    /// <summary>The memory in GiB that all revisions together ask for at their minimum scale.</summary>
    public double ReservedMemoryGiB => Entries.Sum(entry => entry.ReservedMemoryGiB ?? 0);

    /// <summary>How many of the running replicas are of revisions that are to be deactivated.</summary>
    public int FreedReplicas => Deactivated.Sum(entry => entry.ActiveReplicas ?? 0);

    /// <summary>The part of <see cref="ReservedCpu"/> that the deactivations set free.</summary>
    public double FreedCpu => Deactivated.Sum(entry => entry.ReservedCpu ?? 0);

    /// <summary>The part of <see cref="ReservedMemoryGiB"/> that the deactivations set free.</summary>
    public double FreedMemoryGiB => Deactivated.Sum(entry => entry.ReservedMemoryGiB ?? 0);

    /// <summary>The app and the counts.</summary>
    public override string ToString() => $"{ContainerAppName}: keep {KeepCount}, deactivate {DeactivateCount}, blocked {BlockedCount}, inactive {InactiveCount}";

    private ContainerApp App => World.Snapshot.App;

    private IEnumerable<PrunePlanEntry> Deactivated => Entries.Where(entry => entry.Decision == PruneDecision.Deactivate);

    private int Count(PruneDecision decision) => Entries.Count(entry => entry.Decision == decision);
}
