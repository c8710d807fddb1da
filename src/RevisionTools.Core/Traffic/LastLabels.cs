using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>In Labels mode the service deactivates a revision that loses its last label, whatever weight it has.</summary>
/// <remarks>ARM-FACTS 4.7.</remarks>
internal static class LastLabels
{
    /// <summary>The revisions that a table leaves without a label, so that they go down; none in another mode.</summary>
    public static IReadOnlyList<Revision> Lost(AppSnapshot snapshot, IReadOnlyList<TrafficEntry> table) =>
        Names.Same(snapshot.App.RevisionMode, RevisionModes.Labels)
            ? [.. snapshot.Revisions.Where(revision =>
                TrafficWeights.Of(snapshot.App, revision.Name).Labels.Count > 0 && In(table, snapshot, revision).Labels.Count == 0)]
            : [];

    /// <summary>Makes sure that none of them would still have requests to answer.</summary>
    /// <exception cref="RevisionProtectedException">One would.</exception>
    public static void RequireUnused(AppSnapshot snapshot, IReadOnlyList<TrafficEntry> table)
    {
        foreach (var revision in Lost(snapshot, table))
        {
            var (configured, effective, _) = In(table, snapshot, revision);
            if (Math.Max(configured, effective) is > 0 and var weight)
            {
                throw ProtectedRevision.Refusal(
                    revision,
                    [Interlock.CarriesTraffic],
                    $"{Interlock.CarriesTraffic}: {WhyDown(revision.Name)} It would keep {weight} % of the traffic; move that first: "
                    + $"Set-AcaTraffic {revision.ContainerAppName} -ResourceGroupName {revision.ResourceGroupName} -To <other revision>");
            }
        }
    }

    public static string WhyDown(string revisionName) =>
        $"'{revisionName}' loses its last label: in Labels mode the service deactivates it then.";

    private static TrafficWeights In(IReadOnlyList<TrafficEntry> table, AppSnapshot snapshot, Revision revision) =>
        TrafficWeights.Of(snapshot.App with { Traffic = table }, revision.Name);
}
