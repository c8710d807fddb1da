namespace RevisionTools;

/// <summary>What became of a revision, or of an app's limit of inactive revisions, when a prune was undone.</summary>
public enum UndoOutcome
{
    /// <summary>Azure took the activation.</summary>
    Activated,

    /// <summary>It was active or coming up by the time its turn came.</summary>
    AlreadyActive,

    /// <summary>The app's limit of inactive revisions is again what it was before the prune.</summary>
    LimitRaised,

    /// <summary>The app's limit of inactive revisions was left as it is, because it is no longer what the prune had set.</summary>
    LimitLeft,

    /// <summary>The platform has purged it, and nothing brings it back.</summary>
    Purged,

    /// <summary>Another revision, made later, has its name; that one was not touched.</summary>
    Replaced,

    /// <summary>The app is in single-revision mode, where activating it would take the live revision down; nothing was sent.</summary>
    Blocked,

    /// <summary>It was not activated: the message says why.</summary>
    Failed,

    /// <summary>The activation was sent and its answer lost; what Azure shows does not tell whether it took effect.</summary>
    Unknown,

    /// <summary>Its turn never came, because what had failed before would fail here too, or the deadline had come. It is as it was.</summary>
    NotAttempted,
}
