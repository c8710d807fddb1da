namespace RevisionTools.Traffic;

/// <summary>Moves labels within a traffic table. No weight changes by it.</summary>
/// <remarks>ARM-FACTS 4.7: a label stands on one entry; an entry at 0 % holds it. A revision may stand in several entries.</remarks>
internal static class LabelEdits
{
    /// <summary>The table with the label on the revision, and nowhere else.</summary>
    public static IReadOnlyList<TrafficEntry> Put(IReadOnlyList<TrafficEntry> table, string label, string revisionName)
    {
        if (table.Any(entry => entry.HasLabel(label) && entry.IsTo(revisionName)))
        {
            return table;
        }

        List<TrafficEntry> edited = [.. TakeOff(table, label)];
        var index = edited.FindIndex(entry => entry.IsTo(revisionName) && string.IsNullOrEmpty(entry.Label));
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
        [.. table.Where(entry => !entry.HasLabel(label) || entry.Weight > 0 || entry.LatestRevision)
            .Select(entry => entry.HasLabel(label) ? entry with { Label = null } : entry)];

    /// <summary>The table in which each of two labels stands where the other stood.</summary>
    public static IReadOnlyList<TrafficEntry> Swap(IReadOnlyList<TrafficEntry> table, string first, string second) =>
        [.. table.Select(entry => entry switch
        {
            _ when entry.HasLabel(first) => entry with { Label = second },
            _ when entry.HasLabel(second) => entry with { Label = first },
            _ => entry,
        })];
}
