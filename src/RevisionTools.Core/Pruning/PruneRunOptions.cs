using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>How a prune is carried out.</summary>
internal sealed record PruneRunOptions
{
    /// <summary>The keep rules of the plan, which are asked again before each call.</summary>
    public required RetentionPolicy Policy { get; init; }

    /// <summary>The caution interlocks that the caller lifted; the same as in the plan.</summary>
    public InterlockLifts Lifts { get; init; } = InterlockLifts.None;

    /// <summary>How many revisions are worked on at once, over all apps.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>How long to wait until each is really inactive; null for not at all.</summary>
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>Spreads waits. Shared between threads, so it must be safe for that.</summary>
    public Random Random { get; init; } = Random.Shared;
}
