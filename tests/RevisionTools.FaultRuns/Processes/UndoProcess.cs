using RevisionTools.FaultRuns.Journal;
using RevisionTools.FaultRuns.Oracle;
using RevisionTools.Pruning.Undo;

namespace RevisionTools.FaultRuns.Processes;

/// <summary>Undoes as the command does.</summary>
/// <param name="process">The process.</param>
/// <param name="watch">What looks on.</param>
/// <param name="disk">Where the journal is.</param>
/// <param name="options">How it is called.</param>
internal sealed class UndoProcess(ProcessUnderTest process, Watch watch, JournalDisk disk, UndoOptions options)
{
    /// <summary>Whether nothing is left to undo.</summary>
    public bool IsComplete { get; private set; }

    public UndoCheck Results { get; } = new(watch, process.Life);

    public async Task RunAsync()
    {
        var output = new RunOutput(process.Life, watch, Results.Check);
        try
        {
            var journal = process.OpenJournal(create: false);
            var request = UndoRequest.Of(journal.History, all: true, disk.Path);
            var plans = await new UndoReader(process.Azure, output).ReadAsync(request, journal.UnfinishedUndo, options.ThrottleLimit, process.Stop).ConfigureAwait(false);
            await journal.BeginUndoAsync(request.Runs, output).ConfigureAwait(false);
            var end = await new UndoRunner(process.Azure, process.Tap(journal), options, output).RunAsync(plans, process.Stop).ConfigureAwait(false);
            Results.RequireOneEach(plans.SelectMany(plan => plan.Items).Select(item => item.Id.Path));
            journal.End(end.IsComplete, end.Counts);
            IsComplete = end.IsComplete;
        }
        catch (RevisionToolsException failure) when (failure.Kind is FailureKind.JournalAlreadyUndone or FailureKind.InvalidJournal)
        {
            watch.Note($"     p{process.Life.Number} ends: {failure.Message}");
            IsComplete = true;
        }
        catch (RevisionToolsException failure) when (failure.Kind == FailureKind.AuthenticationFailed)
        {
            watch.Note($"     p{process.Life.Number} ends: {failure.Message}");
        }
    }
}
