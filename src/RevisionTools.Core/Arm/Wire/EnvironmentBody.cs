namespace RevisionTools.Arm.Wire;

/// <summary>A managed environment on the wire: the envelope.</summary>
internal sealed record EnvironmentBody
{
    public EnvironmentProperties? Properties { get; init; }
}
