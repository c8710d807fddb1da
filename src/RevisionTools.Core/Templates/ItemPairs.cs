using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>Matches the items of two lists: by key, and then what is left by what it is.</summary>
internal static class ItemPairs
{
    /// <summary>Items of the first list in its order, each with its match; then those of the second without one.</summary>
    public static IReadOnlyList<(string Key, JsonObject? Left, JsonObject? Right)> Of(JsonNode? left, JsonNode? right, string shape)
    {
        var (ones, others) = (ListKeys.Of(left, right, shape), ListKeys.Of(right, left, shape).ToList());
        var comparer = ListKeys.ComparerOf(shape);
        var pairs = new (string Key, JsonObject? Left, JsonObject? Right)[ones.Count];
        for (var index = 0; index < ones.Count; index++)
        {
            var (key, item) = ones[index];
            pairs[index] = (key, item, Take(others, other => comparer.Equals(other.Key, key))?.Item);
        }

        var isLonely = pairs.Count(pair => pair.Right is null) == 1 && others.Count == 1;
        for (var index = 0; index < pairs.Length; index++)
        {
            if (pairs[index] is { Right: null, Left: { } item } && Take(others, other => IsRenamed(item, other.Item, shape, isLonely)) is { } renamed)
            {
                pairs[index] = (renamed.Key, item, renamed.Item);
            }
        }

        return [.. pairs, .. others.Select(other => (other.Key, (JsonObject?)null, (JsonObject?)other.Item))];
    }

    /// <summary>A rule of the same source, or the only container that is left on either side, is the same under another name.</summary>
    private static bool IsRenamed(JsonObject left, JsonObject right, string shape, bool isLonely) => shape switch
    {
        "scale.rules" => IsOfSameName(ScaleRuleReader.Of(left), ScaleRuleReader.Of(right)),
        "containers" => isLonely,
        _ => false,
    };

    private static bool IsOfSameName(ScaleRule left, ScaleRule right) =>
        Lifecycle.EventConsumerRules.Of(left) is { } one && Lifecycle.EventConsumerRules.Of(right) is { } other
            ? one.IsOfSameName(other)
            : left.Type == right.Type && left.Type != "unknown";

    private static (string Key, JsonObject Item)? Take(List<(string Key, JsonObject Item)> items, Predicate<(string Key, JsonObject Item)> isWanted)
    {
        var index = items.FindIndex(isWanted);
        if (index < 0)
        {
            return null;
        }

        var taken = items[index];
        items.RemoveAt(index);
        return taken;
    }
}
