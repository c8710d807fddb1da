namespace RevisionTools.Traffic;

/// <summary>Sets weights within a traffic table. No label changes by it.</summary>
/// <remarks>ARM-FACTS 4.4: the entries of one revision add up.</remarks>
internal static class WeightEdits
{
    /// <summary>
    /// The table in which the target's entries have the weight together. Where it has several, the first that has traffic keeps getting it;
    /// where it has none, one is added. All other entries stay as they are.
    /// </summary>
    public static IReadOnlyList<TrafficEntry> Set(IReadOnlyList<TrafficEntry> table, TrafficTarget target, int weight)
    {
        var own = table.Where(target.Covers).ToList();
        if (own.Sum(entry => (long)entry.Weight) == weight)
        {
            return table;
        }

        if (own.Count == 0)
        {
            return [.. table, target.NewEntry(weight)];
        }

        var bearer = own.Find(entry => entry.Weight > 0) ?? own[0];
        return [.. table.Select(entry => !target.Covers(entry) ? entry : entry with { Weight = ReferenceEquals(entry, bearer) ? weight : 0 })];
    }

    /// <summary>The table in which the target has everything. Entries with a label stay, at 0; others that hold nothing any more go.</summary>
    public static IReadOnlyList<TrafficEntry> AllTo(IReadOnlyList<TrafficEntry> table, TrafficTarget target) =>
        [.. Set(table, target, 100).Select(entry => target.Covers(entry) ? entry : entry with { Weight = 0 }).Where(entry => !entry.IsEmpty)];
}
