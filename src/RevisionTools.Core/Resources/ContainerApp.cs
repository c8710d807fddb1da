using System.Collections.Frozen;

namespace RevisionTools;

/// <summary>A container app as Azure Resource Manager describes it, without its template and without secrets.</summary>
/// <remarks>API types <c>ContainerApp</c> and <c>Configuration</c>; api-version 2026-01-01.</remarks>
public sealed record ContainerApp
{
    private static readonly FrozenDictionary<string, string> s_noTags = FrozenDictionary<string, string>.Empty;

    private readonly TrafficEntry[] _traffic = [];

    /// <summary>The app's name.</summary>
    public required string Name { get; init; }

    /// <summary>The resource group that holds the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription that holds the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The app's Azure resource id. Azure varies the case of its parts, so compare it without case.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The Azure region, as Azure writes it (<c>West Europe</c>).</summary>
    public string? Location { get; init; }

    /// <summary>What kind of app it is: null for an ordinary one, <c>functionapp</c> for Azure Functions, <c>workflowapp</c>; open.</summary>
    public string? Kind { get; init; }

    /// <summary>The resource id of the Container Apps environment that the app runs in.</summary>
    public string? EnvironmentId { get; init; }

    /// <summary>The last part of <see cref="EnvironmentId"/>.</summary>
    public string? EnvironmentName => EnvironmentId?[(EnvironmentId.LastIndexOf('/') + 1)..];

    /// <summary>
    /// <c>Single</c> (the platform keeps one revision active), <c>Multiple</c> or <c>Labels</c>; open
    /// (API field <c>configuration.activeRevisionsMode</c>; the service's default is Single).
    /// </summary>
    public string RevisionMode { get; init; } = RevisionModes.Single;

    /// <summary>The newest revision, ready or not. Null while the first one is not there yet.</summary>
    public string? LatestRevisionName { get; init; }

    /// <summary>The newest revision that became ready: the one that a <c>latestRevision</c> traffic entry really reaches.</summary>
    public string? LatestReadyRevisionName { get; init; }

    /// <summary>State of the last write to the app: <c>Succeeded</c>, <c>InProgress</c>, <c>Failed</c>, <c>Canceled</c>, <c>Deleting</c>; open.</summary>
    public string? ProvisioningState { get; init; }

    /// <summary>State of the app as a whole: <c>Running</c>, <c>Ready</c>, <c>Progressing</c>, <c>Stopped</c>, <c>Suspended</c>; open.</summary>
    public string? RunningStatus { get; init; }

    /// <summary>Whether the app has ingress. Without it traffic weights say nothing: every revision reads 0.</summary>
    public bool IngressEnabled { get; init; }

    /// <summary>Whether ingress takes requests from outside the environment; false for internal ingress, null without ingress.</summary>
    public bool? IngressExternal { get; init; }

    /// <summary>The port of the container that ingress sends requests to. Null without ingress, and where the service finds it out.</summary>
    public int? IngressTargetPort { get; init; }

    /// <summary><c>Auto</c>, <c>Http</c>, <c>Http2</c> or <c>Tcp</c>; open. Null without ingress.</summary>
    public string? IngressTransport { get; init; }

    /// <summary>The app's host name, null without ingress.</summary>
    public string? Fqdn { get; init; }

    /// <summary>
    /// The traffic table, whole and in Azure's order. An app with ingress and no table of its own has the service's default,
    /// 100 % to the latest revision; an app without ingress has none.
    /// </summary>
    public IReadOnlyList<TrafficEntry> Traffic
    {
        get => _traffic;
        init => _traffic = IndexableList.Of(value);
    }

    /// <summary>Whether a Dapr sidecar runs beside every active revision (API field <c>configuration.dapr.enabled</c>).</summary>
    public bool DaprEnabled { get; init; }

    /// <summary>The Dapr application id.</summary>
    public string? DaprAppId { get; init; }

    /// <summary>
    /// How many inactive revisions the platform keeps before it purges the oldest, late. Null where Azure gives none; the
    /// service's default is 100.
    /// </summary>
    public int? MaxInactiveRevisions { get; init; }

    /// <summary>The workload profile that the app runs on.</summary>
    public string? WorkloadProfileName { get; init; }

    /// <summary>
    /// The type of that profile in the environment, for example <c>D4</c> or <c>Consumption-GPU-NC8as-T4</c>; open. Null where the
    /// environment could not be read, or was not (only Get-AcaApp reads it).
    /// </summary>
    public string? WorkloadProfileType { get; init; }

    /// <summary>Whether that profile has GPUs. Null where <see cref="WorkloadProfileType"/> is.</summary>
    public bool? IsGpu { get; init; }

    /// <summary>How many revisions Azure runs, those going down included; null unless they were counted (Get-AcaApp -IncludeRevisionCount).</summary>
    public int? ActiveRevisionCount { get; init; }

    /// <summary>How many revisions are not active and kept for rollback; null unless they were counted.</summary>
    public int? InactiveRevisionCount { get; init; }

    /// <summary>The app's tags; names compare without case, as in Azure.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = s_noTags;

    /// <summary>Whether this is Azure Functions hosted on Container Apps (<see cref="Kind"/> is <c>functionapp</c>).</summary>
    public bool IsFunctionApp => string.Equals(Kind, "functionapp", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether the platform itself chooses the one active revision.</summary>
    internal bool IsSingleMode => string.Equals(RevisionMode, RevisionModes.Single, StringComparison.OrdinalIgnoreCase);

    internal ContainerAppId Id => new(SubscriptionId, ResourceGroupName, Name);
}
