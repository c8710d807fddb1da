namespace RevisionTools.Arm.Wire;

/// <summary>Properties of the history of a label.</summary>
internal sealed record LabelHistoryProperties
{
    public List<LabelRecordBody?>? Records { get; init; }
}
