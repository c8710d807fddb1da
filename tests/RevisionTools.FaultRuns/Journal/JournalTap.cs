using RevisionTools.FaultRuns.Time;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Journal;

namespace RevisionTools.FaultRuns.Journal;

/// <summary>Stands between a run and its journal: the process can die while it writes a line.</summary>
/// <param name="journal">The journal.</param>
/// <param name="life">The process.</param>
/// <param name="onLine">Told of each line that has been written, with the number of lines so far.</param>
/// <param name="writesLate">Whether what belongs before a write is written after it: one of the ways to make the code under test wrong.</param>
internal sealed class JournalTap(PruneJournal journal, ProcessLife life, Action<int> onLine, bool writesLate) : IPruneJournal
{
    private int _lines;

    public RevisionToolsException? Failure => journal.Failure;

    public async ValueTask BeforeAsync(PruneWrite write, CancellationToken cancellationToken)
    {
        if (!writesLate)
        {
            await journal.BeforeAsync(write, cancellationToken).ConfigureAwait(false);
            await LiveOnAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask AfterAsync(PruneWrite write, PruneWriteOutcome outcome, string message)
    {
        if (writesLate)
        {
            await journal.BeforeAsync(write, CancellationToken.None).ConfigureAwait(false);
        }

        await journal.AfterAsync(write, outcome, message).ConfigureAwait(false);
        await LiveOnAsync().ConfigureAwait(false);
    }

    private Task LiveOnAsync()
    {
        onLine(++_lines);
        return life.IsDead ? ProcessLife.Grave() : Task.CompletedTask;
    }
}
