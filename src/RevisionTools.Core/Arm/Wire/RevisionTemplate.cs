namespace RevisionTools.Arm.Wire;

/// <summary>A revision's template, as far as it is used.</summary>
internal sealed record RevisionTemplate
{
    public List<TemplateContainer?>? Containers { get; init; }

    public List<TemplateContainer?>? InitContainers { get; init; }

    public TemplateScale? Scale { get; init; }
}
