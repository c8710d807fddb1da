namespace RevisionTools.Arm.Wire;

/// <summary>A workload profile of a managed environment.</summary>
internal sealed record WorkloadProfileBody
{
    public string? Name { get; init; }

    public string? WorkloadProfileType { get; init; }
}
