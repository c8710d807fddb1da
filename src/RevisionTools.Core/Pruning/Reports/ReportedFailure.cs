namespace RevisionTools.Pruning.Reports;

/// <summary>Something that went wrong.</summary>
internal sealed record ReportedFailure
{
    public required FailureKind Kind { get; init; }

    public required string Message { get; init; }

    /// <summary>What it is about; null where that is not known.</summary>
    public string? ResourceId { get; init; }
}
