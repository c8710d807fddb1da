namespace RevisionTools.Pruning.Reports;

/// <summary>An app in a report.</summary>
internal sealed record ReportedApp
{
    public required string ContainerAppName { get; init; }

    public required string ResourceGroupName { get; init; }

    public required string SubscriptionId { get; init; }

    public required string ResourceId { get; init; }

    public required string Policy { get; init; }

    public required DateTimeOffset PlannedTime { get; init; }

    public required string Fingerprint { get; init; }

    public required string Summary { get; init; }

    /// <summary>How many inactive revisions should be gone and are not.</summary>
    public required int RetentionDebt { get; init; }

    /// <summary>The step that lowers the limit of inactive revisions; null for none.</summary>
    public ReportedRetention? Retention { get; init; }

    public required IReadOnlyList<ReportedRevision> Revisions { get; init; }

    /// <summary>What went wrong with the app as a whole.</summary>
    public required IReadOnlyList<ReportedFailure> Failures { get; init; }
}
