using System.Collections.Concurrent;
using RevisionTools.Work;

namespace RevisionTools.Pruning.Reports;

/// <summary>Keeps what a prune plans and says, for its report.</summary>
internal sealed class PruneRecord
{
    private readonly ConcurrentQueue<object> _said = new();
    private readonly ConcurrentQueue<ReportedFailure> _failures = new();
    private IReadOnlyList<PrunePlan> _plans = [];

    /// <summary>Keeps the plans.</summary>
    public void Add(IReadOnlyList<PrunePlan> plans) => _plans = plans;

    /// <summary>Keeps a result.</summary>
    public void Add(object result) => _said.Enqueue(result);

    /// <summary>Keeps what went wrong.</summary>
    public void Add(RevisionToolsException failure, object? target) => _failures.Enqueue(new ReportedFailure
    {
        Kind = failure.Kind,
        Message = failure.Message,
        ResourceId = failure.ResourceId ?? IdOf(target),
    });

    /// <summary>Carries on to <paramref name="output"/> what is said, and keeps it.</summary>
    public IWorkOutput Over(IWorkOutput output) => new Recorder(this, output);

    /// <param name="cloud">The cloud of the connection.</param>
    /// <param name="planOnly">Whether nothing was to be changed.</param>
    /// <param name="now">When the report is made.</param>
    public PruneReport Report(string cloud, bool planOnly, DateTimeOffset now)
    {
        var results = _said.OfType<PruneResult>().ToLookup(result => RevisionId.TryParse(result.ResourceId));
        var limits = _said.OfType<RetentionChange>().ToLookup(change => change.ResourceId, StringComparer.OrdinalIgnoreCase);
        var failures = _failures.ToLookup(failure => ContainerAppId.TryParse(failure.ResourceId));
        var apps = _plans.Select(plan => AppOf(plan, results, limits[plan.ResourceId].Any(), failures)).ToList();
        var known = PlannedApps();
        return new PruneReport
        {
            CreatedTime = now,
            Cloud = cloud,
            PlanOnly = planOnly,
            Totals = TotalsOf(apps),
            Apps = apps,
            Failures = [.. failures.Where(app => !known.Contains(app.Key)).SelectMany(app => app)],
        };
    }

    /// <summary>The first failure that concerns no app that has a plan; null where every app has one.</summary>
    public ReportedFailure? FailureWithoutPlan
    {
        get
        {
            var known = PlannedApps();
            return _failures.FirstOrDefault(failure => !known.Contains(ContainerAppId.TryParse(failure.ResourceId)));
        }
    }

    private HashSet<ContainerAppId?> PlannedApps() => [.. _plans.Select(plan => (ContainerAppId?)plan.World.Snapshot.App.Id)];

    private static ReportedApp AppOf(
        PrunePlan plan, ILookup<RevisionId?, PruneResult> results, bool limitIsSet, ILookup<ContainerAppId?, ReportedFailure> failures) => new()
        {
            ContainerAppName = plan.ContainerAppName,
            ResourceGroupName = plan.ResourceGroupName,
            SubscriptionId = plan.SubscriptionId,
            ResourceId = plan.ResourceId,
            Policy = plan.Policy.ToString(),
            PlannedTime = plan.CreatedTime,
            Fingerprint = plan.Fingerprint,
            Summary = plan.ToString(),
            RetentionDebt = plan.RetentionDebt,
            Retention = plan.Retention is not { } step ? null : new ReportedRetention
            {
                Before = step.Before,
                After = step.After,
                Done = limitIsSet,
                MayBePurged = [.. step.MayBePurged.Select(revision => revision.Name)],
                Message = step.Message,
            },
            Revisions = [.. plan.Entries.Select(entry => RevisionOf(
                entry, results[entry.Revision.Id].LastOrDefault(),
                failures[plan.World.Snapshot.App.Id].LastOrDefault(failure => RevisionId.TryParse(failure.ResourceId) == entry.Revision.Id)))],

            // What failed of a revision is told with its outcome.
            Failures = [.. failures[plan.World.Snapshot.App.Id].Where(failure => failure.ResourceId is null || !results.Contains(RevisionId.TryParse(failure.ResourceId)))],
        };

    private static ReportedRevision RevisionOf(PrunePlanEntry entry, PruneResult? result, ReportedFailure? failure) => new()
    {
        Name = entry.Name,
        Stage = result?.Stage ?? entry.Stage,
        CreatedTime = entry.CreatedTime,
        Decision = entry.Decision,
        Outcome = result?.Outcome,
        Reasons = entry.Reasons,
        Message = result?.Message,
        Failure = result?.Outcome is PruneOutcome.Deactivated or PruneOutcome.AlreadyInactive ? failure : null,
        PurgeExpected = entry.PurgeExpected,
    };

    private static SortedDictionary<string, int> TotalsOf(List<ReportedApp> apps)
    {
        SortedDictionary<string, int> totals = new(StringComparer.Ordinal) { ["apps"] = apps.Count, ["revisions"] = apps.Sum(app => app.Revisions.Count) };
        foreach (var revision in apps.SelectMany(app => app.Revisions))
        {
            Count($"decision{revision.Decision}");
            if (revision.Outcome is { } outcome)
            {
                Count($"outcome{outcome}");
            }

            if (revision.Failure is { } failure)
            {
                Count($"failure{failure.Kind}");
            }
        }

        return totals;

        void Count(string name) => totals[name] = totals.GetValueOrDefault(name) + 1;
    }

    private static string? IdOf(object? target) => target switch
    {
        string id => id,
        Revision revision => revision.ResourceId,
        ContainerApp app => app.ResourceId,
        PrunePlan plan => plan.ResourceId,
        _ => null,
    };

    private sealed class Recorder(PruneRecord record, IWorkOutput output) : IWorkOutput
    {
        public ValueTask EmitAsync(object result)
        {
            record.Add(result);
            return output.EmitAsync(result);
        }

        public ValueTask WarnAsync(string message) => output.WarnAsync(message);

        public ValueTask VerboseAsync(string message) => output.VerboseAsync(message);

        public ValueTask DebugAsync(string message) => output.DebugAsync(message);

        public ValueTask FailAsync(RevisionToolsException failure, object? target)
        {
            record.Add(failure, target);
            return output.FailAsync(failure, target);
        }

        public ValueTask ProgressAsync(WorkProgress progress) => output.ProgressAsync(progress);
    }
}
