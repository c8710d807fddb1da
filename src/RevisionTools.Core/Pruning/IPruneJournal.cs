namespace RevisionTools.Pruning;

/// <summary>Is told of each write before it is sent and of how it ended, so that a run that was cut off can be taken up and undone. May be called from any thread.</summary>
internal interface IPruneJournal
{
    /// <summary>Why nothing more can be written; null while all is well. Then nothing more may be sent either.</summary>
    RevisionToolsException? Failure => null;

    /// <summary>Returns only when what is about to be sent is on the disk. A write that is tried again is told of again.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.FileNotWritten"/>; the write must not be sent.</exception>
    ValueTask BeforeAsync(PruneWrite write, CancellationToken cancellationToken);

    /// <summary>Told once a write has ended, whichever way; it may have been tried several times. Does not throw: see <see cref="Failure"/>.</summary>
    ValueTask AfterAsync(PruneWrite write, PruneWriteOutcome outcome, string message);
}
