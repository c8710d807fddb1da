using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning.Undo;

/// <summary>How an undo is carried out.</summary>
internal sealed record UndoOptions
{
    /// <summary>How many revisions are worked on at once, over all apps.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>How long to wait until each is ready; null for not at all.</summary>
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>How long to bear with an app on which another operation is going on.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>When nothing new is begun any more, and waits end.</summary>
    public RunDeadline Deadline { get; init; } = RunDeadline.None;

    /// <summary>Spreads waits. Shared between threads, so it must be safe for that.</summary>
    public Random Random { get; init; } = Random.Shared;
}
