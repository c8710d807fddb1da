namespace RevisionTools;

/// <summary>The form of the report of a prune.</summary>
public enum PruneReportFormat
{
    /// <summary>Tables for people, as pull requests, wikis and the summaries of pipelines show them.</summary>
    Markdown,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>Test results as CI systems show them: a suite an app, a case a revision.</summary>
    JUnit,
}
