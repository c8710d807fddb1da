using RevisionTools.Lifecycle;
using RevisionTools.Pruning.Journal;

namespace RevisionTools.Pruning.Undo;

/// <summary>What an undo does with one revision, as planned.</summary>
/// <param name="Pruned">What the prune did.</param>
/// <param name="Id">The revision.</param>
/// <param name="Revision">The revision as it was read; null where there is none.</param>
/// <param name="Outcome">What it comes to without any call; null where it is to be activated.</param>
/// <param name="Message">The outcome in a sentence.</param>
internal sealed record UndoItem(JournalWrite Pruned, RevisionId Id, Revision? Revision, UndoOutcome? Outcome, string Message)
{
    /// <summary>What an undo that was cut off had sent, where nobody knows yet what became of it.</summary>
    public PruneWrite? Sent { get; init; }

    public static UndoItem Of(JournalWrite pruned, RevisionId id, AppSnapshot snapshot, PruneWrite? sent)
    {
        var revision = snapshot.Find(id.Name);
        return revision switch
        {
            null => Settled(UndoOutcome.Purged, "the platform has purged it since"),
            _ when revision.CreatedTime != pruned.Write.CreatedTime =>
                Settled(UndoOutcome.Replaced, $"another revision has its name, made {revision.CreatedTime:u}; the one that was deactivated was made {pruned.Write.CreatedTime:u}"),
            _ when RevisionStateChanger.IsThere(revision, RevisionState.Active) => sent is not null
                ? Settled(UndoOutcome.Activated, $"found after the undo was cut off: {revision.StageReason}")
                : Settled(UndoOutcome.AlreadyActive, revision.StageReason),
            _ when snapshot.App.IsSingleMode => Settled(UndoOutcome.Blocked, SingleMode(snapshot.App)),
            _ => new UndoItem(pruned, id, revision, null, "") { Sent = sent },
        };

        UndoItem Settled(UndoOutcome outcome, string message) => new(pruned, id, revision, outcome, message) { Sent = sent };
    }

    public static string SingleMode(ContainerApp app) =>
        $"the app is in single-revision mode; activating it would make the service take '{app.LatestReadyRevisionName}' down";

    public PruneUndoResult Result(UndoOutcome outcome, Revision? revision, string message) => new()
    {
        Name = Id.Name,
        ContainerAppName = Id.App.Name,
        ResourceGroupName = Id.App.ResourceGroupName,
        SubscriptionId = Id.App.SubscriptionId,
        ResourceId = revision?.ResourceId ?? Id.Path,
        Outcome = outcome,
        PrunedTime = Pruned.Time,
        Stage = revision?.Stage ?? (outcome == UndoOutcome.Purged ? RevisionStage.Removed : RevisionStage.Unknown),
        Message = message,
    };
}
