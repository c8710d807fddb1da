namespace RevisionTools.Lifecycle;

/// <summary>How revisions are restarted.</summary>
internal sealed record RestartOptions
{
    /// <summary>How many revisions are worked on at once; a rolling restart takes one.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>Whether to wait until other replicas have taken the place of those before.</summary>
    public bool Wait { get; init; }

    /// <summary>One after the other, each waited for, and an end at the first failure.</summary>
    public bool IsRolling { get; init; }

    /// <summary>How long to bear with a busy app, and after that how long to wait.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Spreads waits. Shared between threads, so it must be safe for that.</summary>
    public Random Random { get; init; } = Random.Shared;
}
