using System.Text.Json.Nodes;
using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns.Oracle;

/// <summary>An app as the service has it at one moment: taken from the sandbox's own state, not from what is made of its answers.</summary>
internal sealed record AppView
{
    public required string Mode { get; init; }

    public required bool HasIngress { get; init; }

    public required bool HasDapr { get; init; }

    /// <summary>How many inactive revisions may stay.</summary>
    public required int MaxInactive { get; init; }

    public required string? Latest { get; init; }

    public required string? LatestReady { get; init; }

    public required IReadOnlyList<TrafficView> Traffic { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<RevisionView> Revisions { get; init; }

    public bool IsSingle => Mode == "Single";

    /// <summary>Where requests are sent, as text: when this has not changed, nobody has moved traffic.</summary>
    public string Routing =>
        $"{Mode} ingress {HasIngress} latest ready {LatestReady}: {string.Join(", ", Traffic.Select(entry => $"{entry.Revision ?? "latest"} {entry.Weight} {entry.Label}"))}";

    public static AppView Of(SandboxApp app) => new()
    {
        Mode = Text(app.Configuration["activeRevisionsMode"]) ?? "Single",
        HasIngress = app.Ingress is not null,
        HasDapr = app.DaprAppId is not null,
        MaxInactive = app.MaxInactiveRevisions,
        Latest = app.LatestRevisionName,
        LatestReady = app.LatestReadyRevisionName,
        Traffic = [.. (app.Ingress?["traffic"] as JsonArray ?? []).OfType<JsonObject>().Select(Entry)],
        Revisions = [.. app.Revisions.Select(RevisionView.Of)],
    };

    public RevisionView? Find(string name) => Revisions.FirstOrDefault(revision => IsSame(revision.Name, name));

    /// <summary>Whether an entry means the revision: by name, as the newest, or as the newest that is ready.</summary>
    public bool Means(TrafficView entry, string revision) =>
        entry.Revision is { } name ? IsSame(name, revision) : IsSame(Latest, revision) || IsSame(LatestReady, revision);

    /// <summary>The share of requests that is sent to a revision, up or not.</summary>
    public int EffectiveWeight(string revision) => HasIngress
        ? Traffic.Where(entry => IsSame(entry.Revision ?? LatestReady, revision)).Sum(entry => entry.Weight)
        : 0;

    public static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static TrafficView Entry(JsonObject entry) => new(
        entry["latestRevision"]?.GetValue<bool>() == true ? null : Text(entry["revisionName"]) ?? "",
        entry["weight"]?.GetValue<int>() ?? 0,
        Text(entry["label"]) is { Length: > 0 } label ? label : null);

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
