namespace RevisionTools.Lifecycle;

/// <summary>When a run is to begin nothing new.</summary>
/// <param name="time">The clock.</param>
/// <param name="span">How long it may take from now on; null for as long as it takes.</param>
internal sealed class RunDeadline(TimeProvider time, TimeSpan? span)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>No deadline.</summary>
    public static RunDeadline None { get; } = new(TimeProvider.System, null);

    /// <summary>The deadline that a command was given; it counts from now on.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidPruneRequest"/>: it would be over before anything begins.</exception>
    public static RunDeadline Begin(TimeProvider time, TimeSpan? given) => given <= TimeSpan.Zero
        ? throw new RevisionToolsException(FailureKind.InvalidPruneRequest, $"-Deadline must be more than nothing: {given}.")
        : new RunDeadline(time, given);

    public TimeSpan? Span => span;

    /// <summary>What is left; <see cref="Timeout.InfiniteTimeSpan"/> where there is no deadline.</summary>
    public TimeSpan Left => span is not { } limit ? Timeout.InfiniteTimeSpan
        : limit - time.GetElapsedTime(_started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public bool IsOver => span is not null && Left == TimeSpan.Zero;

    /// <summary>Whether something that takes so long would end in time.</summary>
    public bool Allows(TimeSpan pause) => span is null || pause < Left;

    /// <summary>The shorter of a limit and what is left.</summary>
    public TimeSpan Within(TimeSpan limit) => Allows(limit) ? limit : Left;
}
