namespace RevisionTools.Arm.Wire;

/// <summary>A time during which a label was on a revision.</summary>
internal sealed record LabelRecordBody
{
    public string? Revision { get; init; }

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? Stop { get; init; }

    public string? Status { get; init; }
}
