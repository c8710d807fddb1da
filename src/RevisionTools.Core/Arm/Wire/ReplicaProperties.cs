namespace RevisionTools.Arm.Wire;

/// <summary>Properties of a replica.</summary>
internal sealed record ReplicaProperties
{
    public DateTimeOffset? CreatedTime { get; init; }

    public string? RunningState { get; init; }

    public string? RunningStateDetails { get; init; }

    public List<ReplicaContainerBody?>? Containers { get; init; }
}
