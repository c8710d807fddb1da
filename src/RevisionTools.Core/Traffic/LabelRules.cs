using System.Text.RegularExpressions;
using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>What a label may look like, and where it may stand.</summary>
/// <remarks>ARM-FACTS 4.7.</remarks>
internal static partial class LabelRules
{
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidLabel"/></exception>
    public static void RequireForm(string label)
    {
        if (!Form().IsMatch(label))
        {
            throw new RevisionToolsException(
                FailureKind.InvalidLabel,
                $"The label '{label}' is not one that Azure takes: lower-case letters, digits and '-', a letter first, 64 characters at most.");
        }
    }

    /// <summary>Makes sure that a table has every label once, and well formed.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidLabel"/> or <see cref="FailureKind.DuplicateLabel"/>.</exception>
    public static void RequireOnce(ContainerApp app, IReadOnlyList<TrafficEntry> table)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in table.Where(entry => !string.IsNullOrEmpty(entry.Label)))
        {
            RequireForm(entry.Label!);
            if (!seen.Add(entry.Label!))
            {
                throw TrafficFailure.Of(FailureKind.DuplicateLabel, app, $"The table has label '{entry.Label}' twice.");
            }
        }
    }

    /// <summary>Makes sure that a label would not come to a revision that is missing or down. Where it stands already it may stay.</summary>
    /// <returns>The revision.</returns>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.RevisionNotFound"/> or <see cref="FailureKind.TrafficTargetInactive"/>.</exception>
    public static Revision RequireHost(AppSnapshot snapshot, string label, string revisionName)
    {
        var revision = snapshot.Find(revisionName) ?? throw RevisionStateChanger.NotFound(new RevisionId(snapshot.App.Id, revisionName));
        if (Readiness.IsDown(revision) && !snapshot.App.Traffic.Any(entry => entry.HasLabel(label) && entry.IsTo(revision.Name)))
        {
            throw TrafficFailure.Of(
                FailureKind.TrafficTargetInactive,
                snapshot.App,
                $"Revision '{revision.Name}' is {revision.Stage} ({revision.StageReason}), so the host of label '{label}' would be dead.");
        }

        return revision;
    }

    /// <summary>A label, with what it is on now.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.LabelNotFound"/></exception>
    public static TrafficTarget Find(ContainerApp app, string label) => app.Traffic.FirstOrDefault(entry => entry.HasLabel(label)) is { } entry
        ? new TrafficTarget(entry.Target, entry.Label)
        : throw TrafficFailure.Of(FailureKind.LabelNotFound, app, $"The app '{app.Name}' has no label '{label}'.");

    [GeneratedRegex(@"\A[a-z][-a-z0-9]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
