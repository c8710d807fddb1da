namespace RevisionTools.Arm.Wire;

/// <summary>Configuration of a container app, without secrets and registries.</summary>
internal sealed record AppConfiguration
{
    public string? ActiveRevisionsMode { get; init; }

    public int? MaxInactiveRevisions { get; init; }

    public Ingress? Ingress { get; init; }

    public DaprSettings? Dapr { get; init; }
}
