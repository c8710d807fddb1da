namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>A difference between recordings and sandbox that is left, and why.</summary>
/// <param name="Sequences">The sequences that have it, by name.</param>
/// <param name="Pattern">Differences as the comparer words them; <c>*</c> stands for any text.</param>
/// <param name="Reason">Why it is left.</param>
internal sealed record KnownDifference(string[] Sequences, string Pattern, string Reason)
{
    internal bool Covers(string difference)
    {
        var at = 0;
        var parts = Pattern.Split('*');
        foreach (var part in parts)
        {
            var found = difference.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0 || (at == 0 && found > 0 && part == parts[0]))
            {
                return false;
            }

            at = found + part.Length;
        }

        return Pattern.EndsWith('*') || at == difference.Length;
    }
}
