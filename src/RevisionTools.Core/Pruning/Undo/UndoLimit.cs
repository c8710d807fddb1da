using RevisionTools.Pruning.Journal;

namespace RevisionTools.Pruning.Undo;

/// <summary>What an undo does with the limit of inactive revisions of one app, as planned.</summary>
/// <param name="Pruned">What the prune did.</param>
/// <param name="Id">The app.</param>
/// <param name="Outcome">What it comes to without any call; null where it is to be raised.</param>
/// <param name="Message">The outcome in a sentence.</param>
internal sealed record UndoLimit(JournalWrite Pruned, ContainerAppId Id, UndoOutcome? Outcome, string Message)
{
    /// <summary>What an undo that was cut off had sent, where nobody knows yet what became of it.</summary>
    public PruneWrite? Sent { get; init; }

    /// <summary>The limit that the prune had set.</summary>
    public int From => Pruned.Write.After!.Value;

    /// <summary>The limit before the prune.</summary>
    public int To => Pruned.Write.Before!.Value;

    public static UndoLimit Of(JournalWrite pruned, ContainerAppId id, int limit) =>
        limit == pruned.Write.After ? new(pruned, id, null, "") : new(pruned, id, UndoOutcome.LimitLeft, WhyLeft(pruned.Write, limit));

    public static string WhyLeft(PruneWrite pruned, int limit) => limit == pruned.Before
        ? $"the limit is {limit}, as before the prune"
        : $"the limit is {limit}, and the prune had set {pruned.After}: somebody has changed it since";

    public PruneUndoResult Result(UndoOutcome outcome, string message) => new()
    {
        ContainerAppName = Id.Name,
        ResourceGroupName = Id.ResourceGroupName,
        SubscriptionId = Id.SubscriptionId,
        ResourceId = Id.Path,
        Outcome = outcome,
        PrunedTime = Pruned.Time,
        Message = message,
    };
}
