using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>Turns a policy and an app as it was read into a plan. Pure: no call, no clock.</summary>
internal static class PrunePlanner
{
    /// <param name="snapshot">The app and all its revisions.</param>
    /// <param name="policy">The keep rules, validated.</param>
    /// <param name="lifts">The caution interlocks that the caller lifted.</param>
    /// <param name="now">The moment from which ages are measured.</param>
    /// <param name="selected">Names of the revisions that may be pruned; null for all.</param>
    public static PrunePlan Plan(
        AppSnapshot snapshot, RetentionPolicy policy, InterlockLifts lifts, DateTimeOffset now, IReadOnlySet<string>? selected = null)
    {
        var keepRules = new KeepRules(policy, snapshot, now);
        HashSet<string> leaving = new(StringComparer.OrdinalIgnoreCase);
        List<PrunePlanEntry> entries = [];
        foreach (var revision in snapshot.Revisions)
        {
            entries.Add(Decide(revision));
        }

        return new PrunePlan
        {
            ContainerAppName = snapshot.App.Name,
            ResourceGroupName = snapshot.App.ResourceGroupName,
            SubscriptionId = snapshot.App.SubscriptionId,
            ResourceId = snapshot.App.ResourceId,
            RevisionMode = snapshot.App.RevisionMode,
            Policy = policy,
            CreatedTime = now,
            Entries = PurgeForecast.Mark(entries, snapshot.App),
        };

        PrunePlanEntry Decide(Revision revision)
        {
            if (revision.Stage is RevisionStage.Inactive or RevisionStage.Deactivating)
            {
                return Entry(PruneDecision.Inactive, [revision.StageReason]);
            }

            var holding = Lifecycle.Interlocks.Of(revision, snapshot, leaving);
            if (selected?.Contains(revision.Name) == false)
            {
                return Entry(PruneDecision.Keep, ["not selected"], holding);
            }

            var keep = keepRules.ReasonsToKeep(revision);
            if (keep.Count > 0)
            {
                return Entry(PruneDecision.Keep, keep, holding);
            }

            var binding = Lifecycle.Interlocks.BindingInBulk(holding, lifts);
            var why = keepRules.WhyNotKept(revision);
            if (binding.Count > 0)
            {
                return Entry(PruneDecision.Blocked, [.. binding.Select(interlock => Lifecycle.Interlocks.Name(interlock, revision)), why], holding) with
                {
                    BlockedBy = binding,
                };
            }

            leaving.Add(revision.Name);
            return Entry(PruneDecision.Deactivate, [why], holding);

            PrunePlanEntry Entry(PruneDecision decision, IReadOnlyList<string> reasons, IReadOnlyList<Interlock>? interlocks = null) =>
                new() { Revision = revision, Decision = decision, Reasons = reasons, Interlocks = interlocks ?? [] };
        }
    }
}
