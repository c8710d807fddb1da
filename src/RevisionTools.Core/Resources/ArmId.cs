namespace RevisionTools;

/// <summary>The parts of a resource id of Microsoft.App/containerApps or of something below it.</summary>
internal readonly record struct ArmId(string SubscriptionId, string ResourceGroupName, string AppName, string? RevisionName)
{
    /// <summary>
    /// Reads <c>/subscriptions/{s}/resourceGroups/{g}/providers/Microsoft.App/containerApps/{a}[/revisions/{r}[/...]]</c>.
    /// Each part may be escaped, as it is in our own paths and in those that somebody has copied from a request.
    /// Case does not count: the service writes <c>containerapps</c> on the app and <c>containerApps</c> on its revisions (ARM-FACTS 3.1).
    /// </summary>
    public static bool TryRead(string? resourceId, out ArmId parts)
    {
        parts = default;
        string[] segments = [.. resourceId?.Trim().Trim('/').Split('/').Select(Uri.UnescapeDataString) ?? []];
        if (segments.Length < 8 || !segments.All(IsName)
            || !Names.Same(segments[0], "subscriptions") || !Names.Same(segments[2], "resourceGroups") || !Names.Same(segments[4], "providers")
            || !Names.Same(segments[5], "Microsoft.App") || !Names.Same(segments[6], "containerApps"))
        {
            return false;
        }

        var revision = segments.Length >= 10 && Names.Same(segments[8], "revisions") ? segments[9] : null;
        parts = new ArmId(segments[1], segments[3], segments[7], revision);
        return true;
    }

    // What is harmless while it is escaped need not stay so.
    private static bool IsName(string segment) =>
        !string.IsNullOrWhiteSpace(segment) && !segment.Contains('/', StringComparison.Ordinal) && SafeText.Clean(segment) == segment;
}
