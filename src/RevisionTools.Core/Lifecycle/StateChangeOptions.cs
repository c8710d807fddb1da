namespace RevisionTools.Lifecycle;

/// <summary>How state changes are carried out.</summary>
internal sealed record StateChangeOptions
{
    /// <summary>Where the revisions are to go.</summary>
    public required RevisionState Target { get; init; }

    /// <summary>What the progress bar says is being done.</summary>
    public required string Activity { get; init; }

    /// <summary>How many revisions are worked on at once, over all apps; those that are only waited for do not count.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>How long to wait until each is really there; null for not at all.</summary>
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>How long to wait until nothing is left of those that are to drain; zero for not at all.</summary>
    public TimeSpan DrainTimeout { get; init; }

    /// <summary>How long to bear with an app on which another operation is going on; three minutes when left out.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>When nothing new is to be begun; waits end then.</summary>
    public RunDeadline Deadline { get; init; } = RunDeadline.None;

    /// <summary>Says why nothing new is to be begun; null while something may.</summary>
    public Func<string?> WhyStop { get; init; } = static () => null;

    /// <summary>Is told of every call; null for nobody.</summary>
    public IStateChangeLog? Log { get; init; }

    /// <summary>Spreads waits. Shared between threads, so it must be safe for that.</summary>
    public Random Random { get; init; } = Random.Shared;
}
