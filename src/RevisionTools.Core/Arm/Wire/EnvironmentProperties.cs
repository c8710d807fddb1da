namespace RevisionTools.Arm.Wire;

/// <summary>Properties of a managed environment, as far as they are used.</summary>
internal sealed record EnvironmentProperties
{
    public List<WorkloadProfileBody?>? WorkloadProfiles { get; init; }
}
