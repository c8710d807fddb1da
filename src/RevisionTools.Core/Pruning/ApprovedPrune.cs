namespace RevisionTools.Pruning;

/// <summary>What of a plan is to be carried out.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Entries">Those of its entries that are to be deactivated.</param>
internal sealed record ApprovedPrune(PrunePlan Plan, IReadOnlyList<PrunePlanEntry> Entries)
{
    /// <summary>All that the plan would take down.</summary>
    public static ApprovedPrune Whole(PrunePlan plan) => new(plan, [.. plan.Entries.Where(entry => entry.Decision == PruneDecision.Deactivate)]);
}
