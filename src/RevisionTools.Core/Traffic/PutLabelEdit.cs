using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>Puts a label on a revision.</summary>
/// <param name="label">The label.</param>
/// <param name="revisionName">The revision's full name.</param>
/// <param name="from">The target that it may be taken from, or null where it may be taken from none.</param>
internal sealed class PutLabelEdit(string label, string revisionName, string? from) : TrafficEdit
{
    /// <summary>The edit as it was asked for.</summary>
    /// <param name="label">The label.</param>
    /// <param name="revisionName">The revision's full name.</param>
    /// <param name="force">Whether it may be taken from where it stands now.</param>
    /// <param name="app">The app.</param>
    public static PutLabelEdit Of(string label, string revisionName, bool force, ContainerApp app)
    {
        LabelRules.RequireForm(label);
        return new PutLabelEdit(label, revisionName, force ? app.Traffic.FirstOrDefault(entry => entry.HasLabel(label))?.Target : null);
    }

    protected override IReadOnlyList<TrafficEntry> Edit(AppSnapshot snapshot)
    {
        var app = snapshot.App;
        var revision = LabelRules.RequireHost(snapshot, label, revisionName);
        var holder = app.Traffic.FirstOrDefault(entry => entry.HasLabel(label));
        if (holder is not null && !holder.IsTo(revisionName) && !Names.Same(holder.Target, from))
        {
            throw from is null
                ? TrafficFailure.Of(FailureKind.DuplicateLabel, app, $"Label '{label}' of '{app.Name}' is on '{holder.Target}' already; -Force moves it.")
                : TrafficFailure.Changed(app, $"Label '{label}' of '{app.Name}' was on '{from}' and is on '{holder.Target}' now.");
        }

        return LabelEdits.Put(app.Traffic, label, revision.Name);
    }
}
