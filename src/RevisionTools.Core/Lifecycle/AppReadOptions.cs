namespace RevisionTools.Lifecycle;

/// <summary>What apps are read with.</summary>
internal sealed record AppReadOptions
{
    public AppFilter Filter { get; init; } = AppFilter.All;

    /// <summary>Whether revisions are counted, which costs a list of each app.</summary>
    public bool IncludeRevisionCount { get; init; }
}
