namespace RevisionTools.Pruning;

/// <summary>What an app says by its tags about being pruned, whatever policy it is pruned by.</summary>
internal static class PruneTags
{
    /// <summary>Patterns of names to keep, with commas between them.</summary>
    public const string KeepTag = "revisiontools-keep";

    /// <summary><c>never</c> keeps the whole app.</summary>
    public const string PruneTag = "revisiontools-prune";

    /// <summary>All tags that are heeded.</summary>
    public static IReadOnlyList<string> All { get; } = [KeepTag, PruneTag];
}
