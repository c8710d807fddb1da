namespace RevisionTools.Pruning;

/// <summary>What is known of a write that was sent.</summary>
internal enum PruneWriteOutcome
{
    /// <summary>It took effect.</summary>
    Done,

    /// <summary>It did not, or what it was to bring about was somebody else's doing.</summary>
    NotDone,

    /// <summary>Nobody can say.</summary>
    Unknown,
}
