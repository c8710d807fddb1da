using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace RevisionTools.Sandbox;

/// <summary>
/// The armed timers of a <see cref="SandboxClock"/> in order of due time, and the pump that makes the clock jump to the
/// earliest one.
/// </summary>
/// <remarks>
/// The pump fires one timer at a time and goes on only when the callback has returned: what a sleeper does next
/// (often inside that callback) then happens before the clock moves again. A callback that blocks would stop all others,
/// so after <see cref="s_patience"/> of real time the pump goes on without it. Work between two sleeps should take no virtual time
/// either: before each jump the pump lets the thread pool's queue pass by until no request has come for a while, and it waits for whoever
/// was woken or answered and has neither asked again nor gone to sleep.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The two timers live as long as the clock, and hold nothing while unarmed.")]
internal sealed class ClockSchedule
{
    /// <summary>Real time that a callback may take before the next timer fires beside it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Real time that a repeating timer leaves to whoever waits for its ticks; else it would spin.</summary>
    private static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(1);

    /// <summary>Real time in which whoever was woken or answered is expected to ask for something or to sleep again, before he counts as done.</summary>
    private static readonly TimeSpan s_thinking = TimeSpan.FromMilliseconds(15);

    /// <summary>Real time for which a jump waits while work goes on and on; somebody may be asking again and again until time has passed.</summary>
    private static readonly TimeSpan s_longestWork = TimeSpan.FromSeconds(5);

    /// <summary>Real time without a sign of work after which whoever has a time-out counts as hanging.</summary>
    private static readonly TimeSpan s_hanging = TimeSpan.FromSeconds(2);

    /// <summary>How often the pump goes through the thread pool's queue without seeing a request before it jumps.</summary>
    private const int QuietRounds = 24;

    private readonly object _gate = new();
    private readonly SandboxClock _clock;
    private readonly SortedSet<ClockTimer> _armed = new(Comparer<ClockTimer>.Create(ByDueTime));
    private readonly Timer _breather;
    private readonly Timer _watchdog;
    private long _lastOrder;
    private long _pumpNumber;
    private bool _pumping;
    private long _signs;
    private long _signsSeen;

    // How many were answered or woken and have neither asked nor gone to sleep since.
    private int _thinkers;
    private int _quietRounds;
    private long _deferredSince;
    private long _lastSign;

