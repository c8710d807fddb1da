using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>A container app: what was asked for, and its revisions in order of creation.</summary>
internal sealed class SandboxApp
{
    private const int DefaultMaxInactiveRevisions = 100;

    private double _requestsPerSecond;

    internal required string SubscriptionId { get; init; }

    internal required string Group { get; init; }

    internal required string Name { get; init; }

    /// <summary>As it was sent; Azure echoes the display name.</summary>
    internal required string Location { get; init; }

    internal required string EnvironmentId { get; set; }

    /// <summary>The domain of the environment, which the host names end in.</summary>
    internal required string EnvironmentDomain { get; init; }

    internal string? Kind { get; set; }

    internal string WorkloadProfileName { get; set; } = "Consumption";

    /// <summary>The type of that profile in the environment; null where the name says it.</summary>
    internal string? WorkloadProfileType { get; set; }

    internal JsonObject? Tags { get; set; }

    internal JsonObject Identity { get; set; } = new() { ["type"] = "None" };

    /// <summary>In the service's own form: see <see cref="ConfigurationRules"/>.</summary>
    internal required JsonObject Configuration { get; set; }

    /// <summary>In the service's own form: see <see cref="TemplateRules"/>.</summary>
    internal required JsonObject Template { get; set; }

    internal required DateTimeOffset CreatedAt { get; init; }

    internal required DateTimeOffset LastModifiedAt { get; set; }

    internal List<SandboxRevision> Revisions { get; private set; } = [];

    internal string? LatestRevisionName { get; set; }

    internal string? LatestReadyRevisionName { get; set; }

    /// <summary>The last write; it may be done.</summary>
    internal SandboxOperation? Operation { get; set; }

    internal int Writes { get; set; }

    /// <summary>The writes of deleted apps of the same name, whose names and operations must not come again.</summary>
    internal int PriorWrites { get; set; }

    /// <summary>How many revisions were ever made; numbers the names (ARM-FACTS 4.1).</summary>
    internal int RevisionsMade { get; set; }

    /// <summary>The requests that come to the app's ingress; 0 until something is known of them.</summary>
    internal double RequestsPerSecond
    {
        get => _requestsPerSecond;
        set
        {
            _requestsPerSecond = value;
            IsLoadKnown |= value > 0;
        }
    }

    /// <summary>Whether its load was ever told: until then its revisions keep the replicas that they have.</summary>
    internal bool IsLoadKnown { get; set; }

    /// <summary>When load, traffic and retention are to be looked at afresh, after a change; null for not.</summary>
    internal DateTimeOffset? ReviewDue { get; set; }

    /// <summary>When the platform comes by to purge inactive revisions; null while there are not too many (ARM-FACTS 4.8).</summary>
    internal DateTimeOffset? PurgeDue { get; set; }

    internal int Purges { get; set; }

    /// <summary>How many inactive revisions may stay. Null and 0 are what versions without the setting show (ARM-FACTS 4.8).</summary>
    // unconfirmed: that a 0 which was sent means the default as well.
    internal int MaxInactiveRevisions =>
        JsonFields.Number(Configuration["maxInactiveRevisions"]) is { } limit and > 0 ? limit : DefaultMaxInactiveRevisions;

    internal bool IsSingleMode => JsonFields.Text(Configuration["activeRevisionsMode"]) == ConfigurationRules.Single;

    internal bool IsLabelsMode => JsonFields.Text(Configuration["activeRevisionsMode"]) == ConfigurationRules.Labels;

    internal LabelHistory LabelHistory { get; private set; } = new();

    /// <summary>The revisions that a stop of the app took down, for its start to bring up; null while the app is not stopped.</summary>
    internal IReadOnlyList<string>? StoppedRevisions { get; set; }

    /// <summary>The id under which Dapr knows the app; null while Dapr is off.</summary>
    internal string? DaprAppId => Configuration["dapr"] is JsonObject dapr && JsonFields.Flag(dapr["enabled"]) == true
        ? JsonFields.Text(dapr["appId"])
        : null;

    internal JsonObject? Ingress => Configuration["ingress"] as JsonObject;

    /// <summary>The app's own id has a lower-case <c>containerapps</c> (ARM-FACTS 3.1).</summary>
    internal string Id => $"/subscriptions/{SubscriptionId}/resourceGroups/{Group}/providers/Microsoft.App/containerapps/{Name}";

    /// <summary>The location as it stands in addresses.</summary>
    internal string Region => SandboxEnvironment.Region(Location);

    /// <summary>A copy that later changes do not touch.</summary>
    internal SandboxApp Copy()
    {
        var copy = (SandboxApp)MemberwiseClone();
        copy.Configuration = (JsonObject)Configuration.DeepClone();
        copy.Template = (JsonObject)Template.DeepClone();
        copy.LabelHistory = LabelHistory.Copy();
        copy.Revisions = [.. Revisions.Select(revision => revision.Copy())];
        return copy;
    }

    internal bool IsBeingWritten(DateTimeOffset now) => Operation is { } operation && !operation.IsDone(now);

    /// <summary>Failed when the last operation ended so (ARM-FACTS 3.2).</summary>
    internal string ProvisioningState(DateTimeOffset now) =>
        IsBeingWritten(now) ? Operation?.Kind is OperationKind.Delete ? "Deleting" : "InProgress"
        : Operation?.HasFailed(now) == true ? "Failed" : "Succeeded";

    /// <summary>Whether the app is up, or was stopped.</summary>
    // unconfirmed: the words are in the types, no recording has a stopped app (ARM-FACTS, appendix A).
    internal string RunningStatus(DateTimeOffset now) =>
        IsBeingWritten(now) && Operation?.Kind is OperationKind.Start or OperationKind.Stop ? "Progressing"
        : StoppedRevisions is null ? "Running" : "Stopped";

    internal SandboxRevision? FindRevision(string name) =>
        Revisions.Find(revision => revision.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The id as it stands in that of a child: with <c>containerApps</c>, unlike the app's own (ARM-FACTS 3.1).</summary>
    internal string ResourceId => $"/subscriptions/{SubscriptionId}/resourceGroups/{Group}/providers/Microsoft.App/containerApps/{Name}";

    internal string RevisionId(SandboxRevision revision) => $"{ResourceId}/revisions/{revision.Name}";

    /// <summary>A revision has a host name even where the app has no ingress (ARM-FACTS 4.4).</summary>
    internal string RevisionFqdn(string revisionName) => $"{revisionName}.{HostSuffix}";

    internal string HostSuffix =>
        Ingress is { } ingress && JsonFields.Flag(ingress["external"]) != true ? $"internal.{EnvironmentDomain}" : EnvironmentDomain;
}
