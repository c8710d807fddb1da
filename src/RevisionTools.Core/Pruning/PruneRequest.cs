using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>What a prune is to go by, in the plan and again before each call.</summary>
/// <param name="Policy">The keep rules, validated.</param>
/// <param name="Lifts">The caution interlocks that the caller lifted.</param>
internal sealed record PruneRequest(RetentionPolicy Policy, InterlockLifts Lifts)
{
    /// <summary>The rules that protect revisions; tests put others in to show that each is needed.</summary>
    public InterlockRules Interlocks { get; init; } = InterlockRules.Default;
}
