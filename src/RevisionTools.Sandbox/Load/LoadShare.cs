using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>
/// Where requests really go, which is not the configured weight: routing is held back until a revision is ready, so the
/// latestRevision entry leads to the latest ready one (ARM-FACTS 4.4).
/// </summary>
internal static class LoadShare
{
    /// <summary>
    /// The share of a revision in per cent; 0 while it is not up and running. What is meant for a revision that is not there to
    /// take it is lost to the others as well.
    /// </summary>
    // unconfirmed: what the ingress does with the weight of an inactive revision was not found (ARM-FACTS 4.5).
    internal static int Of(SandboxApp app, SandboxRevision revision)
    {
        if (app.Ingress is null || revision.Phase is not RevisionPhase.Running)
        {
            return 0;
        }

        return app.IsSingleMode ? revision == Serving(app) ? 100 : 0 : SumOf(app, revision);
    }

    /// <summary>In Single mode the weights say nothing (ARM-FACTS 4.6); after a swap the one that is up serves, unnamed.</summary>
    private static SandboxRevision? Serving(SandboxApp app) =>
        app.Revisions.Find(revision => revision.Phase is RevisionPhase.Running && revision.Name == app.LatestReadyRevisionName) ??
        app.Revisions.FindLast(revision => revision.Phase is RevisionPhase.Running);

    private static int SumOf(SandboxApp app, SandboxRevision revision)
    {
        var sum = 0;
        foreach (var entry in (app.Ingress?["traffic"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var target = JsonFields.Flag(entry["latestRevision"]) == true
                ? app.LatestReadyRevisionName
                : JsonFields.Text(entry["revisionName"]);
            if (revision.Name.Equals(target, StringComparison.OrdinalIgnoreCase))
            {
                sum += JsonFields.Number(entry["weight"]) ?? 0;
            }
        }

        return sum;
    }
}
