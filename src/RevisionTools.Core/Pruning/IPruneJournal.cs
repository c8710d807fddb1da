namespace RevisionTools.Pruning;

/// <summary>Is told of each write before it is sent and of how it ended, so that a run that was cut off can be taken up and undone. May be called from any thread.</summary>
internal interface IPruneJournal
{
    /// <summary>Returns only when what is about to be sent is on the disk.</summary>
    ValueTask BeforeAsync(PruneWrite write, CancellationToken cancellationToken);

    /// <summary>Told once a write has ended, whichever way; it may have been tried several times.</summary>
    ValueTask AfterAsync(PruneWrite write, PruneOutcome outcome, string message);
}
