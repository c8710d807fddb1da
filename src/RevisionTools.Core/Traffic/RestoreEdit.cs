using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>Puts a table back that was saved before, weights and labels.</summary>
/// <param name="saved">The table.</param>
/// <param name="seen">The table that the change was agreed to on: what somebody has done since must not be undone unseen.</param>
/// <param name="allowNotReady">Whether a target may get more traffic before it is ready.</param>
internal sealed class RestoreEdit(IReadOnlyList<TrafficEntry> saved, IReadOnlyList<TrafficEntry> seen, bool allowNotReady) : TrafficEdit
{
    protected override IReadOnlyList<TrafficEntry> Edit(AppSnapshot snapshot)
    {
        var app = snapshot.App;
        LabelRules.RequireOnce(app, saved);
        TrafficGuard.RequireSum(app, saved, () => string.Join(" + ", saved));
        if (TableDifferences.IsSame(app.Traffic, saved))
        {
            return saved;
        }

        var wanted = GhostEntries.LeaveOut(saved, snapshot);
        GhostEntries.RequireNone(wanted, snapshot);
        foreach (var entry in wanted)
        {
            RequireHost(entry, snapshot);
        }

        TrafficGuard.RequireTargets(snapshot, wanted, wanted.Select(entry => entry.Target), allowNotReady);
        if (!TableDifferences.IsSame(app.Traffic, seen) && !TableDifferences.IsSame(app.Traffic, wanted))
        {
            throw TrafficFailure.Changed(
                app, $"The traffic of '{app.Name}' was moved by somebody else meanwhile ({string.Join("; ", TableDifferences.Between(seen, app.Traffic))}), which restoring would undo.");
        }

        return wanted;
    }

    private static void RequireHost(TrafficEntry entry, AppSnapshot snapshot)
    {
        if (!entry.LatestRevision && entry.Label is { Length: > 0 } label)
        {
            LabelRules.RequireHost(snapshot, label, entry.RevisionName ?? "");
        }
    }
}
