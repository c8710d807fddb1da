using RevisionTools.Pruning;

namespace RevisionTools;

/// <summary>What a plan does with one revision, and why.</summary>
public sealed record PrunePlanEntry
{
    private readonly string[] _reasons = [];
    private readonly Interlock[] _interlocks = [];
    private readonly Interlock[] _blockedBy = [];

    /// <summary>The revision as it was read.</summary>
    public required Revision Revision { get; init; }

    /// <summary>What is to be done.</summary>
    public required PruneDecision Decision { get; init; }

    /// <summary>Why: the keep rules that hold, or that none does; then each interlock in words. Never empty.</summary>
    public required IReadOnlyList<string> Reasons
    {
        get => _reasons;
        init => _reasons = IndexableList.Of(value);
    }

    /// <summary>The interlocks that hold for it, lifted ones included; empty for one that is inactive.</summary>
    public IReadOnlyList<Interlock> Interlocks
    {
        get => _interlocks;
        init => _interlocks = IndexableList.Of(value);
    }

    /// <summary>The interlocks that forbid taking it down, lifted ones not among them; empty unless it is <see cref="PruneDecision.Blocked"/>.</summary>
    public IReadOnlyList<Interlock> BlockedBy
    {
        get => _blockedBy;
        init => _blockedBy = IndexableList.Of(value);
    }

    /// <summary>What of <see cref="Reasons"/> tells of them, in the same order.</summary>
    internal IEnumerable<string> BlockedReasons => Reasons.Take(BlockedBy.Count);

    /// <summary>
    /// Whether the platform may purge it once the plan has run, because newer inactive revisions fill the app's limit. It does so late,
    /// and a purged revision cannot be activated again.
    /// </summary>
    public bool PurgeExpected { get; init; }

    /// <summary>The revision's name.</summary>
    public string Name => Revision.Name;

    /// <summary>The app of the revision.</summary>
    public string ContainerAppName => Revision.ContainerAppName;

    /// <summary>The resource group of the app.</summary>
    public string ResourceGroupName => Revision.ResourceGroupName;

    /// <summary>The revision's Azure resource id.</summary>
    public string ResourceId => Revision.ResourceId;

    /// <summary>The revision's stage when it was read.</summary>
    public RevisionStage Stage => Revision.Stage;

    /// <summary>When the revision was made (UTC).</summary>
    public DateTimeOffset? CreatedTime => Revision.CreatedTime;

    /// <summary>How many replicas ran when it was read; null where Azure did not say.</summary>
    public int? ActiveReplicas => Revision.Replicas;

    /// <summary>
    /// The CPU cores that its containers ask for, times its fewest replicas: what it takes even when nothing reaches it. 0 for one that
    /// scales to zero, is inactive or going down; null where the template leaves it to the service.
    /// </summary>
    public double? ReservedCpu => ReservedResources.Cpu(Revision);

    /// <summary>The memory in GiB (1024 MiB) that its containers ask for, counted as for <see cref="ReservedCpu"/>.</summary>
    public double? ReservedMemoryGiB => ReservedResources.MemoryGiB(Revision);

    /// <summary>Name and decision.</summary>
    public override string ToString() => $"{Name}: {Decision}";
}
