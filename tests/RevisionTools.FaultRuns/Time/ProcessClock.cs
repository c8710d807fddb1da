namespace RevisionTools.FaultRuns.Time;

/// <summary>The clock that one process under test lives on. When the process has died, its timers fire no more.</summary>
internal sealed class ProcessClock(World world, ProcessLife life) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => world.Now;

    public override long GetTimestamp() => world.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ProcessTimer(world, life, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ProcessTimer(World world, ProcessLife life, TimerCallback callback, object? state) : ITimer
    {
        private Happening? _next;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            CallOff();
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                var cause = world.Cause;
                _next = world.After(dueTime, cause, () => Fire(period));
            }

            return true;
        }

        public void Dispose() => CallOff();

        public ValueTask DisposeAsync()
        {
            CallOff();
            return ValueTask.CompletedTask;
        }

        private void CallOff()
        {
            if (_next is { } next)
            {
                next.IsCalledOff = true;
            }
        }

        private void Fire(TimeSpan period)
        {
            if (life.IsDead)
            {
                return;
            }

            if (period > TimeSpan.Zero)
            {
                _next = world.After(period, world.Cause, () => Fire(period));
            }

            callback(state);
        }
    }
}
