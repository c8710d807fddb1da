namespace RevisionTools.Pruning;

/// <summary>Foretells which inactive revisions the platform may purge once a plan has run.</summary>
/// <remarks>ARM-FACTS 4.8: the oldest beyond <c>maxInactiveRevisions</c> (default 100), late.</remarks>
internal static class PurgeForecast
{
    private const int DefaultMaxInactive = 100;

    /// <summary>The limit that holds for an app, whether it has one of its own or not.</summary>
    public static int LimitOf(ContainerApp app) => app.MaxInactiveRevisions ?? DefaultMaxInactive;

    /// <param name="oldestFirst">The entries of a plan.</param>
    /// <param name="limit">The limit of inactive revisions that holds once the plan has run.</param>
    public static IReadOnlyList<PrunePlanEntry> Mark(IReadOnlyList<PrunePlanEntry> oldestFirst, int limit)
    {
        var surplus = oldestFirst.Count(WillBeInactive) - limit;
        return [.. oldestFirst.Select(Unmarked).Select(Marked)];

        PrunePlanEntry Marked(PrunePlanEntry entry) => WillBeInactive(entry) && surplus-- > 0
            ? entry with { PurgeExpected = true, Reasons = [.. entry.Reasons, $"beyond the limit of {limit} inactive revisions: the platform may purge it"] }
            : entry;
    }

    // Marked already, for another limit.
    private static PrunePlanEntry Unmarked(PrunePlanEntry entry) =>
        entry.PurgeExpected ? entry with { PurgeExpected = false, Reasons = [.. entry.Reasons.SkipLast(1)] } : entry;

    private static bool WillBeInactive(PrunePlanEntry entry) => entry.Decision is PruneDecision.Inactive or PruneDecision.Deactivate;
}
