namespace RevisionTools.Sandbox;

/// <summary>Where a revision is in its life.</summary>
public enum RevisionPhase
{
    /// <summary>It is being made.</summary>
    Provisioning,

    /// <summary>Its replicas start.</summary>
    Activating,

    /// <summary>It is up, or scaled to zero.</summary>
    Running,

    /// <summary>It is being taken down, and still counts as active.</summary>
    Deprovisioning,

    /// <summary>It is down.</summary>
    Inactive,

    /// <summary>It did not come up.</summary>
    Failed,
}
