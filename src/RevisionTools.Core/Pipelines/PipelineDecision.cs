namespace RevisionTools.Pipelines;

/// <summary>What a command came to, as the variable <c>Decision</c> says it. The gravest of several stands for all: they are in that order.</summary>
internal enum PipelineDecision
{
    /// <summary>There was nothing to prune or to take back.</summary>
    NothingToDo,

    /// <summary>Everything was as wanted already; nothing was written.</summary>
    Unchanged,

    /// <summary>The revision was there already, and the same.</summary>
    Reused,

    /// <summary>A prune was planned or rehearsed only.</summary>
    PlanOnly,

    /// <summary>A wait has ended: the revision is ready.</summary>
    Ready,

    /// <summary>A wait has ended: the revision is active.</summary>
    Active,

    /// <summary>A wait has ended: the revision is inactive.</summary>
    Inactive,

    /// <summary>A revision was made.</summary>
    Created,

    /// <summary>A setting, a state or a traffic table was changed.</summary>
    Changed,

    /// <summary>A revision was restarted.</summary>
    Restarted,

    /// <summary>Revisions were taken down, or a limit was lowered.</summary>
    Pruned,

    /// <summary>What a prune had done was taken back.</summary>
    Restored,

    /// <summary>Something of a prune or of an undo failed or had no turn.</summary>
    Incomplete,

    /// <summary>The time was up before it had come about.</summary>
    TimedOut,

    /// <summary>It failed.</summary>
    Failed,
}
