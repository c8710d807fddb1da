using System.Diagnostics;
using System.Management.Automation;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets.Pump;

/// <summary>One progress bar a cmdlet: shown only for what lasts over a second, and then at most five times a second.</summary>
internal sealed class ProgressWriter
{
    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);
    private static int s_lastActivityId;
    private readonly int _activityId = Interlocked.Increment(ref s_lastActivityId);
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _written;
    private string? _activity;

    public void Write(Cmdlet cmdlet, WorkProgress progress)
    {
        if (Stopwatch.GetElapsedTime(_started) < s_delay || (_written != 0 && Stopwatch.GetElapsedTime(_written) < s_interval))
        {
            return;
        }

        _written = Stopwatch.GetTimestamp();
        _activity = progress.Activity;
        cmdlet.WriteProgress(new ProgressRecord(_activityId, progress.Activity, progress.Status) { PercentComplete = progress.Percent ?? -1 });
    }

    /// <summary>Takes the bar away, if one was shown.</summary>
    public void Complete(Cmdlet cmdlet)
    {
        if (_activity is null)
        {
            return;
        }

        var record = new ProgressRecord(_activityId, _activity, "Done") { RecordType = ProgressRecordType.Completed };
        _activity = null;
        try
        {
            cmdlet.WriteProgress(record);
        }
        catch (PipelineStoppedException)
        {
            // The pipeline is going down anyway, and takes its bars with it.
        }
    }
}
