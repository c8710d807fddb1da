using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>
/// The write that makes an app waits for its first revision, and expires where that one cannot serve (ARM-FACTS 3.2, 4.4).
/// </summary>
internal static class FirstCreation
{
    /// <summary>The outcome of making an app so; null when it succeeds.</summary>
    internal static OperationOutcome? Outcome(string app, JsonObject configuration, JsonObject template) =>
        NamesARevision(configuration) || !CanStart(template) ? OperationOutcome.Expires(app) : null;

    /// <summary>Traffic that names a revision hangs the first creation (ARM-FACTS 4.4).</summary>
    private static bool NamesARevision(JsonObject configuration) =>
        (configuration["ingress"] as JsonObject)?["traffic"] is JsonArray traffic &&
        traffic.OfType<JsonObject>().Any(entry => JsonFields.Text(entry["revisionName"]) is not null);

    // unconfirmed: the message is reported for a first revision that cannot be provisioned; that an image that cannot be
    // pulled, or a container that crashes or is never ready, all end in it is likely.
    private static bool CanStart(JsonObject template) => ImageOutcome.Of(
        (template["containers"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(container => JsonFields.Text(container["image"]) ?? "")) is StartOutcome.Ready;
}
