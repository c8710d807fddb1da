namespace RevisionTools.Arm.Wire;

/// <summary>What a container of a template asks for.</summary>
internal sealed record ContainerResources
{
    public string? Cpu { get; init; }

    public string? Memory { get; init; }
}
