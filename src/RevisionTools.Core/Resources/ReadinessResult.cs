namespace RevisionTools;

/// <summary>Whether a revision could start again.</summary>
public enum ReadinessResult
{
    /// <summary>Everything that it refers to is there, as far as it was looked at.</summary>
    Ready,

    /// <summary>Something that it needs is missing.</summary>
    NotReady,

    /// <summary>Nothing is known to be missing, and something could not be looked at.</summary>
    Unknown,
}
