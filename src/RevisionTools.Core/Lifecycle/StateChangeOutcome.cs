namespace RevisionTools.Lifecycle;

/// <summary>How an attempt to activate or deactivate one revision ended.</summary>
internal enum StateChangeOutcome
{
    /// <summary>Azure took it.</summary>
    Done,

    /// <summary>There was nothing to do.</summary>
    AlreadyThere,

    /// <summary>On fresh data an interlock forbade it; nothing was sent.</summary>
    Protected,

    /// <summary>It did not happen.</summary>
    Failed,

    /// <summary>It was sent, and nobody can say whether it took effect.</summary>
    Unknown,

    /// <summary>Its turn never came, because what had failed before would fail here too, or because the run was to begin nothing new.</summary>
    NotAttempted,
}
