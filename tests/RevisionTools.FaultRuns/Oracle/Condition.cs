namespace RevisionTools.FaultRuns.Oracle;

/// <summary>How a revision is, in the words of DESIGN section 3, told from the service's own state.</summary>
internal enum Condition
{
    /// <summary>Up, or scaled to zero.</summary>
    Up,

    /// <summary>Up in part: Degraded with replicas.</summary>
    Impaired,

    /// <summary>Being made, or not ready yet.</summary>
    Starting,

    /// <summary>On its way down.</summary>
    GoingDown,

    /// <summary>Inactive.</summary>
    Down,

    /// <summary>Active and dead.</summary>
    Failed,

    /// <summary>In a state that nobody has heard of.</summary>
    Unheard,
}
