using RevisionTools.Pruning.Journal;

namespace RevisionTools.Pruning.Undo;

/// <summary>What of a journal is to be undone.</summary>
/// <param name="Runs">The runs, newest first.</param>
/// <param name="Revisions">What they have deactivated or may have, last first, each revision once.</param>
/// <param name="Limits">The limits of inactive revisions that they have lowered or may have, last first.</param>
internal sealed record UndoRequest(IReadOnlyList<JournalRun> Runs, IReadOnlyList<JournalWrite> Revisions, IReadOnlyList<JournalWrite> Limits)
{
    /// <summary>The last run that has changed anything and was not undone, or all such; an undo that was cut off or left something over goes on first.</summary>
    /// <param name="history">What the journal tells.</param>
    /// <param name="all">Whether all runs are meant.</param>
    /// <param name="path">The journal's path, for messages.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.JournalAlreadyUndone"/>; <see cref="FailureKind.InvalidJournal"/> where no run is told of.</exception>
    public static UndoRequest Of(JournalHistory history, bool all, string path)
    {
        if (history.Runs.Count == 0)
        {
            throw new RevisionToolsException(FailureKind.InvalidJournal, $"The journal '{path}' cannot be used: it tells of no run.");
        }

        var begun = history.UnfinishedUndo?.Undoes ?? [];
        var undoable = history.Runs.Reverse().Where(run => begun.Contains(run.Id) || IsUndoable(run)).ToList();
        if (undoable.Count == 0 && history.Runs.FirstOrDefault(history.IsUndone) is not null)
        {
            throw new RevisionToolsException(
                FailureKind.JournalAlreadyUndone,
                $"All that the journal '{path}' tells of was undone, last by the undo of {history.Runs.Last(run => run.Work == JournalWork.Undo).Started:u}.");
        }

        List<JournalRun> runs = [.. all ? undoable : begun.Count > 0 ? undoable.Where(run => begun.Contains(run.Id)) : undoable.Take(1)];
        return new UndoRequest(
            runs,
            [.. Writes(runs, PruneWriteKind.Deactivate).DistinctBy(write => (write.Write.ResourceKey, write.Write.CreatedTime))],
            [.. Writes(runs, PruneWriteKind.SetMaxInactive).Where(write => write.Write.After < write.Write.Before)]);

        bool IsUndoable(JournalRun run) =>
            run.Work == JournalWork.Prune && !history.IsUndone(run) && run.Writes.Any(write => write.MayHold);
    }

    private static IEnumerable<JournalWrite> Writes(IEnumerable<JournalRun> runs, PruneWriteKind kind) =>
        runs.SelectMany(run => run.Writes.Reverse()).Where(write => write.Write.Kind == kind && write.MayHold);
}
