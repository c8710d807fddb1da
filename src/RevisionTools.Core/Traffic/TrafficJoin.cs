using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>Joins an app's traffic table with its revisions: the one place where a <see cref="TrafficTable"/> comes into being.</summary>
internal static class TrafficJoin
{
    public static TrafficTable Join(AppSnapshot snapshot)
    {
        var app = snapshot.App;
        return new TrafficTable
        {
            ContainerAppName = app.Name,
            ResourceGroupName = app.ResourceGroupName,
            SubscriptionId = app.SubscriptionId,
            ResourceId = app.ResourceId,
            RevisionMode = app.RevisionMode,
            IngressEnabled = app.IngressEnabled,
            Entries = [.. app.Traffic.Select(entry => Row(entry, snapshot))],
            Problems = TrafficProblems.Of(snapshot),
        };
    }

    private static TrafficRow Row(TrafficEntry entry, AppSnapshot snapshot)
    {
        var app = snapshot.App;
        var name = entry.LatestRevision ? app.LatestRevisionName : entry.RevisionName;
        var revision = name is null ? null : snapshot.Find(name);
        var (effective, effectiveWeight) = Effective(entry, snapshot);
        return new TrafficRow
        {
            RevisionName = revision?.Name ?? name,
            LatestRevision = entry.LatestRevision,
            Weight = entry.Weight,
            EffectiveWeight = effectiveWeight,
            EffectiveRevisionName = effective?.Name,
            Label = entry.Label,
            LabelUrl = LabelUrl(app, entry.Label),
            Stage = revision?.Stage ?? RevisionStage.Removed,
            StageReason = revision?.StageReason ?? "the app has no such revision",
            IsReady = Readiness.IsReady(revision),
        };
    }

    /// <summary>The revision that an entry's requests go to.</summary>
    /// <remarks>ARM-FACTS 4.4: a latest-revision entry leads to the newest that is ready.</remarks>
    public static Revision? EffectiveTarget(TrafficEntry entry, AppSnapshot snapshot) =>
        (entry.LatestRevision ? snapshot.App.LatestReadyRevisionName : entry.RevisionName) is { } name ? snapshot.Find(name) : null;

    /// <summary>In single-revision mode the weights do not count: one entry stands for all requests, and they go to the newest that is ready.</summary>
    private static (Revision? Revision, int Weight) Effective(TrafficEntry entry, AppSnapshot snapshot)
    {
        if (!snapshot.App.IsSingleMode)
        {
            return EffectiveTarget(entry, snapshot) is { } target ? (target, entry.Weight) : (null, 0);
        }

        var ready = snapshot.App.LatestReadyRevisionName is { } name ? snapshot.Find(name) : null;
        return ready is not null && ReferenceEquals(entry, Bearer(snapshot.App, ready.Name)) ? (ready, 100) : (null, 0);
    }

    private static TrafficEntry Bearer(ContainerApp app, string ready) =>
        app.Traffic.FirstOrDefault(entry => entry.LatestRevision || entry.IsTo(ready)) ?? app.Traffic.MaxBy(entry => entry.Weight)!;

    /// <summary>The address of a label.</summary>
    /// <remarks>ARM-FACTS 4.7: the app's own host name with the label after three dashes.</remarks>
    private static string? LabelUrl(ContainerApp app, string? label)
    {
        var dot = app.Fqdn?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return string.IsNullOrEmpty(label) || dot < 0 ? null : $"https://{app.Name}---{label}{app.Fqdn![dot..]}";
    }
}
