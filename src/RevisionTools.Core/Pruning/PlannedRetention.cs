using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>Plans the step of a prune that lowers an app's limit of inactive revisions, after what is to be deactivated is down.</summary>
internal static class PlannedRetention
{
    /// <summary>What the lower limit means once the entries that are to be deactivated are inactive too.</summary>
    public static RetentionForecast Forecast(AppSnapshot snapshot, IEnumerable<PrunePlanEntry> deactivated, int limit)
    {
        var leaving = deactivated.Select(entry => entry.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var after = snapshot.Revisions.Select(revision => leaving.Contains(revision.Name) ? revision with { Stage = RevisionStage.Inactive } : revision);
        return RetentionForecast.Of(new AppSnapshot(snapshot.App, after), limit);
    }

    /// <summary>The step of a plan; null where the policy asks for none, the app's limit is as low already, or the app opts out.</summary>
    /// <param name="snapshot">The app as it was read.</param>
    /// <param name="entries">The entries of the plan.</param>
    /// <param name="policy">The rules.</param>
    /// <param name="reasonsToKeep">Which rules keep a revision, in words.</param>
    /// <exception cref="RevisionToolsException">
    /// <see cref="FailureKind.RetentionTooLow"/>: the limit would let the platform purge an inactive revision that a rule keeps.
    /// </exception>
    public static PruneRetention? Plan(
        AppSnapshot snapshot, IReadOnlyList<PrunePlanEntry> entries, RetentionPolicy policy, Func<Revision, IReadOnlyList<string>> reasonsToKeep)
    {
        if (policy.MaxInactive is not { } limit || limit >= PurgeForecast.LimitOf(snapshot.App) || PruneTags.OptOut(snapshot.App) is not null)
        {
            return null;
        }

        var forecast = Forecast(snapshot, entries.Where(entry => entry.Decision == PruneDecision.Deactivate), limit);
        RequireKept(forecast, reasonsToKeep, $"The prune of the app '{snapshot.App.Name}' was not planned");
        return Step(forecast);
    }

    /// <summary>The step that a forecast speaks of.</summary>
    public static PruneRetention Step(RetentionForecast forecast) => new()
    {
        Before = forecast.Before,
        After = forecast.After,
        InactiveCount = forecast.Inactive.Count,
        MayBePurged = forecast.MayBePurged,
        Message = forecast.Risk(),
    };

    /// <summary>Asks the app's tags and the rules again, right before the limit is sent: what is purged cannot be activated again.</summary>
    /// <param name="approved">What was approved, and what the same run has taken down.</param>
    /// <param name="fresh">The app as it was just read.</param>
    /// <param name="forecast">What the limit means for it.</param>
    /// <exception cref="RevisionToolsException">
    /// <see cref="FailureKind.RevisionChanged"/>: the app opts out by now; <see cref="FailureKind.RetentionTooLow"/>: a rule keeps what the platform might purge.
    /// </exception>
    public static void RequireAtCall(ApprovedPrune approved, AppSnapshot fresh, RetentionForecast forecast)
    {
        var refused = $"The limit of inactive revisions of the app '{fresh.App.Name}' was not lowered";
        if (PruneTags.OptOut(fresh.App) is { } optOut)
        {
            throw new RevisionToolsException(FailureKind.RevisionChanged, $"{refused}: {optOut}.") { ResourceId = fresh.App.ResourceId };
        }

        var plan = approved.Plan;
        var leaving = approved.Entries.Select(entry => entry.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rules = KeepRules.AsPlanned(plan, leaving, plan.World with { Snapshot = fresh });
        RequireKept(forecast, revision => ReasonsToKeep(revision, rules, plan.Selected), refused);
    }

    /// <summary>Why a revision is to be kept from the platform.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="rules">The rules, applied to its app.</param>
    /// <param name="selected">Names of the revisions that may be pruned; null for all.</param>
    public static IReadOnlyList<string> ReasonsToKeep(Revision revision, KeepRules rules, IReadOnlySet<string>? selected) =>
        selected?.Contains(revision.Name) == false ? ["not selected"] : rules.ReasonsToKeep(revision);

    private static void RequireKept(RetentionForecast forecast, Func<Revision, IReadOnlyList<string>> reasonsToKeep, string refused)
    {
        foreach (var revision in forecast.Endangered)
        {
            if (reasonsToKeep(revision) is { Count: > 0 } reasons)
            {
                // The platform goes by age alone: to keep one, all that are younger must fit in beside it.
                var needed = forecast.Inactive.Count - forecast.Inactive.TakeWhile(other => other.Id != revision.Id).Count();
                throw new RevisionToolsException(
                    FailureKind.RetentionTooLow,
                    $"{refused}: with a limit of {forecast.After} Azure may purge {revision}, which is inactive and to be kept: "
                    + $"{string.Join("; ", reasons)}. MaxInactive {needed} at least keeps it.")
                {
                    ResourceId = forecast.App.ResourceId,
                };
            }
        }
    }
}
