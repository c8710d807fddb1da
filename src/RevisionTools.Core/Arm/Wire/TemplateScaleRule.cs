namespace RevisionTools.Arm.Wire;

/// <summary>A scale rule: a name and one of the kinds.</summary>
internal sealed record TemplateScaleRule
{
    public string? Name { get; init; }

    public QueueRule? AzureQueue { get; init; }

    public MetadataRule? Custom { get; init; }

    public MetadataRule? Http { get; init; }

    public MetadataRule? Tcp { get; init; }
}
