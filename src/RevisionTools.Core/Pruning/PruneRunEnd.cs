namespace RevisionTools.Pruning;

/// <summary>How a run ended as a whole.</summary>
/// <param name="IsComplete">Whether each revision had its turn. One that failed had it.</param>
/// <param name="Counts">How many results there were of each outcome.</param>
internal sealed record PruneRunEnd(bool IsComplete, IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>The revisions that a result was given for.</summary>
    public IReadOnlySet<RevisionId> Told { get; init; } = new HashSet<RevisionId>();

    /// <summary>Those of them of which nobody can say yet whether they went down.</summary>
    public IReadOnlySet<RevisionId> Unsure { get; init; } = new HashSet<RevisionId>();

    /// <summary>A run in which there was nothing to do.</summary>
    public static PruneRunEnd Empty { get; } = new(IsComplete: true, new Dictionary<string, int>());

    /// <summary>A run that did not come to its end.</summary>
    public static PruneRunEnd CutOff { get; } = new(IsComplete: false, new Dictionary<string, int>());
}
