using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>Writes the calls that change revisions to a journal.</summary>
internal sealed class StateChangeJournal(IPruneJournal journal) : IStateChangeLog
{
    public ValueTask BeforeAsync(Revision revision, RevisionState target, CancellationToken cancellationToken) =>
        journal.BeforeAsync(Write(revision, target), cancellationToken);

    public ValueTask AfterAsync(Revision revision, RevisionState target, StateChange end)
    {
        var outcome = end.Outcome switch
        {
            StateChangeOutcome.Done => PruneWriteOutcome.Done,
            StateChangeOutcome.Unknown => PruneWriteOutcome.Unknown,
            _ => PruneWriteOutcome.NotDone,
        };
        return journal.AfterAsync(Write(revision, target), outcome, end.Failure?.Message ?? end.Revision?.StageReason ?? "accepted, and could not be read back");
    }

    private static PruneWrite Write(Revision revision, RevisionState target) =>
        new(target == RevisionState.Active ? PruneWriteKind.Activate : PruneWriteKind.Deactivate, revision.Id.Path) { CreatedTime = revision.CreatedTime };
}
