namespace RevisionTools;

/// <summary>What became of a revision in a prune.</summary>
public enum PruneOutcome
{
    /// <summary>Azure took the deactivation.</summary>
    Deactivated,

    /// <summary>It was inactive or going down by the time its turn came.</summary>
    AlreadyInactive,

    /// <summary>No rule keeps it, but an interlock protects it; nothing was sent.</summary>
    Blocked,

    /// <summary>The plan would have taken it down, but by the time its turn came an interlock held; nothing was sent.</summary>
    Drifted,

    /// <summary>It was not deactivated: the message says why.</summary>
    Failed,

    /// <summary>The deactivation was sent and its answer lost; what Azure shows does not tell whether it took effect.</summary>
    Unknown,

    /// <summary>Its turn never came, because what had failed before would fail here too, or a stop rule had ended the run. It is as it was.</summary>
    NotAttempted,
}
