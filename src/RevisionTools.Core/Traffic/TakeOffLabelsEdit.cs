using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>Takes labels off the targets that they were seen on.</summary>
internal sealed class TakeOffLabelsEdit(IReadOnlyList<TrafficTarget> labels) : TrafficEdit
{
    protected override IReadOnlyList<TrafficEntry> Edit(AppSnapshot snapshot)
    {
        var app = snapshot.App;
        var table = app.Traffic;
        foreach (var target in labels.Where(target => app.Traffic.Any(target.Covers)))
        {
            target.RequireUnmoved(snapshot);
            table = LabelEdits.TakeOff(table, target.Label!);
        }

        return table;
    }
}
