namespace RevisionTools;

/// <summary>The step of a prune plan that lowers the app's limit of inactive revisions, after its deactivations.</summary>
/// <remarks>API field <c>configuration.maxInactiveRevisions</c>.</remarks>
public sealed record PruneRetention
{
    private readonly Revision[] _mayBePurged = [];

    /// <summary>The limit as it is; the service's default of 100 where the app has none of its own.</summary>
    public required int Before { get; init; }

    /// <summary>The limit as it is to be, lower than <see cref="Before"/>.</summary>
    public required int After { get; init; }

    /// <summary>How many revisions are inactive once the deactivations of the plan are done.</summary>
    public required int InactiveCount { get; init; }

    /// <summary>Those of them that are beyond the limit then, oldest first: the platform may purge them, late and without a date.</summary>
    public required IReadOnlyList<Revision> MayBePurged
    {
        get => _mayBePurged;
        init => _mayBePurged = IndexableList.Of(value);
    }

    /// <summary>What the step puts at risk, in words.</summary>
    public required string Message { get; init; }

    /// <summary>The limits, and how many may be purged.</summary>
    public override string ToString() => $"{Before} -> {After}, {MayBePurged.Count} may be purged";
}
