using RevisionTools.Lifecycle;

namespace RevisionTools.Traffic;

/// <summary>
/// Entries of revisions that Azure has purged. It keeps them in the table, and refuses every table that is sent with one: so those that
/// carry no weight are left out of what is sent, and one that carries some must be emptied first.
/// </summary>
internal static class GhostEntries
{
    public static bool IsGhost(TrafficEntry entry, AppSnapshot snapshot) => !entry.LatestRevision && snapshot.Find(entry.RevisionName ?? "") is null;

    /// <summary>The table without the ghosts that carry nothing. A label on one of them goes with it: its host is dead anyway.</summary>
    public static IReadOnlyList<TrafficEntry> LeaveOut(IReadOnlyList<TrafficEntry> table, AppSnapshot snapshot) =>
        [.. table.Where(entry => entry.Weight > 0 || !IsGhost(entry, snapshot))];

    /// <summary>Makes sure that no ghost is left in a table.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.TrafficTargetNotFound"/></exception>
    public static void RequireNone(IReadOnlyList<TrafficEntry> table, AppSnapshot snapshot)
    {
        if (table.FirstOrDefault(entry => IsGhost(entry, snapshot)) is { } ghost)
        {
            var app = snapshot.App;
            throw TrafficFailure.Of(
                FailureKind.TrafficTargetNotFound,
                app,
                $"The app '{app.Name}' has no revision '{ghost.RevisionName}' any more, its entry has {ghost.Weight} % of the traffic, and Azure takes no table with it. "
                + $"Give its share to another first: Set-AcaTraffic {app.Name} -ResourceGroupName {app.ResourceGroupName} -Weight @{{ '{ghost.RevisionName}' = 0 }} -Remainder <target>");
        }
    }

    /// <summary>One sentence for each ghost that a change leaves out.</summary>
    public static IReadOnlyList<string> Describe(IReadOnlyList<TrafficEntry> before, IReadOnlyList<TrafficEntry> after, AppSnapshot snapshot) =>
        [.. before.Where(entry => IsGhost(entry, snapshot) && !after.Any(left => left.IsTo(entry.RevisionName ?? "")))
            .GroupBy(entry => entry.RevisionName, StringComparer.OrdinalIgnoreCase)
            .Select(entries => $"'{entries.Key}' is not there any more: its entry goes{Labels(entries)}.")];

    private static string Labels(IEnumerable<TrafficEntry> entries)
    {
        var labels = entries.Select(entry => entry.Label).Where(label => !string.IsNullOrEmpty(label)).ToList();
        return labels.Count == 0 ? "" : $", and label {string.Join(", ", labels)} with it, whose host is dead";
    }
}
