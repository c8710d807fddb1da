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

    /// <summary>Makes sure that the label stands nowhere, or where it may be taken from. The revision itself need not be there yet.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.DuplicateLabel"/> or <see cref="FailureKind.TrafficChanged"/>.</exception>
    public static void RequireFree(ContainerApp app, string label, string? revisionName, string? from)
    {
        if (HolderOf(app, label, revisionName) is { } holder && !Names.Same(holder, from))
        {
            throw from is null
                ? TrafficFailure.Of(FailureKind.DuplicateLabel, app, $"Label '{label}' of '{app.Name}' is on '{holder}' already; -Force moves it.")
                : TrafficFailure.Changed(app, $"Label '{label}' of '{app.Name}' was on '{from}' and is on '{holder}' now.");
        }
    }

    /// <summary>The target that the label would be taken from; null where it is on none, or stands on the revision already.</summary>
    public static string? HolderOf(ContainerApp app, string label, string? revisionName) =>
        app.Traffic.FirstOrDefault(entry => entry.HasLabel(label)) is { } holder && (revisionName is null || !holder.IsTo(revisionName)) ? holder.Target : null;

    protected override IReadOnlyList<TrafficEntry> Edit(AppSnapshot snapshot)
    {
        var app = snapshot.App;
        var revision = LabelRules.RequireHost(snapshot, label, revisionName);
        RequireFree(app, label, revisionName, from);
        return LabelEdits.Put(app.Traffic, label, revision.Name);
    }
}
