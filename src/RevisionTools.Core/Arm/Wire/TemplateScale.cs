namespace RevisionTools.Arm.Wire;

/// <summary>Scale settings of a template.</summary>
internal sealed record TemplateScale
{
    public int? MinReplicas { get; init; }

    public int? MaxReplicas { get; init; }

    public List<TemplateScaleRule?>? Rules { get; init; }
}
