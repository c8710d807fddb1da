namespace RevisionTools.Sandbox;

/// <summary>The words that Azure shows for a revision, by phase (the table in ARM-FACTS 4.2).</summary>
internal static class RevisionStates
{
    internal static string ProvisioningState(SandboxRevision revision) => revision.Phase switch
    {
        RevisionPhase.Provisioning => "Provisioning",

        // unconfirmed: the provisioning state beside Degraded is not known (ARM-FACTS 4.2).
        _ when revision.HasFailed && revision.Outcome is not StartOutcome.Degrades => "Failed",
        _ => "Provisioned",
    };

    internal static string RunningState(SandboxRevision revision) => revision.Phase switch
    {
        RevisionPhase.Provisioning => "Processing",
        RevisionPhase.Activating => "Activating",
        RevisionPhase.Deprovisioning => "Deprovisioning",
        RevisionPhase.Inactive => "Stopped",
        RevisionPhase.Failed when revision.Outcome is StartOutcome.Degrades => "Degraded",
        RevisionPhase.Failed => "Failed",
        _ => revision.ReportedRunningState ?? ByReplicas(revision),
    };

    internal static string HealthState(SandboxRevision revision) => revision.Phase switch
    {
        _ when revision.HasFailed => "Unhealthy",
        _ when revision.IsStarting => "None",
        RevisionPhase.Running when revision.Replicas == 0 => "None",

        // An inactive revision keeps Healthy (ARM-FACTS 4.2).
        _ => "Healthy",
    };

    /// <summary>Omitted unless it says something; the texts are those seen (ARM-FACTS 4.2).</summary>
    internal static string? RunningStateDetails(SandboxRevision revision) => (revision.Phase, revision.Outcome) switch
    {
        (RevisionPhase.Failed, StartOutcome.ContainerCrashes) => $"1/1 Container crashing: {revision.Template.FirstContainer}",
        (RevisionPhase.Failed, StartOutcome.Degrades) =>
            $"Deployment Progress Deadline Exceeded. 0/{revision.Replicas} replicas ready.",

        // unconfirmed: the words stand in provisioningError; that they stand here too, counted, is inferred from a crash.
        (RevisionPhase.Failed, _) => "1/1 Pending:ImagePullBackOff on legion",
        _ => null,
    };

    internal static string? ProvisioningError(SandboxRevision revision) => (revision.HasFailed, revision.Outcome) switch
    {
        (true, StartOutcome.ContainerCrashes) => $"Container crashing: {revision.Template.FirstContainer}",
        (true, StartOutcome.Degrades) => null,
        (true, _) => "Pending:ImagePullBackOff on legion",
        _ => null,
    };

    private static string ByReplicas(SandboxRevision revision) => revision.Replicas switch
    {
        0 => "ScaledToZero",
        int count when count >= revision.Template.MaxReplicas => "RunningAtMaxScale",
        _ => "Running",
    };
}
