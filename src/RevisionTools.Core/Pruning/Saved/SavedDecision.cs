namespace RevisionTools.Pruning.Saved;

/// <summary>What a saved plan does with a revision, and why.</summary>
internal sealed record SavedDecision
{
    public required string Name { get; init; }

    public required PruneDecision Decision { get; init; }

    /// <summary>For people.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    public static SavedDecision Of(PrunePlanEntry entry) => new() { Name = entry.Name, Decision = entry.Decision, Reasons = entry.Reasons };
}