    internal ClockSchedule(SandboxClock clock)
    {
        _clock = clock;
        _breather = new Timer(static schedule => ((ClockSchedule)schedule!).Pump(), this, Timeout.Infinite, Timeout.Infinite);
        _watchdog = new Timer(
            static schedule => ((ClockSchedule)schedule!).LeaveBlockedCallback(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Arms a timer anew; a null or unreachable due time only disarms it.</summary>
    /// <returns>False when the timer was disposed.</returns>
    internal bool Arm(ClockTimer timer, long? dueIn, long period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            Disarm(timer);
            timer.Period = period;
            timer.IsRepeat = false;
            _signs++;
            if (dueIn is { } ticks)
            {
                // Who sets a time-out goes on with his work, and who goes to sleep does not.
                _thinkers = timer.IsTimeOut ? _thinkers : OneLess(_thinkers);
                Add(timer, _clock.GetTimestamp(), ticks);
                EnsurePump();
            }

            return true;
        }
    }

    /// <summary>Notes that somebody asks for something.</summary>
    internal void NoteRequest()
    {
        lock (_gate)
        {
            _signs++;
            _thinkers = OneLess(_thinkers);
        }
    }

    /// <summary>Notes that somebody has been answered, or woken, and now goes on.</summary>
    internal void NoteAnswer()
    {
        lock (_gate)
        {
            _signs++;
            _thinkers++;
        }
    }

    internal void Remove(ClockTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            Disarm(timer);
        }
    }

    /// <summary>Fires what is due up to a timestamp, on this thread, and leaves the clock there.</summary>
    internal void RunUntil(long timestamp)
    {
        while (TakeNext(timestamp) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _clock.JumpTo(timestamp);
        }
    }

    // Who asks first of all was not waited for.
    private static int OneLess(int count) => Math.Max(0, count - 1);

    private static int ByDueTime(ClockTimer? one, ClockTimer? other)
    {
        var byDue = Nullable.Compare(one?.Due, other?.Due);
        return byDue != 0 ? byDue : Nullable.Compare(one?.Order, other?.Order);
    }

    private void Add(ClockTimer timer, long from, long ticks)
    {
        if (ticks > long.MaxValue - from)
        {
            return;
        }

        timer.Due = from + ticks;
        timer.Order = ++_lastOrder;
        _armed.Add(timer);
    }

    private void Disarm(ClockTimer timer)
    {
        if (timer.Due is not null)
        {
            _armed.Remove(timer);
            timer.Due = null;
        }
    }

    /// <summary>Takes the earliest timer that is due by a timestamp and sets the clock to its time.</summary>
    private ClockTimer? TakeNext(long until)
    {
        lock (_gate)
        {
            if (_armed.Min is not { Due: { } due } timer || due > until)
            {
                return null;
            }

            Disarm(timer);
            NoteAnswer();
            _clock.JumpTo(due);
            if (timer.Period > 0)
            {
                timer.IsRepeat = true;
                Add(timer, due, timer.Period);
            }

            return timer;
        }
    }

    private void EnsurePump()
    {
        if (!_pumping && _armed.Count > 0)
        {
            _pumping = true;
            SchedulePump(_armed.Min is { IsRepeat: true });
        }
    }

    private void SchedulePump(bool afterABreath)
    {
        if (afterABreath)
        {
            _breather.Change(s_breath, Timeout.InfiniteTimeSpan);
        }
        else
        {
            // Not the local queue: continuations that a callback has queued should run before the next jump.
            ThreadPool.UnsafeQueueUserWorkItem(static schedule => schedule.Pump(), this, preferLocal: false);
        }
    }

    private void Pump()
    {
        long number;
        ClockTimer? timer;
        lock (_gate)
        {
            if (!IsQuiet())
            {
                return;
            }

            number = ++_pumpNumber;

            // Under the same lock: a time-out that is set after the question must be asked about first, not taken.
            timer = TakeNext(long.MaxValue);
        }

        _watchdog.Change(s_patience, Timeout.InfiniteTimeSpan);
        timer?.Fire();
        lock (_gate)
        {
            if (_pumpNumber == number)
            {
                _watchdog.Change(Timeout.Infinite, Timeout.Infinite);
                GoOn();
            }
        }
    }

    /// <summary>Whether nobody seems to be at work; else looks again later. After <see cref="s_longestWork"/> of real time it no longer matters.</summary>
    private bool IsQuiet()
    {
        _deferredSince = _deferredSince == 0 ? Stopwatch.GetTimestamp() : _deferredSince;
        (_quietRounds, _lastSign) = _signs == _signsSeen ? (_quietRounds + 1, _lastSign) : (0, Stopwatch.GetTimestamp());
        _signsSeen = _signs;
        var silence = Stopwatch.GetElapsedTime(_lastSign);
        if (_armed.Min is { IsTimeOut: true } && silence < s_hanging)
        {
            SchedulePump(afterABreath: true);
            return false;
        }

        var isAwaited = _thinkers > 0 && silence < s_thinking;
        if ((isAwaited || _quietRounds < QuietRounds) && Stopwatch.GetElapsedTime(_deferredSince) < s_longestWork)
        {
            SchedulePump(isAwaited);
            return false;
        }

        (_quietRounds, _deferredSince, _thinkers) = (0, 0, 0);
        return true;
    }

    private void LeaveBlockedCallback()
    {
        lock (_gate)
        {
            _pumpNumber++;
            GoOn();
        }
    }

    private void GoOn()
    {
        _pumping = false;
        EnsurePump();
    }
}
