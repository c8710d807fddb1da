using RevisionTools.Work;

namespace RevisionTools.Cmdlets.Pump;

/// <summary>One progress bar a cmdlet: shown only for what lasts over a second, and then at most five times a second.</summary>
/// <param name="time">The clock of who looks at the bar.</param>
/// <param name="screen">Where the bar is shown.</param>
internal sealed class ProgressWriter(TimeProvider time, IProgressScreen screen)
{
    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);
    private readonly long _started = time.GetTimestamp();
    private bool? _isShown;
    private long _written;
    private WorkProgress? _last;

    public void Write(WorkProgress progress)
    {
        if (time.GetElapsedTime(_started) < s_delay || (_last is not null && time.GetElapsedTime(_written) < s_interval))
        {
            return;
        }

        // Asked late: most commands are over before there is anything to show.
        _isShown ??= screen.IsThere;
        if (_isShown is true)
        {
            _written = time.GetTimestamp();
            _last = progress;
            _isShown = screen.TryShow(progress, isDone: false);
        }
    }

    /// <summary>Takes the bar away, if one was shown.</summary>
    public void Complete()
    {
        if (_last is { } last)
        {
            _last = null;
            screen.TryShow(last with { Status = "Done" }, isDone: true);
        }
    }
}
