namespace RevisionTools.FaultRuns.Fleet;

/// <summary>Draws of a seed.</summary>
internal static class Chance
{
    /// <summary>True in so many of a hundred cases.</summary>
    public static bool In100(this Random random, int cases) => random.Next(100) < cases;

    public static T Of<T>(this Random random, params IReadOnlyList<T> items) => items[random.Next(items.Count)];

    public static TimeSpan Span(this Random random, TimeSpan least, TimeSpan most) =>
        least + new TimeSpan((long)(random.NextDouble() * (most - least).Ticks));
}
