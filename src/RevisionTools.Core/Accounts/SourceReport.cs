namespace RevisionTools.Accounts;

/// <summary>
/// What the exceptions of a library said, a line each and without secrets. It stands in for them: they carry whole answers of servers.
/// </summary>
internal sealed class SourceReport : Exception
{
    /// <param name="lines">The lines, harmless.</param>
    /// <param name="isMissing">See <see cref="IsMissing"/>.</param>
    public SourceReport(IEnumerable<string> lines, bool isMissing)
        : base(string.Join(Environment.NewLine, lines.Distinct(StringComparer.Ordinal))) => IsMissing = isMissing;

    /// <summary>Whether the way to sign in is not there at all, and so another one may be tried.</summary>
    public bool IsMissing { get; }
}
