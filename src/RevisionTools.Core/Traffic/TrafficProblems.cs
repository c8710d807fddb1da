using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>Finds what is wrong with an app's traffic table.</summary>
internal static class TrafficProblems
{
    public static IReadOnlyList<TrafficProblem> Of(AppSnapshot snapshot)
    {
        var app = snapshot.App;
        return app.IngressEnabled
            ? [.. OfApp(app), .. app.Traffic.SelectMany(entry => OfEntry(entry, snapshot)).Distinct()]
            : [Problem(TrafficProblemKind.NoIngress, null, "the app has no ingress, so weights and labels mean nothing: every active revision does its work")];
    }

    private static IEnumerable<TrafficProblem> OfApp(ContainerApp app)
    {
        if (app.IsSingleMode && app.Traffic.Any(entry => !entry.LatestRevision))
        {
            yield return Problem(
                TrafficProblemKind.SingleMode, null, "the app is in single-revision mode, where the platform chooses the active revision; the weights of named revisions do not count");
        }

        var sum = app.Traffic.Sum(entry => (long)entry.Weight);
        if (sum != 100)
        {
            yield return Problem(TrafficProblemKind.SumNot100, null, $"the weights add up to {sum}, not to 100");
        }
    }

    private static IEnumerable<TrafficProblem> OfEntry(TrafficEntry entry, AppSnapshot snapshot)
    {
        if (entry.LatestRevision)
        {
            return entry.IsEmpty ? [] : OfLatest(entry, snapshot);
        }

        // In single-revision mode the weights of named revisions do not count.
        var (name, weight) = (entry.RevisionName ?? "", snapshot.App.IsSingleMode ? 0 : entry.Weight);
        return snapshot.Find(name) is { } revision
            ? [.. OfWeight(weight, revision), .. OfLabel(entry, revision)]
            : [Problem(TrafficProblemKind.GhostEntry, name, $"'{name}' is not there{(weight > 0 ? $" and has {weight} % of the traffic" : "")}{LabelText(entry)}")];
    }

    private static IEnumerable<TrafficProblem> OfLatest(TrafficEntry entry, AppSnapshot snapshot)
    {
        var (newest, ready) = (snapshot.App.LatestRevisionName, TrafficJoin.EffectiveTarget(entry, snapshot));
        var revision = newest is null ? null : snapshot.Find(newest);
        if (!Readiness.IsReady(revision))
        {
            var stage = revision is null ? "not there" : $"{revision.Stage} ({revision.StageReason})";
            var now = ready is null ? "nothing is ready to take it" : $"it goes to '{ready.Name}' now";
            var what = entry.Weight > 0 ? $"{entry.Weight} %" : $"label '{entry.Label}'";
            yield return Problem(
                TrafficProblemKind.LatestNotReady,
                newest,
                $"{what} follows the latest revision, and the newest, '{newest}', is {stage}: {now}, and moves to the newest unasked once that is ready");
        }

        if (ready is null)
        {
            yield break;
        }

        IEnumerable<TrafficProblem> more = [.. ready.Name == revision?.Name ? [] : OfWeight(entry.Weight, ready), .. OfLabel(entry, ready)];
        foreach (var problem in more)
        {
            yield return problem;
        }
    }

    private static IEnumerable<TrafficProblem> OfWeight(int weight, Revision revision)
    {
        if (weight == 0 || Readiness.IsReady(revision))
        {
            return [];
        }

        var (kind, result) = revision switch
        {
            _ when Readiness.IsDown(revision) => (TrafficProblemKind.WeightOnInactive, ": these requests fail"),
            { Stage: RevisionStage.Failed } => (TrafficProblemKind.WeightOnFailed, $" ({revision.StageReason})"),
            _ => (TrafficProblemKind.WeightOnNotReady, $" ({revision.StageReason})"),
        };
        return [Problem(kind, revision.Name, $"'{revision.Name}' gets {weight} % of the traffic and is {revision.Stage}{result}")];
    }

    private static IEnumerable<TrafficProblem> OfLabel(TrafficEntry entry, Revision revision) =>
        string.IsNullOrEmpty(entry.Label) || !Readiness.IsDown(revision)
            ? []
            : [Problem(TrafficProblemKind.DeadLabel, revision.Name, $"label '{entry.Label}' is on '{revision.Name}', which is {revision.Stage}: its host is dead")];

    private static string LabelText(TrafficEntry entry) => string.IsNullOrEmpty(entry.Label) ? "" : $", and label '{entry.Label}' leads to it";

    private static TrafficProblem Problem(TrafficProblemKind kind, string? revisionName, string message) =>
        new() { Kind = kind, RevisionName = revisionName, Message = message };
}
