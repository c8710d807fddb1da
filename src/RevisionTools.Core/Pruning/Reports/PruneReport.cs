namespace RevisionTools.Pruning.Reports;

/// <summary>What was planned and what became of it.</summary>
internal sealed record PruneReport
{
    public string Format { get; init; } = "RevisionTools prune report";

    public int Version { get; init; } = 1;

    /// <summary>When it was written (UTC).</summary>
    public required DateTimeOffset CreatedTime { get; init; }

    /// <summary>The cloud of the connection, or <c>Sandbox</c>.</summary>
    public required string Cloud { get; init; }

    /// <summary>Whether nothing was to be changed: <c>-PlanOnly</c> or <c>-WhatIf</c>.</summary>
    public required bool PlanOnly { get; init; }

    /// <summary>How many apps and revisions there are of each decision and outcome.</summary>
    public required IReadOnlyDictionary<string, int> Totals { get; init; }

    public required IReadOnlyList<ReportedApp> Apps { get; init; }

    /// <summary>What went wrong beside the apps above.</summary>
    public required IReadOnlyList<ReportedFailure> Failures { get; init; }
}
