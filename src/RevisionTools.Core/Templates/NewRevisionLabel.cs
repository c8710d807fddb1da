using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RevisionTools.Changes;
using RevisionTools.Traffic;

namespace RevisionTools.Templates;

/// <summary>The label of a revision that is yet to be made.</summary>
/// <remarks>ARM-FACTS 4.7.</remarks>
/// <param name="label">The label.</param>
/// <param name="mayMove">Whether it may be taken off another revision.</param>
internal sealed partial class NewRevisionLabel(string label, bool mayMove)
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
        if (!Form().IsMatch(label))
        {
            throw Refusal(app, FailureKind.InvalidLabel, $"The label '{label}' is not one that Azure takes.");
        }

        if (!app.IngressEnabled)
        {
            throw Refusal(app, FailureKind.IngressRequired, $"The app '{app.Name}' has no ingress, so no label can lead anywhere.");
        }

        if (!string.Equals(app.RevisionMode, RevisionModes.Multiple, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal(app, FailureKind.MultipleModeRequired, $"The app '{app.Name}' is in {app.RevisionMode} mode, in which no label can be put on a revision by hand.");
        }

        if (!mayMove && HolderOf(app) is { } holder && (revisionName is null || !Is(holder.RevisionName, revisionName)))
        {
            throw Refusal(
                app, FailureKind.DuplicateLabel, $"Label '{label}' of '{app.Name}' is on '{holder.RevisionName ?? "latestRevision"}' already; -Force moves it.");
        }
    }

    public bool IsOn(ContainerApp app, string revisionName) => Is(HolderOf(app)?.RevisionName, revisionName);

    /// <summary>The target that the label is taken from; null where it is on none, or stands on the revision already.</summary>
    public string? TakenFrom(ContainerApp app, string? revisionName) =>
        HolderOf(app) is { } holder && !Is(holder.RevisionName, revisionName) ? holder.RevisionName ?? "latestRevision" : null;

    /// <summary>The patch that puts the label on the revision; null when it is there.</summary>
    public JsonObject? Plan(AppState state, string revisionName)
    {
        if (IsOn(state.App, revisionName))
        {
            return null;
        }

        Check(state.App, revisionName);
        return TrafficPatch.Of(LabelEdits.Put(state.App.Traffic, label, revisionName));
    }

    private TrafficEntry? HolderOf(ContainerApp app) => app.Traffic.FirstOrDefault(entry => Is(entry.Label, label));

    private static bool Is(string? one, string? other) => one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static RevisionToolsException Refusal(ContainerApp app, FailureKind kind, string message) => new(kind, message) { ResourceId = app.ResourceId };

    [GeneratedRegex(@"\A[a-z][-a-z0-9]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
