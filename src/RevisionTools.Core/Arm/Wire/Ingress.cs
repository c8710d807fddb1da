namespace RevisionTools.Arm.Wire;

/// <summary>Ingress of a container app.</summary>
internal sealed record Ingress
{
    public string? Fqdn { get; init; }

    public bool? External { get; init; }

    public int? TargetPort { get; init; }

    public string? Transport { get; init; }

    public List<TrafficWeight?>? Traffic { get; init; }
}
