namespace RevisionTools.Arm.Wire;

/// <summary>A storage of a managed environment: the envelope.</summary>
internal sealed record StorageBody
{
    public string? Name { get; init; }
}
