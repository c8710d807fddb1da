using System.Text.Json.Nodes;

namespace RevisionTools.Changes;

/// <summary>Compares an app before and after a merge patch: which fields differ that the patch does not name. Values are not shown, they may be confidential.</summary>
internal static class AppDifferences
{
    // What the service itself writes while an app lives (ARM-FACTS 3.1, appendix A).
    private static readonly HashSet<string> s_moving = new(StringComparer.OrdinalIgnoreCase)
    {
        "systemData", "properties.provisioningState", "properties.runningStatus", "properties.latestRevisionName",
        "properties.latestReadyRevisionName", "properties.latestRevisionFqdn", "properties.eventStreamEndpoint",
        "properties.outboundIpAddresses", "properties.deploymentErrors",
    };

    /// <summary>Paths of the fields that differ, as <c>configuration.ingress.targetPort</c>.</summary>
    public static IReadOnlyList<string> Between(JsonObject before, JsonObject after, JsonObject patch)
    {
        List<string> paths = [];
        Collect(before, after, patch, "", paths);
        return paths;
    }

    private static void Collect(JsonNode? before, JsonNode? after, JsonNode? patch, string path, List<string> paths)
    {
        if (before is not JsonObject && after is not JsonObject)
        {
            if (!JsonNode.DeepEquals(before, after))
            {
                paths.Add(SafeText.Clean(path.StartsWith("properties.", StringComparison.Ordinal) ? path["properties.".Length..] : path));
            }

            return;
        }

        var (was, now) = (before as JsonObject ?? [], after as JsonObject ?? []);
        foreach (var name in was.Select(field => field.Key).Union(now.Select(field => field.Key)))
        {
            var below = path.Length == 0 ? name : $"{path}.{name}";
            var (meant, isNamed) = Named(patch, name);

            // A patch names what it sets: a value, an array, or null for a field that is to go.
            if (!s_moving.Contains(below) && !(isNamed && meant is not JsonObject))
            {
                Collect(was[name], now[name], meant, below, paths);
            }
        }
    }

    private static (JsonNode? Value, bool IsNamed) Named(JsonNode? patch, string name) =>
        patch is JsonObject fields && fields.TryGetPropertyValue(name, out var value) ? (value, true) : (null, false);
}
