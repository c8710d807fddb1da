namespace RevisionTools.Arm.Wire;

/// <summary>A container app on the wire: the envelope.</summary>
internal sealed record ContainerAppBody
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Location { get; init; }

    public string? Kind { get; init; }

    public Dictionary<string, string?>? Tags { get; init; }

    public ContainerAppProperties? Properties { get; init; }
}
