namespace RevisionTools.Pruning;

/// <summary>What of a plan is to be carried out.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Entries">Those of its entries that are to be deactivated.</param>
internal sealed record ApprovedPrune(PrunePlan Plan, IReadOnlyList<PrunePlanEntry> Entries)
{
    /// <summary>What the limit of inactive revisions that is to be set afterwards means; null where it stays.</summary>
    public RetentionForecast? Limit { get; init; }

    /// <summary>Whether there is anything to carry out.</summary>
    public bool HasWork => Entries.Count > 0 || Limit is not null;

    /// <summary>All that the plan would do.</summary>
    public static ApprovedPrune Whole(PrunePlan plan)
    {
        var approved = new ApprovedPrune(plan, [.. plan.Entries.Where(entry => entry.Decision == PruneDecision.Deactivate)]);
        return approved with { Limit = approved.ForecastLimit() };
    }

    /// <summary>What the plan's lower limit means once the entries are inactive; null where the plan has none, or the app has it by now.</summary>
    public RetentionForecast? ForecastLimit() => Plan.Retention is { } step && step.After < PurgeForecast.LimitOf(Plan.World.Snapshot.App)
        ? PlannedRetention.Forecast(Plan.World.Snapshot, Entries, step.After)
        : null;
}
