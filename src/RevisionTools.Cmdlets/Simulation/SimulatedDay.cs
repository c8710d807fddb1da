using RevisionTools.Lifecycle;
using RevisionTools.Pruning;

namespace RevisionTools.Cmdlets.Simulation;

/// <summary>What of one day is known of one app.</summary>
/// <param name="Deployed">The revisions made.</param>
/// <param name="FailedDeployments">Those of them that did not become ready.</param>
internal sealed record SimulatedDay(int Deployed, int FailedDeployments)
{
    /// <summary>The plan at the end of the day.</summary>
    public required PrunePlan Plan { get; init; }

    /// <summary>How many revisions were taken down.</summary>
    public required int Pruned { get; init; }

    /// <summary>The app after that.</summary>
    public required AppSnapshot After { get; init; }

    /// <summary>How many revisions are gone since the day before.</summary>
    public required int Purged { get; init; }

    /// <summary>What a day was like over all apps.</summary>
    public static PruneSimulationDay Sum(int day, DateTimeOffset end, IReadOnlyList<SimulatedDay> apps)
    {
        var standing = apps.SelectMany(app => app.After.Revisions).Where(revision => revision.IsStanding).ToList();
        return new PruneSimulationDay
        {
            Day = day,
            Date = end,
            Apps = apps.Count,
            Deployed = apps.Sum(app => app.Deployed),
            FailedDeployments = apps.Sum(app => app.FailedDeployments),
            Kept = apps.Sum(app => app.Plan.KeepCount),
            Pruned = apps.Sum(app => app.Pruned),
            Blocked = apps.Sum(app => app.Plan.BlockedCount),
            Active = standing.Count,
            Inactive = apps.Sum(app => app.After.Revisions.Count) - standing.Count,
            Purged = apps.Sum(app => app.Purged),
            ActiveReplicas = standing.Sum(revision => revision.Replicas ?? 0),
            ReservedCpu = standing.Sum(revision => ReservedResources.Cpu(revision) ?? 0),
        };
    }
}
