namespace RevisionTools;

/// <summary>Every failure that RevisionTools reports of its own accord.</summary>
public class RevisionToolsException : Exception
{
    /// <summary>A failure of a known kind.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What happened, with names; made harmless for terminals and logs, since names may be somebody else's.</param>
    /// <param name="innerException">What caused it.</param>
    internal RevisionToolsException(FailureKind kind, string message, Exception? innerException = null)
        : base(SafeText.Clean(message), innerException) => Kind = kind;

    /// <summary>What went wrong; also the error id.</summary>
    public FailureKind Kind { get; }

    /// <summary>What to do about it, where that differs from what is good for every failure of its kind; null otherwise.</summary>
    public string? Advice { get; internal init; }

    /// <summary>The resource that it concerns, where there is one.</summary>
    public string? ResourceId { get; init; }
}
