namespace RevisionTools.Arm.Wire;

/// <summary>A container of a template; its environment variables are not read.</summary>
internal sealed record TemplateContainer
{
    public string? Name { get; init; }

    public string? Image { get; init; }

    public ContainerResources? Resources { get; init; }
}
