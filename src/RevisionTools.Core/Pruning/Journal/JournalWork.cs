namespace RevisionTools.Pruning.Journal;

/// <summary>What a run does.</summary>
internal enum JournalWork
{
    /// <summary>It prunes.</summary>
    Prune,

    /// <summary>It undoes runs that pruned.</summary>
    Undo,
}
