using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>All that a plan for one app is made from: the app and its revisions, and what some rules ask for beside that.</summary>
/// <param name="Snapshot">The app and its revisions. Where functions were read, they are among the revisions' event consumers.</param>
internal sealed record PruneWorld(AppSnapshot Snapshot)
{
    private static readonly Dictionary<string, ReadinessResult> s_nothingChecked = [];
    private static readonly Dictionary<string, RevisionToolsException> s_nothingUnread = [];

    /// <summary>Where each label of the app has been; empty unless a rule asks for it.</summary>
    public IReadOnlyList<LabelHistoryRecord> LabelHistory { get; init; } = [];

    /// <summary>Of which revisions the functions could not be read, and why.</summary>
    public IReadOnlyDictionary<string, RevisionToolsException> UnreadFunctions { get; init; } = s_nothingUnread;

    /// <summary>Whether revisions could start again, by name; empty unless a rule asks for it.</summary>
    public IReadOnlyDictionary<string, ReadinessResult> Readiness { get; init; } = s_nothingChecked;
}
