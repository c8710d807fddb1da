namespace RevisionTools;

/// <summary>Where in its life a revision is. Azure has no such field: it follows from several.</summary>
public enum RevisionStage
{
    /// <summary>Something else: the reason says which field and value. Nothing is done to such a revision in bulk.</summary>
    Unknown,

    /// <summary>Being made, or active and not yet ready.</summary>
    Provisioning,

    /// <summary>Active and healthy or scaled to zero, and neither traffic nor event work reaches it.</summary>
    Ready,

    /// <summary>Active, and serves traffic or processes events.</summary>
    Active,

    /// <summary>Going down: Azure still says active, for 25 to 70 seconds.</summary>
    Deactivating,

    /// <summary>Not active; kept for rollback until the platform purges it.</summary>
    Inactive,

    /// <summary>Active and dead: provisioning or running failed.</summary>
    Failed,

    /// <summary>Was seen before and is gone.</summary>
    Removed,
}
