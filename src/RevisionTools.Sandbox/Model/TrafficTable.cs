using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Reads the traffic array of an app's ingress.</summary>
internal static class TrafficTable
{
    /// <summary>
    /// The configured weight of a revision: the sum of the entries that name it, or that say latestRevision while it is the
    /// latest, ready or not. Without ingress it is 0 (ARM-FACTS 4.4). An inactive revision keeps its weight (4.5).
    /// </summary>
    // unconfirmed: the sum was seen with 0 as the second weight only (ARM-FACTS 4.4).
    internal static int WeightOf(SandboxApp app, SandboxRevision revision)
    {
        var sum = 0;
        if (app.Ingress?["traffic"] is JsonArray entries)
        {
            foreach (var entry in entries)
            {
                if (entry is JsonObject fields && Target(app, fields) is { } target &&
                    target.Equals(revision.Name, StringComparison.OrdinalIgnoreCase))
                {
                    sum += JsonFields.Number(fields["weight"]) ?? 0;
                }
            }
        }

        return sum;
    }

    /// <summary>The revision of each label; latestRevision stands for the latest.</summary>
    internal static Dictionary<string, string> Labels(SandboxApp app)
    {
        Dictionary<string, string> labels = new(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in (app.Ingress?["traffic"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (JsonFields.Text(entry["label"]) is { Length: > 0 } label && Target(app, entry) is { } target)
            {
                labels[label] = target;
            }
        }

        return labels;
    }

    private static string? Target(SandboxApp app, JsonObject entry) =>
        JsonFields.Flag(entry["latestRevision"]) == true ? app.LatestRevisionName : JsonFields.Text(entry["revisionName"]);
}
