namespace RevisionTools;

/// <summary>What became of one revision in a prune.</summary>
public sealed record PruneResult
{
    private readonly Interlock[] _interlocks = [];

    /// <summary>The revision's name.</summary>
    public required string Name { get; init; }

    /// <summary>The app of the revision.</summary>
    public required string ContainerAppName { get; init; }

    /// <summary>The resource group of the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription of the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The revision's Azure resource id.</summary>
    public required string ResourceId { get; init; }

    /// <summary>What became of it.</summary>
    public required PruneOutcome Outcome { get; init; }

    /// <summary>Its stage when it was last read.</summary>
    public RevisionStage Stage { get; init; }

    /// <summary>What protects it, for <see cref="PruneOutcome.Blocked"/> and <see cref="PruneOutcome.Drifted"/>.</summary>
    public IReadOnlyList<Interlock> Interlocks
    {
        get => _interlocks;
        init => _interlocks = IndexableList.Of(value);
    }

    /// <summary>The outcome in a sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>Name and outcome.</summary>
    public override string ToString() => $"{Name}: {Outcome}";

    internal static PruneResult Of(Revision revision, PruneOutcome outcome, string message, IReadOnlyList<Interlock>? interlocks = null) => new()
    {
        Name = revision.Name,
        ContainerAppName = revision.ContainerAppName,
        ResourceGroupName = revision.ResourceGroupName,
        SubscriptionId = revision.SubscriptionId,
        ResourceId = revision.ResourceId,
        Outcome = outcome,
        Stage = revision.Stage,
        Interlocks = interlocks ?? [],
        Message = message,
    };
}
