namespace RevisionTools.Pruning.Journal;

/// <summary>What a line of a journal says.</summary>
internal enum JournalLineKind
{
    /// <summary>A run begins.</summary>
    Run,

    /// <summary>The last run, which had been cut off or had ended early, goes on.</summary>
    Resumed,

    /// <summary>A write is about to be sent.</summary>
    Before,

    /// <summary>A write has ended.</summary>
    After,

    /// <summary>The run has ended.</summary>
    End,
}
