using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns.Time;

/// <summary>
/// Virtual time and the order of all that happens in a run: answers, wake-ups, what other people do. The next thing happens only when
/// whatever the last one set off has come to rest.
/// </summary>
/// <remarks>
/// At rest means: the thread pool has nothing queued. The process has one worker thread (see the project file), and this pump runs on it, so
/// nothing else can be running either. That makes a run the same whenever it is made.
/// </remarks>
internal sealed class World(DateTimeOffset start)
{
    private readonly PriorityQueue<Happening, (long Due, long Order)> _ahead = new();
    private readonly TaskCompletionSource<string?> _end = new();
    private Task? _main;
    private long _now;
    private long _order;
    private long _limit = long.MaxValue;
    private string? _broken;

    /// <summary>The clock of the service, which stands at the same moment.</summary>
    public SandboxClock ServiceClock { get; } = new(start);

    public DateTimeOffset Now => start + new TimeSpan(_now);

    public long Ticks => _now;

    /// <summary>What the code that runs now follows from.</summary>
    public Cause? Cause { get; private set; }

    /// <summary>Lets something happen after a while; what it sets off follows from <paramref name="cause"/>.</summary>
    public Happening After(TimeSpan wait, Cause? cause, Action action)
    {
        var happening = new Happening(action, cause);
        _ahead.Enqueue(happening, (_now + Math.Max(0, wait.Ticks), ++_order));
        return happening;
    }

    /// <summary>Nothing may go on for longer than this from now on.</summary>
    public void Limit(TimeSpan budget) => _limit = _now + budget.Ticks;

    /// <summary>Ends the run: an invariant is broken. The first word counts.</summary>
    public void Break(string what) => _broken ??= what;

    /// <summary>Runs to the end of <paramref name="main"/>, from the calling thread, which is not the pool's.</summary>
    /// <returns>Why it did not come to its end; null when it did.</returns>
    public string? Run(Func<Task> main)
    {
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                _main = main();
                Pump();
            },
            null);
        var trouble = _end.Task.GetAwaiter().GetResult();
        if (trouble is null)
        {
            _main!.GetAwaiter().GetResult();
        }

        return trouble;
    }

    private void Pump()
    {
        try
        {
            if (ThreadPool.PendingWorkItemCount == 0)
            {
                if (_broken is not null || _main!.IsCompleted)
                {
                    _end.SetResult(_broken);
                    return;
                }

                if (!TakeNext())
                {
                    return;
                }
            }
        }
        catch (Exception exception)
        {
            _end.SetResult(exception.ToString());
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static world => world.Pump(), this, preferLocal: false);
    }

    private bool TakeNext()
    {
        Happening? next;
        (long Due, long Order) at;
        do
        {
            if (!_ahead.TryDequeue(out next, out at))
            {
                _end.SetResult("hangs: the work is not done, and nothing is left that could happen");
                return false;
            }
        }
        while (next.IsCalledOff);

        if (at.Due > _limit)
        {
            _end.SetResult("over its budget of virtual time");
            return false;
        }

        if (at.Due > _now)
        {
            ServiceClock.Advance(new TimeSpan(at.Due - _now));
            _now = at.Due;
        }

        Cause = next.Cause;
        next.Action();
        return true;
    }
}
