using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>What holds for every table before it is written: a sum of 100, and nobody is sent where nothing answers.</summary>
/// <remarks>ARM-FACTS 4.5: Azure itself takes traffic to an inactive revision.</remarks>
internal static class TrafficGuard
{
    /// <param name="app">The app.</param>
    /// <param name="table">The table as it is to be.</param>
    /// <param name="arithmetic">How the sum comes about.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidTrafficSum"/></exception>
    public static void RequireSum(ContainerApp app, IReadOnlyList<TrafficEntry> table, Func<string> arithmetic)
    {
        var sum = table.Sum(entry => (long)entry.Weight);
        if (sum != 100)
        {
            throw TrafficFailure.Of(FailureKind.InvalidTrafficSum, app, $"The weights of '{app.Name}' would add up to {sum}, not to 100: {arithmetic()}.");
        }
    }

    /// <param name="snapshot">The app as it is.</param>
    /// <param name="table">The table as it is to be.</param>
    /// <param name="names">The targets that the change is about: revisions, or <c>@latest</c>.</param>
    /// <param name="allowNotReady">Whether a target may get traffic before it is ready.</param>
    /// <exception cref="RevisionToolsException">
    /// <see cref="FailureKind.TrafficTargetNotFound"/>, <see cref="FailureKind.TrafficTargetInactive"/> or
    /// <see cref="FailureKind.TrafficTargetNotReady"/>.
    /// </exception>
    public static void RequireTargets(AppSnapshot snapshot, IReadOnlyList<TrafficEntry> table, IEnumerable<string> names, bool allowNotReady)
    {
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var (was, becomes) = (WeightOf(name, snapshot.App.Traffic), WeightOf(name, table));
            if (becomes > 0)
            {
                RequireTarget(snapshot, name, becomes, isReadinessNeeded: becomes > was && !allowNotReady);
            }
        }

        // Where nothing serves now either, nothing is lost by trying.
        if (!Serves(table, snapshot) && Serves(snapshot.App.Traffic, snapshot))
        {
            throw TrafficFailure.Of(
                FailureKind.TrafficTargetNotReady, snapshot.App, $"No revision of '{snapshot.App.Name}' that would get traffic is ready, so nothing would answer.");
        }
    }

    private static void RequireTarget(AppSnapshot snapshot, string name, long weight, bool isReadinessNeeded)
    {
        var app = snapshot.App;
        var isLatest = name == TrafficEntry.LatestTarget;
        var revision = snapshot.Find((isLatest ? app.LatestRevisionName : name) ?? "")
            ?? throw TrafficFailure.Of(FailureKind.TrafficTargetNotFound, app, $"The app '{app.Name}' has no {(isLatest ? "latest revision" : $"revision '{name}'")}, so it cannot get {weight} %.");
        var who = isLatest ? $"The newest revision '{revision.Name}'" : $"Revision '{revision.Name}'";
        if (Readiness.IsDown(revision))
        {
            throw TrafficFailure.Of(FailureKind.TrafficTargetInactive, app, $"{who} is {revision.Stage} ({revision.StageReason}), so {weight} % of the requests would fail.");
        }

        if (isReadinessNeeded && !Readiness.IsReady(revision))
        {
            throw TrafficFailure.Of(
                FailureKind.TrafficTargetNotReady,
                app,
                $"{who} is not ready: {revision.Stage}, {revision.StageReason}. "
                + (isLatest ? "The traffic would move to it unasked once it is." : $"It would get {weight} % of the requests."));
        }
    }

    private static long WeightOf(string name, IReadOnlyList<TrafficEntry> table) =>
        table.Where(entry => Names.Same(entry.Target, name)).Sum(entry => (long)entry.Weight);

    private static bool Serves(IReadOnlyList<TrafficEntry> table, AppSnapshot snapshot) =>
        table.Any(entry => entry.Weight > 0 && Readiness.IsReady(TrafficJoin.EffectiveTarget(entry, snapshot)));
}
