namespace RevisionTools.Changes;

/// <summary>How a switch of the revision mode is carried out.</summary>
internal sealed record ModeChangeOptions
{
    /// <summary>How long to wait for somebody else's operation to end and for passing trouble.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>How long to wait until what goes down is inactive; null for only until it is seen to go down.</summary>
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>Spreads waits. Shared between threads, so it must be safe for that.</summary>
    public Random Random { get; init; } = Random.Shared;
}
