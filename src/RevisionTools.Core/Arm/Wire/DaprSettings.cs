namespace RevisionTools.Arm.Wire;

/// <summary>Dapr settings of a container app.</summary>
internal sealed record DaprSettings
{
    public bool? Enabled { get; init; }

    public string? AppId { get; init; }
}
