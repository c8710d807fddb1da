namespace RevisionTools.Arm.Wire;

/// <summary>Properties of a revision; the service leaves out what it does not know.</summary>
internal sealed record RevisionProperties
{
    public bool? Active { get; init; }

    public int? TrafficWeight { get; init; }

    public DateTimeOffset? CreatedTime { get; init; }

    public DateTimeOffset? LastActiveTime { get; init; }

    public int? Replicas { get; init; }

    public string? ProvisioningState { get; init; }

    public string? RunningState { get; init; }

    public string? RunningStateDetails { get; init; }

    public string? HealthState { get; init; }

    public string? ProvisioningError { get; init; }

    public string? Fqdn { get; init; }

    public RevisionTemplate? Template { get; init; }
}
