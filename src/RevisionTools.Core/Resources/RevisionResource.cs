namespace RevisionTools;

/// <summary>A revision as Azure answers it, before it is joined with its app. Becomes a <see cref="Revision"/> in Lifecycle/RevisionJoin.</summary>
/// <remarks>Only what is used of the template is kept: a fleet has thousands of revisions.</remarks>
internal sealed record RevisionResource
{
    public required string Name { get; init; }

    public string? ResourceId { get; init; }

    public bool? Active { get; init; }

    public int? TrafficWeight { get; init; }

    public DateTimeOffset? CreatedTime { get; init; }

    public DateTimeOffset? LastActiveTime { get; init; }

    /// <summary>When it was read, by the clock of the connection.</summary>
    public DateTimeOffset? ReadTime { get; init; }

    public int? Replicas { get; init; }

    public int? MinReplicas { get; init; }

    public int? MaxReplicas { get; init; }

    public string? ProvisioningState { get; init; }

    public string? RunningState { get; init; }

    public string? RunningStateDetails { get; init; }

    public string? HealthState { get; init; }

    public string? ProvisioningError { get; init; }

    public string? Fqdn { get; init; }

    public IReadOnlyList<RevisionContainer> Containers { get; init; } = [];

    public IEnumerable<string> Images => Containers.Select(container => container.Image);

    /// <summary>The images of the containers that run before the others.</summary>
    public IReadOnlyList<string> InitImages { get; init; } = [];

    public IReadOnlyList<ScaleRule> ScaleRules { get; init; } = [];
}
