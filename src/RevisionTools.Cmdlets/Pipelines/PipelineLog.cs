using System.Management.Automation;
using RevisionTools.Pipelines;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets.Pipelines;

/// <summary>Tells the agent of Azure Pipelines what a command tells its user, and in the end what came of it.</summary>
/// <param name="cmdlet">The command.</param>
/// <param name="isOn">Whether there is an agent to tell; asked once.</param>
internal sealed class PipelineLog(AcaCmdlet cmdlet, Func<bool> isOn)
{
    // What Write-Host tags its text with: it goes to the standard output, whatever becomes of the results of the command.
    private const string HostTag = "PSHOST";

    private readonly ProgressPace _pace = new(TimeProvider.System);
    private readonly PipelineReport _report = new();
    private bool? _isOn;
    private bool _isConcluded;

    /// <summary>Whether what is said here reaches anybody. Like all else but <see cref="Add"/>, for the pipeline thread only.</summary>
    public bool IsOn => _isOn ??= isOn();

    /// <summary>Whether what came of the command is told as a whole, by one who knows what was only rehearsed.</summary>
    public bool IsWhole => _report.IsWhole;

    /// <summary>Adds to what came of the command.</summary>
    public void Add(PipelineOutcome outcome) => _report.Add(outcome);

    /// <param name="failure">What went wrong.</param>
    /// <param name="record">The record that the user gets.</param>
    /// <param name="preference">What the user wants to hear of errors.</param>
    public void Error(RevisionToolsException failure, ErrorRecord record, ActionPreference preference)
    {
        _report.Add(failure, record.TargetObject);
        if (IsHeard(preference))
        {
            Write(LoggingCommand.Error(failure.Kind.ToString(), record.ErrorDetails.Message));
        }
    }

    public void Warning(string text, ActionPreference preference)
    {
        if (IsHeard(preference))
        {
            Write(LoggingCommand.Warning(text));
        }
    }

    public void Section(string text) => Write(LoggingCommand.Section(text));

    public void Progress(WorkProgress progress)
    {
        if (_pace.Lets(progress))
        {
            Write(LoggingCommand.Progress(progress.Percent!.Value, progress.Activity));
        }
    }

    /// <summary>Sets the variables and has the summary uploaded, once, where anything came of the command.</summary>
    /// <param name="cloud">The cloud of the connection, or <c>Sandbox</c>.</param>
    /// <param name="now">The time there.</param>
    public void Conclude(string cloud, DateTimeOffset now)
    {
        if (!IsOn || _isConcluded || _report.IsEmpty)
        {
            return;
        }

        _isConcluded = true;
        try
        {
            foreach (var (name, value) in _report.Variables())
            {
                Write(LoggingCommand.Variable(name, value));
            }

            Write(LoggingCommand.UploadSummary(WriteSummary(cloud, now)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            cmdlet.Warn($"The summary for Azure Pipelines was not written: {failure.Message}");
        }
        catch (PipelineStoppedException)
        {
            // Whoever takes the results wants no more of them; what has brought it here flies on.
        }
    }

    private string WriteSummary(string cloud, DateTimeOffset now)
    {
        var command = cmdlet.MyInvocation.MyCommand.Name;
        return SummaryFile.Write(Environment.GetEnvironmentVariable("AGENT_TEMPDIRECTORY"), command, _report.Summary(command, cloud, now));
    }

    private void Write(string line)
    {
        if (IsOn)
        {
            var record = new InformationRecord(new HostInformationMessage { Message = line }, cmdlet.ToString());
            record.Tags.Add(HostTag);
            cmdlet.WriteInformation(record);
        }
    }

    private static bool IsHeard(ActionPreference preference) => preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
}
