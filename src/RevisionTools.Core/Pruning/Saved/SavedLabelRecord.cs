namespace RevisionTools.Pruning.Saved;

/// <summary>A time during which a label was on a revision.</summary>
internal sealed record SavedLabelRecord
{
    public required string Label { get; init; }

    public string? RevisionName { get; init; }

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? Stop { get; init; }

    public string? Status { get; init; }

    public required string ResourceId { get; init; }

    public static SavedLabelRecord Of(LabelHistoryRecord record) => new()
    {
        Label = record.Label,
        RevisionName = record.RevisionName,
        Start = record.Start,
        Stop = record.Stop,
        Status = record.Status,
        ResourceId = record.ResourceId,
    };

    public LabelHistoryRecord ToRecord(ContainerApp app) => new()
    {
        Label = Label,
        RevisionName = RevisionName,
        Start = Start,
        Stop = Stop,
        Status = Status,
        ContainerAppName = app.Name,
        ResourceGroupName = app.ResourceGroupName,
        SubscriptionId = app.SubscriptionId,
        ResourceId = ResourceId,
    };
}
