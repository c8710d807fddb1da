namespace RevisionTools;

/// <summary>Finds out what somebody may have meant who mistyped a name.</summary>
internal static class NearestName
{
    /// <summary>The known name with the fewest letters to change, where they are few; null where none is near.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        var nearest = known.Select(name => (Name: name, Changes: Changes(typed.ToUpperInvariant(), name.ToUpperInvariant()))).MinBy(pair => pair.Changes);
        return nearest.Name is not null && nearest.Changes <= Math.Max(1, nearest.Name.Length / 3) ? nearest.Name : null;
    }

    /// <summary>How many letters must be put in, taken out or replaced to make one of the other.</summary>
    private static int Changes(string from, string to)
    {
        // What is longer by more than anybody mistypes is not worth the work.
        if (from.Length > 2 * to.Length)
        {
            return from.Length;
        }

        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, above) = (row[0], 0);
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[to.Length];
    }
}
