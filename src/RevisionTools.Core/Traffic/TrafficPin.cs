namespace RevisionTools.Traffic;

/// <summary>Names in a traffic table what an entry for the latest revision reaches now, so that a new revision moves nothing.</summary>
/// <remarks>ARM-FACTS 4.4.</remarks>
internal static class TrafficPin
{
    /// <summary>Whether a new revision would get requests, by share or by label, without anybody moving them.</summary>
    public static bool IsOpen(IEnumerable<TrafficEntry> table) => table.Any(entry => entry.LatestRevision && (entry.Weight > 0 || !string.IsNullOrEmpty(entry.Label)));

    /// <summary>The table with every entry for the latest revision on the one of that name.</summary>
    public static IReadOnlyList<TrafficEntry> To(IReadOnlyList<TrafficEntry> table, string revisionName) =>
        [.. table.Select(entry => entry.LatestRevision ? entry with { LatestRevision = false, RevisionName = revisionName } : entry)];
}
