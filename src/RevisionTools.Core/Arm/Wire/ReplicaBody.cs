namespace RevisionTools.Arm.Wire;

/// <summary>A replica on the wire: the envelope.</summary>
internal sealed record ReplicaBody
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public ReplicaProperties? Properties { get; init; }
}
