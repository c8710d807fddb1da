using System.Globalization;
using System.Text;

namespace RevisionTools.Traffic;

/// <summary>Compares two traffic tables by what they do: the weight and the labels of each target.</summary>
internal static class TableDifferences
{
    private const string Nothing = "-";

    /// <summary>Whether both tables do the same. The order does not count, nor do entries that carry neither weight nor label.</summary>
    public static bool IsSame(IReadOnlyList<TrafficEntry> left, IReadOnlyList<TrafficEntry> right) => Key(left).SequenceEqual(Key(right));

    /// <summary>One line for each target that differs.</summary>
    public static IReadOnlyList<string> Between(IReadOnlyList<TrafficEntry> before, IReadOnlyList<TrafficEntry> after) =>
        [.. Rows(before, after).Where(row => row.Before != row.After).Select(row => $"{row.Target}: {row.Before} -> {row.After}")];

    /// <summary>Both tables side by side, as lines of text.</summary>
    public static string SideBySide(IReadOnlyList<TrafficEntry> before, IReadOnlyList<TrafficEntry> after)
    {
        var rows = Rows(before, after).Prepend(("Target", "Before", "After")).ToList();
        var (targetWidth, beforeWidth) = (rows.Max(row => row.Item1.Length), rows.Max(row => row.Item2.Length));
        var text = new StringBuilder();
        foreach (var (target, was, becomes) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {target.PadRight(targetWidth)}  {was.PadRight(beforeWidth)}  {becomes}");
        }

        return text.ToString();
    }

    private static List<(string Target, string Before, string After)> Rows(IReadOnlyList<TrafficEntry> before, IReadOnlyList<TrafficEntry> after) =>
        [.. before.Concat(after).Select(entry => entry.Target).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(target => (target, Share(before, target), Share(after, target)))];

    private static string Share(IReadOnlyList<TrafficEntry> table, string target)
    {
        var own = table.Where(entry => Names.Same(entry.Target, target)).ToList();
        var labels = own.Select(entry => entry.Label).Where(label => !string.IsNullOrEmpty(label)).Order(StringComparer.OrdinalIgnoreCase);
        return own.Count == 0 ? Nothing : $"{own.Sum(entry => (long)entry.Weight)} % {string.Join(", ", labels)}".TrimEnd();
    }

    private static IEnumerable<(string Target, string Label, long Weight)> Key(IReadOnlyList<TrafficEntry> table) =>
        table.Where(entry => !entry.IsEmpty)
            .GroupBy(entry => (Target: entry.Target.ToUpperInvariant(), Label: entry.Label?.ToUpperInvariant() ?? ""))
            .Select(group => (group.Key.Target, group.Key.Label, group.Sum(entry => (long)entry.Weight)))
            .Order();
}
