namespace RevisionTools.Lifecycle;

/// <summary>Is told of each call that changes a revision's state. May be called from any thread.</summary>
internal interface IStateChangeLog
{
    /// <summary>Told right before a call is sent, once for every try.</summary>
    /// <param name="revision">The revision as it was just read.</param>
    /// <param name="target">Where it is to go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RevisionToolsException">The call must not be sent, and nothing else either.</exception>
    ValueTask BeforeAsync(Revision revision, RevisionState target, CancellationToken cancellationToken);

    /// <summary>Told once all tries have ended, where there were any.</summary>
    ValueTask AfterAsync(Revision revision, RevisionState target, StateChange end);
}
