using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>What the service does by itself in Labels mode (ARM-FACTS 4.7).</summary>
internal static class LabelsMode
{
    /// <summary>
    /// A new revision is ready: the label that it was made for goes to it, in an entry of weight 0, unless the label is on
    /// another revision.
    /// </summary>
    internal static void PutTargetLabel(SandboxApp app, SandboxRevision revision)
    {
        if (!app.IsLabelsMode || revision.TargetLabel is not { Length: > 0 } label || app.Ingress is not { } ingress)
        {
            return;
        }

        if (ingress["traffic"] is not JsonArray traffic)
        {
            ingress["traffic"] = traffic = [];
        }

        var entry = traffic.OfType<JsonObject>().FirstOrDefault(entry =>
            label.Equals(JsonFields.Text(entry["label"]), StringComparison.OrdinalIgnoreCase));
        if (entry is null)
        {
            traffic.Add(new JsonObject { ["revisionName"] = revision.Name, ["weight"] = 0, ["label"] = label });
            return;
        }

        // unconfirmed: recorded is only a label that was on no revision; here the weight stays with the label.
        entry.Remove("latestRevision");
        entry["revisionName"] = revision.Name;
    }

    /// <summary>The revisions that were left without a label, and so go down.</summary>
    internal static IEnumerable<SandboxRevision> Unlabelled(SandboxApp app, IReadOnlyList<string> lost) =>
        app.IsLabelsMode ? app.Revisions.Where(revision => lost.Contains(revision.Name, StringComparer.OrdinalIgnoreCase)) : [];
}
