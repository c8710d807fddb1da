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
        foreach (var revision in forecast.Endangered)
        {
            if (reasonsToKeep(revision) is { Count: > 0 } reasons)
            {
                // The platform goes by age alone: to keep one, all that are younger must fit in beside it.
                var needed = forecast.Inactive.Count - forecast.Inactive.TakeWhile(other => other.Id != revision.Id).Count();
                throw new RevisionToolsException(
                    FailureKind.RetentionTooLow,
                    $"The prune of the app '{snapshot.App.Name}' was not planned: with a limit of {limit} Azure may purge {revision}, which is inactive and to be kept: "
                    + $"{string.Join("; ", reasons)}. MaxInactive {needed} at least keeps it.")
                {
                    ResourceId = snapshot.App.ResourceId,
                };
            }
        }

        return new PruneRetention
        {
            Before = forecast.Before,
            After = limit,
            InactiveCount = forecast.Inactive.Count,
            MayBePurged = forecast.MayBePurged,
            Message = forecast.Risk(),
        };
    }
}
