using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>Gives everything to one target.</summary>
internal sealed class AllToEdit(TrafficTarget target, bool allowNotReady) : TrafficEdit
{
    protected override IReadOnlyList<TrafficEntry> Edit(AppSnapshot snapshot)
    {
        target.RequireUnmoved(snapshot);
        var table = WeightEdits.AllTo(snapshot.App.Traffic, target);
        TrafficGuard.RequireTargets(snapshot, table, [target.Name], allowNotReady);
        return table;
    }
}
