namespace RevisionTools.Pruning.Saved;

/// <summary>A container of a saved revision.</summary>
internal sealed record SavedContainer
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    public double? Cpu { get; init; }

    public string? Memory { get; init; }

    public static SavedContainer Of(RevisionContainer container) => new() { Name = container.Name, Image = container.Image, Cpu = container.Cpu, Memory = container.Memory };

    public RevisionContainer ToContainer() => new() { Name = Name, Image = Image, Cpu = Cpu, Memory = Memory };
}
