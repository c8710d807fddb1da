namespace RevisionTools.Pruning;

/// <summary>Says what of the facts that a plan depends on has moved since it was made.</summary>
internal static class PlanDrift
{
    private const int MostTold = 4;

    /// <summary>One line for each fact that is another: what it is, what it was and what it is now. Empty where the plan still holds.</summary>
    /// <param name="plan">The plan, with the world that it was made from.</param>
    /// <param name="live">The world as it is now.</param>
    /// <param name="ownDeactivations">Names of revisions that an earlier part of the same run has deactivated: that they are down, or purged by now, is no drift.</param>
    /// <param name="ownLimit">The limit of inactive revisions that an earlier part of the same run has set; null for none.</param>
    public static IReadOnlyList<string> Between(
        PrunePlan plan, PruneWorld live, IReadOnlySet<string>? ownDeactivations = null, int? ownLimit = null)
    {
        var (was, now) = (WorldFacts.Of(plan.World, plan.Policy), WorldFacts.Of(live, plan.Policy));
        List<string> lines = [.. Differences(was.App, now.App, "").Where(fact => !IsOwnLimit(fact.Name)).Select(fact => fact.Line)];
        foreach (var (name, facts) in was.Revisions)
        {
            var isOwn = ownDeactivations?.Contains(name) == true;
            if (now.Revisions.TryGetValue(name, out var current))
            {
                lines.AddRange(Differences(facts, current, $"{name}: ").Where(fact => !isOwn || fact.Name == WorldFacts.Created).Select(fact => fact.Line));
            }
            else if (!isOwn && facts[WorldFacts.State] != WorldFacts.Down)
            {
                // A platform that purges a revision that was inactive does what it says, and a plan does nothing with such a one.
                lines.Add($"{name}: was {facts[WorldFacts.State]}, is gone");
            }
        }

        lines.AddRange(now.Revisions.Keys.Where(name => !was.Revisions.ContainsKey(name)).Select(name => $"{name}: is new"));
        return lines;

        bool IsOwnLimit(string fact) => fact == WorldFacts.Limit && ownLimit is not null && PurgeForecast.LimitOf(live.Snapshot.App) == ownLimit;
    }

    /// <summary>The lines in a sentence; of many the first few.</summary>
    public static string InShort(IReadOnlyList<string> lines)
    {
        var rest = lines.Count > MostTold ? $"; and {lines.Count - MostTold} more" : "";
        return string.Join("; ", lines.Take(MostTold)) + rest;
    }

    private static IEnumerable<(string Name, string Line)> Differences(
        IReadOnlyDictionary<string, string> was, IReadOnlyDictionary<string, string> now, string prefix) =>
        was.Keys.Union(now.Keys)
            .Where(name => was.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name => (name, $"{prefix}{name} was {was.GetValueOrDefault(name) ?? "not known"}, is {now.GetValueOrDefault(name) ?? "not known"}"));
}
