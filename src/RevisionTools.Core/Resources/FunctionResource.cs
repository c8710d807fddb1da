namespace RevisionTools;

/// <summary>A function as Azure answers it. Becomes a <see cref="ContainerAppFunction"/> in Lifecycle/FunctionReader.</summary>
internal sealed record FunctionResource
{
    public required string Name { get; init; }

    public required string ResourceId { get; init; }

    public string? TriggerType { get; init; }

    public string? Language { get; init; }

    public string? State { get; init; }

    public string? InvokeUrlTemplate { get; init; }
}
