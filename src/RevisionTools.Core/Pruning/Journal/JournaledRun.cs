using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Pruning.Journal;

/// <summary>A prune from its first line in the journal to its last: what was cut off is settled before anything is planned.</summary>
internal sealed class JournaledRun
{
    private readonly PruneJournal _journal;
    private readonly JournalSettler _settler;

    private JournaledRun(PruneJournal journal, JournalSettler settler) => (_journal, _settler) = (journal, settler);

    /// <summary>Begins a run, or goes on with the one that was cut off or ended early.</summary>
    /// <param name="azure">Azure.</param>
    /// <param name="journal">The journal, just opened.</param>
    /// <param name="requests">What the prune goes by: one request, or those of plans that were made before.</param>
    /// <param name="output">Where results of what was cut off go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.FileNotWritten"/>, <see cref="FailureKind.AuthenticationFailed"/></exception>
    public static async Task<JournaledRun> BeginAsync(
        IContainerApps azure, PruneJournal journal, IReadOnlyList<PruneRequest> requests, IWorkOutput output, CancellationToken cancellationToken)
    {
        var rules = string.Join(" | ", requests.Select(request => request.Policy.ToString()).Distinct());
        await journal.BeginPruneAsync(rules, [.. requests.SelectMany(request => NamesOf(request.Lifts)).Distinct()], output).ConfigureAwait(false);
        var settler = new JournalSettler(azure, journal, output);
        await settler.BeginAsync(cancellationToken).ConfigureAwait(false);
        return new JournaledRun(journal, settler);
    }

    /// <summary>Ends the run. Without it the run counts as cut off.</summary>
    /// <exception cref="RevisionToolsException">As for <see cref="BeginAsync"/>.</exception>
    public async Task EndAsync(PruneRunEnd end, CancellationToken cancellationToken)
    {
        await _settler.EndAsync(end, cancellationToken).ConfigureAwait(false);
        _journal.End(end.IsComplete, end.Counts);
    }

    private static IEnumerable<string> NamesOf(InterlockLifts lifts)
    {
        if (lifts.Labelled)
        {
            yield return nameof(Interlock.Labelled);
        }

        if (lifts.EventConsumer)
        {
            yield return nameof(Interlock.ConsumesEvents);
        }
    }
}
