using System.Collections.Frozen;

namespace RevisionTools.Pruning;

/// <summary>
/// Says what of the facts that a plan depends on has moved since it was made. What the plan itself wants is none of it, whoever has done it:
/// a revision that it takes down is down or purged by now, the limit is as low as it makes it.
/// </summary>
internal static class PlanDrift
{
    private const int MostTold = 4;

    /// <summary>What is another of a revision only because it has gone down.</summary>
    private static readonly FrozenSet<string> s_goesWithState =
        new[] { WorldFacts.State, WorldFacts.EventConsumers, WorldFacts.LastActive, WorldFacts.HasFailed, WorldFacts.Readiness }.ToFrozenSet();

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
        var planned = plan.Entries.Where(entry => entry.Decision == PruneDecision.Deactivate).Select(entry => entry.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, facts) in was.Revisions)
        {
            var isOwn = ownDeactivations?.Contains(name) == true;
            if (now.Revisions.TryGetValue(name, out var current))
            {
                var isDone = planned.Contains(name) && current[WorldFacts.State] == WorldFacts.Down;
                lines.AddRange(Differences(facts, current, $"{name}: ")
                    .Where(fact => isOwn ? fact.Name == WorldFacts.Created : !isDone || !s_goesWithState.Contains(fact.Name))
                    .Select(fact => fact.Line));
            }
            else if (!isOwn && !planned.Contains(name) && facts[WorldFacts.State] != WorldFacts.Down)
            {
                // A platform that purges a revision that was inactive does what it says, and a plan does nothing with such a one.
                lines.Add($"{name}: was {facts[WorldFacts.State]}, is gone");
            }
        }

        lines.AddRange(now.Revisions.Keys.Where(name => !was.Revisions.ContainsKey(name)).Select(name => $"{name}: is new"));
        return lines;

        bool IsOwnLimit(string fact) => fact == WorldFacts.Limit && PurgeForecast.LimitOf(live.Snapshot.App) is var limit
            && (limit == ownLimit || limit == plan.Retention?.After);
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
