using System.Diagnostics;

namespace RevisionTools.Sandbox;

/// <summary>
/// The sandbox's time: a clock that nobody has to wait for. Whoever sleeps on it (<c>Task.Delay(span, clock)</c>,
/// <see cref="PeriodicTimer"/>) makes it jump to the earliest due time, on the thread pool and without real waiting.
/// </summary>
/// <remarks>
/// <para>Jumps go in order of due time, one at a time; the clock never goes backwards. All members are safe to call from
/// many threads. Work between two sleeps takes no virtual time (unless <c>rate</c> is set).</para>
/// <para><b>Time-outs come last.</b> <c>new CancellationTokenSource(span, clock)</c> and <c>CancelAfter</c> bound work that is going
/// on, which takes no virtual time. So the clock jumps to one only when nothing earlier is due and for two real seconds nothing has
/// been asked for: then the work hangs. <see cref="Advance"/> gets there at once.</para>
/// </remarks>
public sealed class SandboxClock : TimeProvider
{
    private readonly ClockSchedule _schedule;
    private readonly DateTimeOffset _start;
    private readonly double _rate;
    private readonly long _realStart = Stopwatch.GetTimestamp();
    private long _jumped;

    /// <summary>Makes a clock.</summary>
    /// <param name="start">The first moment; kept in UTC.</param>
    /// <param name="rate">Virtual seconds for each real second; 0 (the default) lets the clock stand still but for
    /// <see cref="Advance"/> and sleepers.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is negative or not a number.</exception>
    public SandboxClock(DateTimeOffset start, double rate = 0)
    {
        if (!(rate >= 0) || double.IsInfinity(rate))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "The rate must be zero or a positive number.");
        }

        _start = start.ToUniversalTime();
        _rate = rate;
        _schedule = new ClockSchedule(this);
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Units of <see cref="GetTimestamp"/> in a virtual second.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The moment the clock shows now, in UTC.</summary>
    public override DateTimeOffset GetUtcNow() => _start + new TimeSpan(GetTimestamp());

    /// <summary>Virtual time since the clock's start, in ticks of 100 ns.</summary>
    public override long GetTimestamp()
    {
        // The real part is read first: a jump that comes between the two reads can then only add.
        var real = _rate == 0 ? 0 : (long)(Stopwatch.GetElapsedTime(_realStart).Ticks * _rate);
        return Math.Min(real + Volatile.Read(ref _jumped), DateTimeOffset.MaxValue.Ticks - _start.Ticks);
    }

    /// <summary>Moves the clock on; timers due on the way fire in order, on the calling thread, each at its own time.</summary>
    /// <param name="by">How far; zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        _schedule.RunUntil(GetTimestamp() + by.Ticks);
    }

    /// <summary>Notes that somebody asks for something, so that the clock does not jump while he is at it.</summary>
    internal void NoteRequest() => _schedule.NoteRequest();

    /// <summary>Notes that somebody has been answered, so that the clock does not jump before he goes on.</summary>
    internal void NoteAnswer() => _schedule.NoteAnswer();

    /// <summary>Makes a timer on this clock. An infinite due time never fires; a finite one makes the clock jump to it.</summary>
    /// <param name="callback">What to call when it is due.</param>
    /// <param name="state">Handed to <paramref name="callback"/>.</param>
    /// <param name="dueTime">Virtual time until the first call, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="period">Virtual time between calls; zero or infinite calls once.</param>
    /// <returns>The timer; <c>Change</c> and <c>Dispose</c> are honoured.</returns>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ClockTimer timer = new(_schedule, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets the clock to a timestamp, unless it is later already. Called by the schedule alone, under its lock.</summary>
    internal void JumpTo(long timestamp)
    {
        var ahead = timestamp - GetTimestamp();
        if (ahead > 0)
        {
            Volatile.Write(ref _jumped, _jumped + ahead);
        }
    }
}
