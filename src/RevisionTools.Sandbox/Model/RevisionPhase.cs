namespace RevisionTools.Sandbox;

/// <summary>Where a revision is in its life; what Azure shows for each is in <see cref="RevisionStates"/>.</summary>
internal enum RevisionPhase
{
    Provisioning,
    Activating,
    Running,
    Deprovisioning,
    Inactive,
    Failed,
}
