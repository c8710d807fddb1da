using RevisionTools.Lifecycle;
using RevisionTools.Pruning;

namespace RevisionTools.FaultRuns.Processes;

/// <summary>How a prune is called. Whoever takes up one that was cut off calls it in the same way.</summary>
internal sealed record PruneCall
{
    public required PruneRequest Request { get; init; }

    public required IReadOnlyList<AppScope> Scopes { get; init; }

    public required int ThrottleLimit { get; init; }

    public required PruneRunOptions Options { get; init; }

    /// <summary>What becomes of plans before they are carried out.</summary>
    public Func<PrunePlan, PrunePlan> Change { get; init; } = plan => plan;

    public required bool HasJournal { get; init; }

    public TimeSpan? Deadline { get; init; }

    /// <summary>How long it takes whoever is asked to agree to the plan.</summary>
    public TimeSpan Thinking { get; init; }
}
