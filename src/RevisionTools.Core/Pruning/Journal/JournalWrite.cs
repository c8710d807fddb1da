namespace RevisionTools.Pruning.Journal;

/// <summary>What a journal knows of one write of a run, however often it was tried.</summary>
/// <param name="write">The write.</param>
/// <param name="time">When it was first about to be sent.</param>
internal sealed class JournalWrite(PruneWrite write, DateTimeOffset time)
{
    public PruneWrite Write { get; set; } = write;

    /// <summary>When it was last about to be sent.</summary>
    public DateTimeOffset Time { get; set; } = time;

    /// <summary>How it ended; null where the journal does not tell.</summary>
    public PruneWriteOutcome? Outcome { get; set; }

    /// <summary>Whether an undo has reversed it since.</summary>
    public bool IsReversed { get; set; }

    /// <summary>Whether it may have been sent, and nothing tells whether it took effect.</summary>
    public bool IsOpen => Outcome is null or PruneWriteOutcome.Unknown;

    /// <summary>Whether it took effect or may have.</summary>
    public bool MayHold => Outcome != PruneWriteOutcome.NotDone && !IsReversed;
}
