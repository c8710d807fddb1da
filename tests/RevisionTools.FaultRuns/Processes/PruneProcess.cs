using RevisionTools.FaultRuns.Oracle;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Journal;

namespace RevisionTools.FaultRuns.Processes;

/// <summary>Prunes as the command does.</summary>
/// <param name="process">The process.</param>
/// <param name="watch">What looks on.</param>
/// <param name="terms">How it is called.</param>
internal sealed class PruneProcess(ProcessUnderTest process, Watch watch, PruneCall terms)
{
    public async Task RunAsync()
    {
        var results = new ResultCheck(watch, process.Life);
        var output = new RunOutput(process.Life, watch, results.Check);
        try
        {
            var journal = terms.HasJournal ? process.OpenJournal(create: true) : null;
            var run = journal is null
                ? null
                : await JournaledRun.BeginAsync(process.Azure, journal, [terms.Request], output, process.Stop).ConfigureAwait(false);
            var plans = await new PlanReader(process.Azure, output).ReadAsync(terms.Scopes, terms.Request, terms.ThrottleLimit, process.Stop).ConfigureAwait(false);
            await Task.Delay(terms.Thinking, process.Time, process.Stop).ConfigureAwait(false);
            List<ApprovedPrune> approved = [.. plans.Select(terms.Change).Select(ApprovedPrune.Whole).Where(prune => prune.HasWork)];
            foreach (var (plan, entries) in approved)
            {
                watch.Approve(process.Life.Number, $"{plan.ResourceGroupName}/{plan.ContainerAppName}", entries.Select(entry => entry.Name));
                watch.Note($"     plan: {string.Join("; ", plan.Entries.Select(entry => $"{entry} ({entry.Stage})"))} {plan.Retention}");
            }

            var options = terms.Options with
            {
                Deadline = new RunDeadline(process.Time, terms.Deadline),
                Journal = journal is null ? null : process.Tap(journal),
            };
            var end = await new PruneRunner(process.Azure, options, output).RunAsync(approved, process.Stop).ConfigureAwait(false);
            if (run is not null)
            {
                await run.EndAsync(end, process.Stop).ConfigureAwait(false);
            }

            results.RequireOneEach(approved.SelectMany(prune => prune.Entries).Select(entry => entry.ResourceId));
        }
        catch (RevisionToolsException failure) when (failure.Kind == FailureKind.AuthenticationFailed)
        {
            // Without a token nothing can be read or planned, and the command ends with that.
            watch.Note($"     p{process.Life.Number} ends: {failure.Message}");
        }
    }
}
