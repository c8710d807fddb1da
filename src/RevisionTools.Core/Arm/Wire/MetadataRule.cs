namespace RevisionTools.Arm.Wire;

/// <summary>The HTTP, TCP and custom kinds of a scale rule; only custom has a type.</summary>
internal sealed record MetadataRule
{
    public string? Type { get; init; }

    public Dictionary<string, string?>? Metadata { get; init; }

    public List<ScaleRuleAuth?>? Auth { get; init; }
}
