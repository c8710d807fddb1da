namespace RevisionTools.Arm;

/// <summary>Holds all calls of one class back while the service asks for patience.</summary>
internal sealed class ThrottleGate(TimeProvider time, Jitter jitter)
{
    private static readonly TimeSpan s_spread = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private DateTimeOffset _opens = DateTimeOffset.MinValue;

    /// <summary>Closes the gate for as long as the service asked; a shorter wish does not open it earlier.</summary>
    public void Close(TimeSpan delay)
    {
        lock (_lock)
        {
            var opens = time.GetUtcNow() + delay;
            _opens = opens > _opens ? opens : _opens;
        }
    }

    /// <summary>Waits until the gate is open, and a moment more if it was closed, so that the waiting do not all start at once.</summary>
    /// <param name="onWait">Told how long it will be, each time anew.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask WaitAsync(Func<TimeSpan, ValueTask> onWait, CancellationToken cancellationToken)
    {
        while (Remaining() is { Ticks: > 0 } remaining)
        {
            await onWait(remaining).ConfigureAwait(false);
            await Task.Delay(remaining, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>How long to wait, zero when the gate is open.</summary>
    public TimeSpan Remaining()
    {
        lock (_lock)
        {
            var remaining = _opens - time.GetUtcNow();
            return remaining > TimeSpan.Zero ? remaining + (s_spread * jitter.Next()) : TimeSpan.Zero;
        }
    }
}
