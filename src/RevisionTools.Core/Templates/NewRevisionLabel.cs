using System.Text.Json.Nodes;
using RevisionTools.Changes;
using RevisionTools.Traffic;

namespace RevisionTools.Templates;

/// <summary>The label of a revision that is yet to be made.</summary>
/// <remarks>ARM-FACTS 4.7.</remarks>
/// <param name="label">The label.</param>
/// <param name="mayMove">Whether it may be taken off another revision.</param>
internal sealed class NewRevisionLabel(string label, bool mayMove)
{
    /// <summary>Makes sure, before anything is written, that the label can be put on.</summary>
    /// <param name="app">The app as it is now.</param>
    /// <param name="revisionName">The revision's full name, where it is known already.</param>
    /// <exception cref="RevisionToolsException">
    /// <see cref="FailureKind.InvalidLabel"/>, <see cref="FailureKind.IngressRequired"/>, <see cref="FailureKind.MultipleModeRequired"/> or
    /// <see cref="FailureKind.DuplicateLabel"/>.
    /// </exception>
    public void Check(ContainerApp app, string? revisionName)
    {
        LabelRules.RequireForm(label);
        TrafficEdit.RequireSplit(app);
        if (!string.Equals(app.RevisionMode, RevisionModes.Multiple, StringComparison.OrdinalIgnoreCase))
        {
            throw TrafficFailure.Of(
                FailureKind.MultipleModeRequired, app, $"The app '{app.Name}' is in {app.RevisionMode} mode, in which the service itself puts a label on what is new.");
        }

        if (!mayMove && TakenFrom(app, revisionName) is { } holder)
        {
            throw TrafficFailure.Of(FailureKind.DuplicateLabel, app, $"Label '{label}' of '{app.Name}' is on '{holder}' already; -Force moves it.");
        }
    }

    public bool IsOn(ContainerApp app, string revisionName) => app.Traffic.Any(entry => entry.HasLabel(label) && entry.IsTo(revisionName));

    /// <summary>The target that the label is taken from; null where it is on none, or stands on the revision already.</summary>
    public string? TakenFrom(ContainerApp app, string? revisionName) =>
        app.Traffic.FirstOrDefault(entry => entry.HasLabel(label)) is { } holder && (revisionName is null || !holder.IsTo(revisionName)) ? holder.Target : null;

    /// <summary>The patch that puts the label on the revision; null when it is there.</summary>
    public JsonObject? Plan(AppState state, string revisionName)
    {
        if (IsOn(state.App, revisionName))
        {
            return null;
        }

        Check(state.App, revisionName);
        return TrafficPatch.Of(TrafficEdit.ToSend(LabelEdits.Put(state.App.Traffic, label, revisionName), state.Snapshot));
    }
}
