namespace RevisionTools.Lifecycle;

/// <summary>How revisions are watched.</summary>
internal sealed record WatchOptions
{
    /// <summary>The stage that ends the watch; null for none.</summary>
    public RevisionStage? Until { get; init; }

    /// <summary>How long to watch at most; null for as long as nobody stops it.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether a change of weights or labels alone is told as well.</summary>
    public bool IncludeTraffic { get; init; }

    /// <summary>Spreads looks.</summary>
    public Random Random { get; init; } = Random.Shared;
}
