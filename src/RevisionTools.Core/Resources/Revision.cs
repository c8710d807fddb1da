using System.Collections.Specialized;

namespace RevisionTools;

/// <summary>
/// A revision of a container app: what Azure says about it, and what follows from that together with its app: stage,
/// weights, labels, and what feeds it.
/// </summary>
/// <remarks>API type <c>Revision</c>; the raw fields keep Azure's words.</remarks>
public sealed record Revision
{
    private readonly string[] _labels = [];
    private readonly string[] _images = [];
    private readonly RevisionContainer[] _containers = [];
    private readonly EventConsumer[] _eventConsumers = [];

    /// <summary>The revision's full name, <c>app--suffix</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The app it belongs to.</summary>
    public required string ContainerAppName { get; init; }

    /// <summary>The resource group of the app.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The subscription of the app, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The revision's Azure resource id; compare it without case.</summary>
    public required string ResourceId { get; init; }

    /// <summary>
    /// Whether the platform runs it. Stays true for 15 to 70 seconds after a deactivation. Null where Azure
    /// did not say.
    /// </summary>
    public bool? Active { get; init; }

    /// <summary>Where in its life the revision is.</summary>
    public RevisionStage Stage { get; init; }

    /// <summary>Why it is in that stage, in a sentence with the fields that decided.</summary>
    public string StageReason { get; init; } = "";

    /// <summary>The percentage that the app's traffic table gives it, where a <c>latestRevision</c> entry counts for the newest, ready or not.</summary>
    public int ConfiguredWeight { get; init; }

    /// <summary>The percentage that requests really get: a <c>latestRevision</c> entry counts for the newest that is ready.</summary>
    public int EffectiveWeight { get; init; }

    /// <summary>The weight as Azure answers it on the revision (API field <c>trafficWeight</c>).</summary>
    public int? TrafficWeight { get; init; }

    /// <summary>The labels that point at it, joined on from the app's traffic table; Azure does not put them on the revision.</summary>
    public IReadOnlyList<string> Labels
    {
        get => _labels;
        init => _labels = IndexableList.Of(value);
    }

    /// <summary>The container images of its template, in order.</summary>
    public IReadOnlyList<string> Images
    {
        get => _images;
        init => _images = IndexableList.Of(value);
    }

    /// <summary>The containers of its template, in order: image with tag and digest, CPU and memory. Init containers are not among them.</summary>
    public IReadOnlyList<RevisionContainer> Containers
    {
        get => _containers;
        init => _containers = IndexableList.Of(value);
    }

    /// <summary>
    /// The whole template, where it was asked for (Get-AcaRevision -Detailed), else null: ordered dictionaries, arrays and plain values under
    /// the API's own names, such as <c>$revision.Template.containers[0].image</c>. Values of environment variables are <c>(hidden)</c>
    /// unless they were asked for as well.
    /// </summary>
    public OrderedDictionary? Template { get; init; }

    /// <summary>When it was made (UTC). Null only where Azure did not say.</summary>
    public DateTimeOffset? CreatedTime { get; init; }

    /// <summary>How old it was when it was read, by the clock of the connection. Null only where Azure did not say when it was made.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>When its last deactivation began (UTC); null for one that was never deactivated.</summary>
    public DateTimeOffset? LastActiveTime { get; init; }

    /// <summary>How many replicas run now.</summary>
    public int? Replicas { get; init; }

    /// <summary>The fewest replicas its template asks for; null where the template leaves it to the service (0).</summary>
    public int? MinReplicas { get; init; }

    /// <summary>The most replicas its template allows; null where the template leaves it to the service (10).</summary>
    public int? MaxReplicas { get; init; }

    /// <summary><c>Provisioning</c>, <c>Provisioned</c>, <c>Failed</c>, <c>Deprovisioning</c>, <c>Deprovisioned</c>; open.</summary>
    public string? ProvisioningState { get; init; }

    /// <summary><c>Running</c>, <c>RunningAtMaxScale</c>, <c>ScaledToZero</c>, <c>Activating</c>, <c>Processing</c>, <c>Deprovisioning</c>, <c>Stopped</c>, <c>Degraded</c>, <c>Failed</c>, <c>Unknown</c>; open.</summary>
    public string? RunningState { get; init; }

    /// <summary>The platform's own words about the running state, often the true cause of a failure.</summary>
    public string? RunningStateDetails { get; init; }

    /// <summary><c>Healthy</c>, <c>Unhealthy</c> or <c>None</c>; open.</summary>
    public string? HealthState { get; init; }

    /// <summary>Why provisioning failed, in the platform's words.</summary>
    public string? ProvisioningError { get; init; }

    /// <summary>What would still feed the revision at 0 % traffic as long as it is active.</summary>
    public IReadOnlyList<EventConsumer> EventConsumers
    {
        get => _eventConsumers;
        init => _eventConsumers = IndexableList.Of(value);
    }

    /// <summary>The revision's own host name.</summary>
    public string? Fqdn { get; init; }

    /// <summary>Whether it is the app's newest revision.</summary>
    public bool IsLatest { get; init; }

    /// <summary>Whether it is the app's newest revision that became ready.</summary>
    public bool IsLatestReady { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The images of the containers that run before the others.</summary>
    internal IReadOnlyList<string> InitImages { get; init; } = [];

    /// <summary>Active, and not on its way out: what counts when one asks whether anything would be left.</summary>
    internal bool IsStanding => Active == true && Stage != RevisionStage.Deactivating;

    internal RevisionId Id => new(new ContainerAppId(SubscriptionId, ResourceGroupName, ContainerAppName), Name);
}
