namespace RevisionTools.Arm.Wire;

/// <summary>An entry of the traffic table.</summary>
internal sealed record TrafficWeight
{
    public string? RevisionName { get; init; }

    public bool? LatestRevision { get; init; }

    public int? Weight { get; init; }

    public string? Label { get; init; }
}
