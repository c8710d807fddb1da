namespace RevisionTools.Arm.Wire;

/// <summary>A revision on the wire: the envelope.</summary>
internal sealed record RevisionBody
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public RevisionProperties? Properties { get; init; }
}
