using System.Text;
using RevisionTools.Traffic;

namespace RevisionTools.Templates;

/// <summary>What would come of a draft, in words.</summary>
internal static class DraftText
{
    /// <summary>The operation with the differences and what becomes of the traffic, for a prompt.</summary>
    public static string Operation(RevisionDraft draft)
    {
        var action = draft switch
        {
            { Existing: null } => "Create revision",
            { PinsTraffic: true } => draft.PutsLabel ? "Pin traffic and label revision" : "Pin traffic",
            _ => "Label revision",
        };
        var name = draft.FullName ?? $"{draft.App.Name}--(numbered by Azure)";
        var text = new StringBuilder($"Performing the operation \"{action}\" on target \"{name} ({draft.App.ResourceGroupName}/{draft.App.Name})\".");
        foreach (var line in Lines(draft))
        {
            text.Append("\n  ").Append(line);
        }

        return SafeLines(text.ToString());
    }

    /// <summary>What is worth a word before anything is sent.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="waits">Whether the label is put on only when the revision is ready.</param>
    public static IEnumerable<string> Warnings(RevisionDraft draft, bool waits)
    {
        if (draft.Existing is null && draft.ServingInstead is { } serving)
        {
            yield return $"The new revision is made from '{draft.Source}', the newest that is ready, which gets no traffic; '{serving.Name}' gets {serving.EffectiveWeight} %. -From names another.";
        }

        if (draft is { Existing: null, App.IsSingleMode: false, Consumers: { Count: > 0 } consumers })
        {
            yield return $"The new revision consumes events as soon as it is up, beside those that do so now: {string.Join(", ", consumers)}.";
        }

        if (draft.Unheeded.Count > 0)
        {
            yield return $"'{draft.Source}' has no environment variable {string.Join(", ", draft.Unheeded)} to remove.";
        }

        if (draft.Existing is { } existing)
        {
            if (!existing.IsStanding)
            {
                yield return $"Revision '{existing.Name}' is there, the same, and {existing.Stage}: Set-AcaRevisionState Active brings it up.";
            }
            else if (existing.Stage == RevisionStage.Failed)
            {
                yield return $"Revision '{existing.Name}' is there, the same, and Failed: {existing.StageReason}.";
            }
        }

        if (draft.MovesTraffic)
        {
            var share = draft.App.Traffic.Where(entry => entry.LatestRevision).Sum(entry => entry.Weight);
            var now = draft.App.LatestReadyRevisionName is { } ready ? $" -PinTraffic names '{ready}' first." : "";
            yield return $"The traffic of '{draft.App.Name}' follows the newest revision: the new one takes over {share} % as soon as it is ready.{now}";
        }

        if (!waits && draft is { PutsLabel: true, LabelHolder: { } holder } && !Readiness.IsReady(draft.Existing))
        {
            yield return $"The host of label '{draft.Label}' moves from '{holder}' to a revision that is not ready yet; with -Wait it moves once that is ready.";
        }

        if (draft.Existing is null && string.Equals(draft.App.RevisionMode, RevisionModes.Labels, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"The app '{draft.App.Name}' is in Labels mode: the label that the app names as its target moves to the new revision, and a revision without a label goes down.";
        }
    }

    private static IEnumerable<string> Lines(RevisionDraft draft)
    {
        if (draft.Existing is null)
        {
            yield return draft.Differences.Count == 0
                ? $"From '{draft.Source}'; the template is the same as the app's now, but for the suffix."
                : $"From '{draft.Source}'; compared with the app's template now:";
            foreach (var difference in draft.Differences)
            {
                yield return $"  {difference.Message}";
            }
        }

        if (draft.Existing is null || draft.PinsTraffic)
        {
            yield return Traffic(draft);
        }

        if (draft.PutsLabel)
        {
            yield return $"Label: '{draft.Label}'{(draft.LabelHolder is { } holder ? $", taken from '{holder}'" : "")}.";
        }
    }

    private static string Traffic(RevisionDraft draft)
    {
        var app = draft.App;
        var table = string.Join(", ", app.Traffic);
        return app switch
        {
            _ when app.IsSingleMode => $"Single mode: the platform switches to it as soon as it is ready, and takes {Standing(draft)} down.",
            { IngressEnabled: false } => "Traffic: the app has no ingress; what feeds it with events feeds the new revision too.",
            _ when draft.PinsTraffic => $"Traffic: [{table}] -> [{string.Join(", ", RevisionDraft.Pinned(app))}].",
            _ when draft.MovesTraffic => $"Traffic: [{table}] follows the newest revision, so it goes to the new one as soon as that is ready.",
            _ => $"Traffic: stays [{table}].",
        };
    }

    private static string Standing(RevisionDraft draft)
    {
        var standing = draft.State.Snapshot.Revisions.Where(revision => revision.IsStanding).Select(revision => $"'{revision.Name}'").ToList();
        return standing.Count == 0 ? "none" : string.Join(", ", standing);
    }

    private static string SafeLines(string text) => string.Join('\n', text.Split('\n').Select(SafeText.Clean));
}
