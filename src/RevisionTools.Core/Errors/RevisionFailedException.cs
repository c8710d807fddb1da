namespace RevisionTools;

/// <summary>A revision that was waited for has failed.</summary>
public sealed class RevisionFailedException : RevisionToolsException
{
    /// <summary>A failed revision.</summary>
    /// <param name="message">The platform's own words, and what they mean.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="cause">What it fails of.</param>
    /// <param name="advice">What to do about that.</param>
    internal RevisionFailedException(string message, Revision revision, FailureCause cause, string? advice)
        : base(FailureKind.RevisionFailed, message) => (Revision, Cause, Advice) = (revision, cause, advice);

    /// <summary>The revision as it was when it was found to have failed.</summary>
    public Revision Revision { get; }

    /// <summary>What it fails of, as far as the platform's words tell.</summary>
    public FailureCause Cause { get; }
}
