using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>How a prune is carried out.</summary>
internal sealed record PruneRunOptions
{
    /// <summary>How many revisions are worked on at once, over all apps.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>How long to wait until each is really inactive; null for not at all.</summary>
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>How long to wait until an event consumer that was taken down has no replica left, also without <see cref="WaitTimeout"/>; zero for not at all.</summary>
    public TimeSpan DrainTimeout { get; init; }

    /// <summary>Is told of every write before it is sent; null for no journal.</summary>
    public IPruneJournal? Journal { get; init; }

    /// <summary>After so many revisions that failed, or of which nobody knows, nothing new is begun; null for no such rule.</summary>
    public int? MaxFailure { get; init; }

    /// <summary>When nothing new is begun any more, and waits end.</summary>
    public RunDeadline Deadline { get; init; } = RunDeadline.None;

    /// <summary>Spreads waits. Shared between threads, so it must be safe for that.</summary>
    public Random Random { get; init; } = Random.Shared;
}
