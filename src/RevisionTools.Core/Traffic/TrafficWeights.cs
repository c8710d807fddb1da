namespace RevisionTools.Traffic;

/// <summary>What an app's traffic table means for one revision.</summary>
/// <param name="Configured">Percent by the table, where a latest-revision entry counts for the newest revision.</param>
/// <param name="Effective">Percent that requests get, where a latest-revision entry counts for the newest that is ready.</param>
/// <param name="Labels">The labels whose hosts reach the revision, or will: a label on a latest-revision entry counts for both the newest and the newest that is ready.</param>
internal sealed record TrafficWeights(int Configured, int Effective, IReadOnlyList<string> Labels)
{
    /// <summary>Reads the table of <paramref name="app"/> for the revision of that name.</summary>
    /// <remarks>
    /// ARM-FACTS 4.4: entries add up; the service resolves <c>latestRevision</c> against latestRevisionName in what it answers,
    /// but routes to latestReadyRevisionName.
    /// </remarks>
    public static TrafficWeights Of(ContainerApp app, string revisionName)
    {
        int configured = 0, effective = 0;
        List<string> labels = [];
        foreach (var entry in app.Traffic)
        {
            var named = Names.Same(entry.RevisionName, revisionName);
            var configuredHere = entry.LatestRevision ? Names.Same(app.LatestRevisionName, revisionName) : named;
            var effectiveHere = entry.LatestRevision ? Names.Same(app.LatestReadyRevisionName, revisionName) : named;
            configured += configuredHere ? entry.Weight : 0;
            effective += effectiveHere ? entry.Weight : 0;
            if (entry.Label is { Length: > 0 } label && (configuredHere || effectiveHere))
            {
                labels.Add(label);
            }
        }

        return new TrafficWeights(configured, effective, labels);
    }
}
