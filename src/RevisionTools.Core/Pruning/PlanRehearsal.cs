namespace RevisionTools.Pruning;

/// <summary>Plans again on the world of a plan, at another moment or by other rules. Nothing is read.</summary>
internal static class PlanRehearsal
{
    /// <param name="plan">The plan.</param>
    /// <param name="request">The other rules; null for the plan's own.</param>
    /// <param name="asOf">The other moment; null for the plan's own.</param>
    /// <exception cref="RevisionToolsException">
    /// <see cref="FailureKind.InvalidPruneRequest"/>: the rules look at what was not read for the plan; and as for a plan on the app itself.
    /// </exception>
    public static PrunePlan Again(PrunePlan plan, PruneRequest? request, DateTimeOffset? asOf)
    {
        if (request is null && asOf is null)
        {
            return plan;
        }

        var rules = request ?? plan.Request;
        Require(!rules.Policy.AsksForLabelHistory || plan.Policy.AsksForLabelHistory, "where labels have been");
        Require(rules.Policy.KeepReady is null || plan.Policy.KeepReady is not null, "whether revisions could start again");
        var again = PrunePlanner.Plan(plan.World, rules, asOf ?? plan.CreatedTime, plan.Selected, (asOf ?? plan.AsOf) is not null) with { Cloud = plan.Cloud };
        PlanReader.RefuseToKeepNothing(again);
        return again;

        void Require(bool holds, string unread)
        {
            if (!holds)
            {
                throw new RevisionToolsException(
                    FailureKind.InvalidPruneRequest,
                    $"The rules ask {unread}, and that was not read when the plan of '{plan.ContainerAppName}' was made. Make a plan with such a rule first.")
                {
                    ResourceId = plan.ResourceId,
                };
            }
        }
    }
}
