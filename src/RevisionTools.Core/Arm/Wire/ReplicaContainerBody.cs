namespace RevisionTools.Arm.Wire;

/// <summary>A container of a replica, without its log and exec endpoints.</summary>
internal sealed record ReplicaContainerBody
{
    public string? Name { get; init; }

    public bool? Ready { get; init; }

    public bool? Started { get; init; }

    public int? RestartCount { get; init; }

    public string? RunningState { get; init; }

    public string? RunningStateDetails { get; init; }
}
