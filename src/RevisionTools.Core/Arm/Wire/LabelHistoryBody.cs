namespace RevisionTools.Arm.Wire;

/// <summary>The history of one label on the wire: the envelope, whose name is the label.</summary>
internal sealed record LabelHistoryBody
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public LabelHistoryProperties? Properties { get; init; }
}
