namespace RevisionTools.Pruning.Reports;

/// <summary>A revision in a report.</summary>
internal sealed record ReportedRevision
{
    public required string Name { get; init; }

    public required RevisionStage Stage { get; init; }

    public DateTimeOffset? CreatedTime { get; init; }

    public required PruneDecision Decision { get; init; }

    /// <summary>What became of it; null where nothing was to be done, or was done.</summary>
    public PruneOutcome? Outcome { get; init; }

    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The outcome in a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>What went wrong after it had gone down: it has not drained, or not ended in time. Null for nothing, and where the outcome tells it.</summary>
    public ReportedFailure? Failure { get; init; }

    public required bool PurgeExpected { get; init; }
}
