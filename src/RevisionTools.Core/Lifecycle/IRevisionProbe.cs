namespace RevisionTools.Lifecycle;

/// <summary>Asks a revision itself, at its own host name, whether it serves. Knows no credential.</summary>
internal interface IRevisionProbe
{
    /// <param name="host">The revision's host name.</param>
    /// <param name="path">An absolute path, with a query or without.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The answer; that there was none is an answer too.</returns>
    Task<ProbeAnswer> AskAsync(string host, string path, CancellationToken cancellationToken);
}
