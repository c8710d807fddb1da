using RevisionTools.Pruning;

namespace RevisionTools.Cmdlets;

/// <summary>Asks about each step of prune plans, and says with -WhatIf what would become of each app.</summary>
/// <param name="cmdlet">The cmdlet that asks.</param>
/// <param name="isRehearsal">Whether nothing is to be done, only said.</param>
/// <param name="leftOut">What of saved plans is not to be done any more; told where nothing is to be done.</param>
/// <param name="emit">Takes the results of what is blocked.</param>
internal sealed class PruneApproval(AcaCmdlet cmdlet, bool isRehearsal, IReadOnlyCollection<PruneResult> leftOut, Action<PruneResult> emit)
{
    private const int MostNamed = 5;

    /// <returns>What was approved, one item an app.</returns>
    public IReadOnlyList<ApprovedPrune> Ask(IReadOnlyList<PrunePlan> plans)
    {
        List<ApprovedPrune> approved = [];
        foreach (var plan in plans)
        {
            approved.Add(Ask(plan));
            if (PruneTags.NotUnderstood(plan.World.Snapshot.App) is { } tag)
            {
                cmdlet.Warn($"{AppOf(plan)}: all revisions are kept, since {tag}.");
            }

            if (plan.RetentionDebt > 0)
            {
                cmdlet.Warn($"{AppOf(plan)}: inactive revisions beyond the limit that Azure has not purged yet: {plan.RetentionDebt}.");
            }
        }

        if (leftOut.Count > 0)
        {
            Tell($"Not as the plan was made: {string.Join("; ", leftOut.Select(result => $"{result.Name} ({result.ResourceGroupName}/{result.ContainerAppName}) {result.Outcome}: {result.Message}"))}.");
        }

        if (isRehearsal && plans.Count > 0)
        {
            var limits = plans.Count(plan => ApprovedPrune.Whole(plan).Limit is not null);
            var lowered = limits == 0 ? "" : $", {limits} {(limits == 1 ? "limit" : "limits")} to lower";
            Tell($"Total of {plans.Count} {(plans.Count == 1 ? "app" : "apps")}: {Counts(plans)}{lowered}.");
        }

        return approved;
    }

    private ApprovedPrune Ask(PrunePlan plan)
    {
        var planned = ApprovedPrune.Whole(plan);
        var approved = new ApprovedPrune(
            plan, [.. planned.Entries.Where(entry => cmdlet.ShouldProcess($"{entry.Name} ({plan.ResourceGroupName}/{plan.ContainerAppName})", "Deactivate revision"))]);
        if ((isRehearsal ? planned : approved).ForecastLimit() is { } limit && cmdlet.ShouldProcess(AppOf(plan), limit.Describe()))
        {
            approved = approved with { Limit = limit };
        }

        var blocked = plan.Entries.Where(entry => entry.Decision == PruneDecision.Blocked).ToList();
        if (!isRehearsal)
        {
            foreach (var entry in blocked)
            {
                emit(PruneResult.Of(entry.Revision, PruneOutcome.Blocked, string.Join("; ", entry.BlockedReasons), entry.BlockedBy));
            }
        }
        else if (planned.HasWork || blocked.Count > 0)
        {
            Tell($"{AppOf(plan)}: {Counts([plan])}{NamesOf(blocked)}.");
        }

        return approved;
    }

    // With -WhatIf this is the line that ShouldProcess prints; it asks nothing.
    private void Tell(string line) => cmdlet.ShouldProcess(line, line, "Prune");

    private static string Counts(IReadOnlyList<PrunePlan> plans) =>
        $"{plans.Sum(plan => plan.DeactivateCount)} to deactivate, {plans.Sum(plan => plan.KeepCount)} kept, {plans.Sum(plan => plan.BlockedCount)} blocked, "
        + $"{plans.Sum(plan => plan.InactiveCount)} inactive";

    private static string NamesOf(List<PrunePlanEntry> blocked)
    {
        if (blocked.Count == 0)
        {
            return "";
        }

        var names = blocked.Take(MostNamed).Select(entry => $"{entry.Name} by {string.Join(", ", entry.BlockedBy)}");
        var rest = blocked.Count > MostNamed ? $"; and {blocked.Count - MostNamed} more" : "";
        return $"; blocked: {string.Join("; ", names)}{rest}";
    }

    private static string AppOf(PrunePlan plan) => $"{plan.ContainerAppName} ({plan.ResourceGroupName})";
}
