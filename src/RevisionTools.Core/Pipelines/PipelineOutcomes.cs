using RevisionTools.Lifecycle;
using RevisionTools.Pruning.Reports;
using RevisionTools.Templates;

namespace RevisionTools.Pipelines;

/// <summary>What the results of the commands mean to a pipeline.</summary>
internal static class PipelineOutcomes
{
    /// <summary>A revision was made or found. The one before it is that which served when it was asked for; none where that is the revision itself.</summary>
    public static PipelineOutcome Of(RevisionDraft draft, MadeRevision made)
    {
        var snapshot = draft.State.Snapshot;
        var serving = snapshot.Serving ?? (snapshot.App.LatestReadyRevisionName is { } ready ? snapshot.Find(ready) : null);
        return Of(made.IsNew ? PipelineDecision.Created : PipelineDecision.Reused, made.Revision) with
        {
            PreviousRevisionName = serving is null || Names.Same(serving.Name, made.Revision.Name) ? "" : serving.Name,
            Before = serving?.ToString() ?? "",
        };
    }

    /// <summary>Traffic was set. The revisions are those with the greatest share.</summary>
    public static PipelineOutcome Of(TrafficChange change) => Written(change) with
    {
        RevisionName = Greatest(change.After),
        PreviousRevisionName = Greatest(change.Before),
    };

    /// <summary>A label was put or swapped. The revisions are those that have it now and had it before.</summary>
    public static PipelineOutcome Of(TrafficChange change, string label) => Written(change) with
    {
        RevisionName = Holder(change.After, label),
        PreviousRevisionName = Holder(change.Before, label),
    };

    /// <summary>The traffic table of an app was written, whichever revisions that concerns.</summary>
    public static PipelineOutcome Written(TrafficChange change) => new(change.HasWritten ? PipelineDecision.Changed : PipelineDecision.Unchanged)
    {
        App = PipelineReport.AppOf(change.ContainerAppName, change.ResourceGroupName),
        Before = Shares(change.Before),
        After = Shares(change.After),
    };

    /// <summary>A revision was to be activated or deactivated; null where what came of it is told as a failure.</summary>
    public static PipelineOutcome? Of(Revision before, StateChange end)
    {
        PipelineDecision? decision = end.Outcome switch
        {
            StateChangeOutcome.Done => PipelineDecision.Changed,
            StateChangeOutcome.AlreadyThere => PipelineDecision.Unchanged,
            StateChangeOutcome.NotAttempted => PipelineDecision.Failed,
            _ => null,
        };
        return decision is { } known ? Of(known, end.Revision ?? before) with { Before = $"{before.Stage}" } : null;
    }

    /// <summary>A revision has come to the stage that was waited for.</summary>
    public static PipelineOutcome Arrived(RevisionStage stage, Revision revision) => Of(
        stage switch
        {
            RevisionStage.Active => PipelineDecision.Active,
            RevisionStage.Inactive => PipelineDecision.Inactive,
            _ => PipelineDecision.Ready,
        },
        revision);

    /// <summary>The limit of inactive revisions was set.</summary>
    public static PipelineOutcome Of(RetentionChange change) => new(change.Before == change.After ? PipelineDecision.Unchanged : PipelineDecision.Changed)
    {
        App = PipelineReport.AppOf(change.ContainerAppName, change.ResourceGroupName),
        Before = $"limit {change.Before}",
        After = $"limit {change.After}",
    };

    /// <summary>The revision mode was set.</summary>
    public static PipelineOutcome Of(ContainerApp before, ContainerApp after) => new(Names.Same(before.RevisionMode, after.RevisionMode) ? PipelineDecision.Unchanged : PipelineDecision.Changed)
    {
        App = PipelineReport.AppOf(after.Name, after.ResourceGroupName),
        Before = before.RevisionMode,
        After = after.RevisionMode,
    };

    /// <summary>A revision as a command leaves it.</summary>
    public static PipelineOutcome Of(PipelineDecision decision, Revision revision) => new(decision)
    {
        App = PipelineReport.AppOf(revision.ContainerAppName, revision.ResourceGroupName),
        RevisionName = revision.Name,
        After = $"{revision.Stage}: {revision.StageReason}",
    };

    /// <summary>One result of an undo.</summary>
    public static PipelineOutcome Of(PruneUndoResult result)
    {
        var decision = result.Outcome switch
        {
            UndoOutcome.Activated or UndoOutcome.LimitRaised => PipelineDecision.Restored,
            UndoOutcome.AlreadyActive or UndoOutcome.LimitLeft => PipelineDecision.NothingToDo,
            _ => PipelineDecision.Incomplete,
        };
        return new(decision)
        {
            App = PipelineReport.AppOf(result.ContainerAppName, result.ResourceGroupName),
            About = result.Name ?? "limit of inactive revisions",
            After = $"{result.Outcome}: {result.Message}",
            Counts = [("RestoredCount", Count(PipelineDecision.Restored)), ("NotRestoredCount", Count(PipelineDecision.Incomplete))],
        };

        int Count(PipelineDecision counted) => decision == counted ? 1 : 0;
    }

    /// <summary>A prune as a whole.</summary>
    /// <param name="report">What was planned and what became of it.</param>
    /// <param name="isComplete">Whether the run came to its end and each revision had its turn.</param>
    public static PipelineOutcome Of(PruneReport report, bool isComplete)
    {
        var revisions = report.Apps.SelectMany(app => app.Revisions).ToList();
        var outcomes = revisions.Select(revision => revision.Outcome).ToList();
        var pruned = Count(PruneOutcome.Deactivated);
        var failed = Count(PruneOutcome.Failed, PruneOutcome.Unknown);
        var notAttempted = Count(PruneOutcome.NotAttempted);
        var hasFailure = report.Failures.Count > 0 || report.Apps.Any(app => app.Failures.Count > 0) || revisions.Any(revision => revision.Failure is not null);
        return new(
            report.PlanOnly ? PipelineDecision.PlanOnly
            : !isComplete || hasFailure || failed + notAttempted > 0 ? PipelineDecision.Incomplete
            : pruned > 0 || report.Apps.Any(app => app.Retention is { Done: true }) ? PipelineDecision.Pruned
            : PipelineDecision.NothingToDo)
        {
            Counts =
            [
                ("PlannedCount", revisions.Count(revision => revision.Decision == PruneDecision.Deactivate)),
                ("PrunedCount", pruned),
                ("BlockedCount", revisions.Count(revision => revision.Decision == PruneDecision.Blocked)),
                ("FailedCount", failed),
                ("NotAttemptedCount", notAttempted),
            ],
            Summary = MarkdownReport.Text(report),
        };

        int Count(params PruneOutcome[] counted) => outcomes.Count(outcome => outcome is { } known && counted.Contains(known));
    }

    private static string Greatest(TrafficTable table) => table.Entries
        .Where(row => row.EffectiveRevisionName is not null && row.EffectiveWeight > 0)
        .GroupBy(row => row.EffectiveRevisionName!, StringComparer.OrdinalIgnoreCase)
        .MaxBy(rows => rows.Sum(row => row.EffectiveWeight))?.Key ?? "";

    private static string Holder(TrafficTable table, string label) =>
        table.Entries.FirstOrDefault(row => Names.Same(row.Label, label))?.RevisionName ?? "";

    private static string Shares(TrafficTable table) => string.Join("; ", table.Entries);
}
