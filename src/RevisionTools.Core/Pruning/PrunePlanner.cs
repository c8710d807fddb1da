namespace RevisionTools.Pruning;

/// <summary>Turns a policy and an app as it was read into a plan. Pure: no call, no clock.</summary>
internal static class PrunePlanner
{
    /// <param name="world">The app and all its revisions.</param>
    /// <param name="request">The policy, and what the caller lifted.</param>
    /// <param name="now">The moment from which ages are measured.</param>
    /// <param name="selected">Names of the revisions that may be pruned; null for all.</param>
    /// <param name="isAsOf">Whether the moment was asked for: what was made after it is kept, and fills no place.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.RetentionTooLow"/>, as <see cref="PlannedRetention"/> says.</exception>
    public static PrunePlan Plan(PruneWorld world, PruneRequest request, DateTimeOffset now, IReadOnlySet<string>? selected = null, bool isAsOf = false)
    {
        var snapshot = world.Snapshot;
        var keepRules = new KeepRules(request.Policy, world, now, isAsOf);
        HashSet<string> leaving = new(StringComparer.OrdinalIgnoreCase);
        List<PrunePlanEntry> entries = [];
        foreach (var revision in snapshot.Revisions)
        {
            entries.Add(Decide(revision));
        }

        var retention = PlannedRetention.Plan(
            snapshot, entries, request.Policy, revision => PlannedRetention.ReasonsToKeep(revision, keepRules, selected));
        return new PrunePlan(world, request)
        {
            CreatedTime = now,
            AsOf = isAsOf ? now : null,
            Entries = PurgeForecast.Mark(entries, retention?.After ?? PurgeForecast.LimitOf(snapshot.App)),
            Retention = retention,
            Selected = selected,
        };

        PrunePlanEntry Decide(Revision revision)
        {
            if (revision.Stage is RevisionStage.Inactive or RevisionStage.Deactivating)
            {
                return Entry(PruneDecision.Inactive, [revision.StageReason], []);
            }

            var obstacles = PruneObstacles.Of(revision, world, request, leaving, now);
            if (selected?.Contains(revision.Name) == false)
            {
                return Entry(PruneDecision.Keep, ["not selected"], obstacles.Holding);
            }

            var keep = keepRules.ReasonsToKeep(revision);
            if (keep.Count > 0)
            {
                return Entry(PruneDecision.Keep, keep, obstacles.Holding);
            }

            var why = keepRules.WhyNotKept(revision);
            if (obstacles.Binding.Count > 0)
            {
                return Entry(PruneDecision.Blocked, [.. obstacles.Words, why], obstacles.Holding) with { BlockedBy = obstacles.Binding };
            }

            leaving.Add(revision.Name);
            return Entry(PruneDecision.Deactivate, [why], obstacles.Holding);

            PrunePlanEntry Entry(PruneDecision decision, IReadOnlyList<string> reasons, IReadOnlyList<Interlock> interlocks) =>
                new() { Revision = revision, Decision = decision, Reasons = reasons, Interlocks = interlocks };
        }
    }
}
