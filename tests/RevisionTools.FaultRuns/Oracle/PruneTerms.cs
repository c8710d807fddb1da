namespace RevisionTools.FaultRuns.Oracle;

/// <summary>What a prune was asked for, as far as the second opinion goes.</summary>
internal sealed record PruneTerms
{
    public bool LiftsLabelled { get; init; }

    public bool LiftsConsumers { get; init; }

    /// <summary>Failed revisions older than this may go; null for none.</summary>
    public TimeSpan? FailedAfter { get; init; }

    public IReadOnlyList<string> KeepNames { get; init; } = [];

    public int KeepLast { get; init; }

    public TimeSpan? KeepSinceCreated { get; init; }

    /// <summary>What the limit of inactive revisions is to be lowered to; null for not.</summary>
    public int? MaxInactive { get; init; }

    /// <summary>Whether rules of time may have to give way to a ceiling.</summary>
    public bool HasCeiling { get; init; }
}
