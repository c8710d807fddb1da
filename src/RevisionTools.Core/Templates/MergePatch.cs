using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>JSON Merge Patch (RFC 7396): objects merge, null removes, everything else, arrays too, replaces.</summary>
/// <remarks>ARM-FACTS 4.4.</remarks>
internal static class MergePatch
{
    /// <summary>What <paramref name="target"/> becomes by the patch.</summary>
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        var merged = (JsonObject)target.DeepClone();
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = value is JsonObject fields ? Apply(merged[name] as JsonObject ?? [], fields) : value.DeepClone();
            }
        }

        return merged;
    }

    /// <summary>
    /// The patch that makes <paramref name="current"/> the <paramref name="desired"/>, with all of that in it: also where the current one
    /// moves before the patch arrives, nothing of it is left but fields that neither has.
    /// </summary>
    public static JsonObject Whole(JsonObject desired, JsonObject current)
    {
        JsonObject patch = [];
        foreach (var (name, value) in desired)
        {
            patch[name] = value is JsonObject fields ? Whole(fields, current[name] as JsonObject ?? []) : value?.DeepClone();
        }

        foreach (var (name, _) in current)
        {
            patch.TryAdd(name, null);
        }

        return patch;
    }
}
