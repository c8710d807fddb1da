namespace RevisionTools.Traffic;

/// <summary>Moves labels within a traffic table. No weight changes by it.</summary>
/// <remarks>ARM-FACTS 4.7: a label stands on one entry; an entry at 0 % holds it. A revision may stand in several entries.</remarks>
internal static class LabelEdits
{
    /// <summary>The table with the label on the revision, and nowhere else.</summary>
    public static IReadOnlyList<TrafficEntry> Put(IReadOnlyList<TrafficEntry> table, string label, string revisionName)
    {
        if (table.Any(entry => Has(entry, label) && Names(entry, revisionName)))
        {
            return table;
        }

        List<TrafficEntry> edited = [.. TakeOff(table, label)];
        var index = edited.FindIndex(entry => Names(entry, revisionName) && string.IsNullOrEmpty(entry.Label));
        if (index < 0)
        {
            edited.Add(new TrafficEntry { RevisionName = revisionName, Label = label });
        }
        else
        {
            edited[index] = edited[index] with { Label = label };
        }

        return edited;
    }

    /// <summary>The table without the label. An entry that was there for its sake alone goes with it.</summary>
    public static IReadOnlyList<TrafficEntry> TakeOff(IReadOnlyList<TrafficEntry> table, string label) =>
        [.. table.Where(entry => !Has(entry, label) || entry.Weight > 0 || entry.LatestRevision)
            .Select(entry => Has(entry, label) ? entry with { Label = null } : entry)];

    private static bool Has(TrafficEntry entry, string label) => string.Equals(entry.Label, label, StringComparison.OrdinalIgnoreCase);

    private static bool Names(TrafficEntry entry, string revisionName) => string.Equals(entry.RevisionName, revisionName, StringComparison.OrdinalIgnoreCase);
}
