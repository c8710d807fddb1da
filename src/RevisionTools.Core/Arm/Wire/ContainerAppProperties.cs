namespace RevisionTools.Arm.Wire;

/// <summary>Properties of a container app. The template is left out: it can hold values of environment variables.</summary>
internal sealed record ContainerAppProperties
{
    public string? ProvisioningState { get; init; }

    public string? RunningStatus { get; init; }

    public string? EnvironmentId { get; init; }

    public string? ManagedEnvironmentId { get; init; }

    public string? LatestRevisionName { get; init; }

    public string? LatestReadyRevisionName { get; init; }

    public string? WorkloadProfileName { get; init; }

    public AppConfiguration? Configuration { get; init; }
}
