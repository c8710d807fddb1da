using System.Management.Automation;
using RevisionTools.Cmdlets.Pump;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets.Hosting;

/// <summary>The progress stream of a cmdlet, which is left alone where the host has no use for it.</summary>
internal sealed class HostScreen(PSCmdlet cmdlet) : IProgressScreen
{
    // PowerShell keeps bars of one command apart by the command, and two commands of a pipeline by this number.
    private static int s_lastActivityId;
    private readonly int _activityId = Interlocked.Increment(ref s_lastActivityId);

    public bool IsThere => HostProfile.Of(cmdlet.Host).ShowsProgress;

    public bool TryShow(WorkProgress progress, bool isDone)
    {
        var record = new ProgressRecord(_activityId, progress.Activity, progress.Status)
        {
            PercentComplete = isDone ? -1 : progress.Percent ?? -1,
            RecordType = isDone ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
        try
        {
            cmdlet.WriteProgress(record);
            return true;
        }
        catch (PipelineStoppedException) when (isDone)
        {
            // The pipeline is going down anyway, and takes its bars with it.
            return false;
        }
        catch (Exception failure) when (failure is not PipelineStoppedException)
        {
            // A host may throw instead of showing nothing, as that of a runbook did. The work is worth more than its bar.
            return false;
        }
    }
}
