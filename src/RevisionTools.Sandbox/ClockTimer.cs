namespace RevisionTools.Sandbox;

/// <summary>A timer on a <see cref="SandboxClock"/>. Its schedule's lock guards the mutable fields.</summary>
internal sealed class ClockTimer : ITimer
{
    private readonly ClockSchedule _schedule;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    internal ClockTimer(ClockSchedule schedule, TimerCallback callback, object? state)
    {
        _schedule = schedule;
        _callback = callback;
        _state = state;
    }

    /// <summary>When it fires next, as a timestamp of the clock; null while it is not armed.</summary>
    internal long? Due { get; set; }

    /// <summary>Tells timers with the same due time apart: the one armed first fires first.</summary>
    internal long Order { get; set; }

    /// <summary>Ticks between calls; 0 calls once.</summary>
    internal long Period { get; set; }

    /// <summary>The timer has fired at least once since it was armed, and goes on by its period.</summary>
    internal bool IsRepeat { get; set; }

    internal bool IsDisposed { get; set; }

    /// <summary>It bounds somebody's work, and is no sleep.</summary>
    internal bool IsTimeOut => _state is CancellationTokenSource;

    public bool Change(TimeSpan dueTime, TimeSpan period) =>
        _schedule.Arm(this, Ticks(dueTime, nameof(dueTime)), Ticks(period, nameof(period)) ?? 0);

    public void Dispose() => _schedule.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire()
    {
        if (_context is null)
        {
            _callback(_state);
        }
        else
        {
            ExecutionContext.Run(_context, static timer => ((ClockTimer)timer!).Call(), this);
        }
    }

    private static long? Ticks(TimeSpan span, string name)
    {
        if (span == Timeout.InfiniteTimeSpan)
        {
            return null;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero, name);
        return span.Ticks;
    }

    private void Call() => _callback(_state);
}
