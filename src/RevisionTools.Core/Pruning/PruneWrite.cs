namespace RevisionTools.Pruning;

/// <summary>One write of a run, as its journal tells it.</summary>
/// <param name="Kind">What is written.</param>
/// <param name="ResourceId">The Azure resource id of the revision, or of the app for its limit.</param>
internal sealed record PruneWrite(PruneWriteKind Kind, string ResourceId)
{
    /// <summary>The same text for the same resource: neither case nor how it is escaped counts.</summary>
    public string ResourceKey => Uri.UnescapeDataString(ResourceId).ToUpperInvariant();

    /// <summary>When the revision was made: another one may have its name later. Null for an app.</summary>
    public DateTimeOffset? CreatedTime { get; init; }

    /// <summary>The limit of inactive revisions before and after; null for a revision.</summary>
    public int? Before { get; init; }

    /// <inheritdoc cref="Before"/>
    public int? After { get; init; }
}
