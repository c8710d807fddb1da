using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>Finds out which target a person means: by full name, suffix, label, or <c>@latest</c>.</summary>
internal static class TrafficTargets
{
    public const string RevisionPrefix = "revision:";
    public const string LabelPrefix = "label:";

    /// <exception cref="RevisionToolsException"><see cref="FailureKind.TrafficTargetNotFound"/> when the text means nothing in the app, or two things.</exception>
    public static TrafficTarget Find(string text, AppSnapshot snapshot)
    {
        if (text.Equals(TrafficEntry.LatestTarget, StringComparison.OrdinalIgnoreCase))
        {
            return new TrafficTarget(TrafficEntry.LatestTarget);
        }

        if (After(RevisionPrefix, text) is { } name)
        {
            return ByRevision(name, snapshot) ?? throw NotFound(snapshot.App, $"no revision '{name}'");
        }

        if (After(LabelPrefix, text) is { } label)
        {
            return ByLabel(label, snapshot.App) ?? throw NotFound(snapshot.App, $"no label '{label}'");
        }

        return ByEither(text, snapshot) ?? throw NotFound(
            snapshot.App,
            $"neither a revision nor a label '{text}'{(text.All(char.IsAsciiDigit) ? "; a suffix that is all digits goes in quotes, else PowerShell takes its zeros away" : "")}");
    }

    private static TrafficTarget? ByEither(string text, AppSnapshot snapshot)
    {
        var (revision, label) = (ByRevision(text, snapshot), ByLabel(text, snapshot.App));
        if (revision is not null && label is not null && !revision.Overlaps(label))
        {
            throw TrafficFailure.Of(
                FailureKind.TrafficTargetNotFound,
                snapshot.App,
                $"'{text}' is both the suffix of '{revision.Name}' and a label on '{label.Name}'. Say {RevisionPrefix}{text} or {LabelPrefix}{text}.");
        }

        return revision ?? label;
    }

    /// <summary>A revision, or one that has gone and is in the table still.</summary>
    private static TrafficTarget? ByRevision(string text, AppSnapshot snapshot)
    {
        var name = RevisionNames.Full(snapshot.App.Name, text);
        return (snapshot.Find(name)?.Name ?? snapshot.App.Traffic.FirstOrDefault(entry => entry.IsTo(name))?.RevisionName) is { } found
            ? new TrafficTarget(found)
            : null;
    }

    private static TrafficTarget? ByLabel(string text, ContainerApp app) =>
        app.Traffic.FirstOrDefault(entry => entry.HasLabel(text)) is { } entry ? new TrafficTarget(entry.Target, entry.Label) : null;

    private static string? After(string prefix, string text) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : null;

    private static RevisionToolsException NotFound(ContainerApp app, string what) =>
        TrafficFailure.Of(FailureKind.TrafficTargetNotFound, app, $"The app '{app.Name}' has {what}.");
}
