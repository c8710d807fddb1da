using RevisionTools.Work;

namespace RevisionTools.Pipelines;

/// <summary>Lets a log have a line of progress only when there is news, and not too many: each line is a request of the agent.</summary>
internal sealed class ProgressPace(TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private long _told = time.GetTimestamp();
    private int? _percent;

    /// <summary>Whether this is worth a line now. Work of less than five seconds has none.</summary>
    public bool Lets(WorkProgress progress)
    {
        if (progress.Percent is null || progress.Percent == _percent || time.GetElapsedTime(_told) < s_interval)
        {
            return false;
        }

        _told = time.GetTimestamp();
        _percent = progress.Percent;
        return true;
    }
}
