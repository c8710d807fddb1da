using System.Text.Json.Nodes;

namespace RevisionTools.Traffic;

/// <summary>A traffic table as the merge patch that sets it, and nothing else of the app.</summary>
/// <remarks>ARM-FACTS 4.4: Azure replaces the array whole, so all entries are in it.</remarks>
internal static class TrafficPatch
{
    /// <summary>The patch of the whole app, <c>properties.configuration.ingress.traffic</c>.</summary>
    public static JsonObject Of(IEnumerable<TrafficEntry> table) => new()
    {
        ["properties"] = new JsonObject
        {
            ["configuration"] = new JsonObject { ["ingress"] = new JsonObject { ["traffic"] = Array(table) } },
        },
    };

    /// <summary>The array alone.</summary>
    public static JsonArray Array(IEnumerable<TrafficEntry> table) => [.. table.Select(ToJson)];

    private static JsonObject ToJson(TrafficEntry entry)
    {
        JsonObject json = entry.LatestRevision ? new() { ["latestRevision"] = true } : new() { ["revisionName"] = entry.RevisionName };
        json["weight"] = entry.Weight;
        if (entry.Label is { Length: > 0 } label)
        {
            json["label"] = label;
        }

        return json;
    }
}
