namespace RevisionTools.Arm.Wire;

/// <summary>A container of a template.</summary>
internal sealed record TemplateContainer
{
    public string? Name { get; init; }

    public string? Image { get; init; }

    /// <summary>Looked at for what scale rules name, and not kept.</summary>
    public List<TemplateVariable?>? Env { get; init; }

    public ContainerResources? Resources { get; init; }
}
