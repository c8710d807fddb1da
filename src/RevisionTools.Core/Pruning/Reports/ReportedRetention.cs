namespace RevisionTools.Pruning.Reports;

/// <summary>The limit of inactive revisions in a report.</summary>
internal sealed record ReportedRetention
{
    public required int Before { get; init; }

    public required int After { get; init; }

    /// <summary>Whether it was set.</summary>
    public required bool Done { get; init; }

    public required IReadOnlyList<string> MayBePurged { get; init; }

    public required string Message { get; init; }
}
