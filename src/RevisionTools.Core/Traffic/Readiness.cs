namespace RevisionTools.Traffic;

/// <summary>Whether requests can go to a revision.</summary>
internal static class Readiness
{
    /// <summary>Active, up and healthy; scaled to zero counts as up.</summary>
    public static bool IsReady(Revision? revision) =>
        revision is { Active: true, Stage: RevisionStage.Ready or RevisionStage.Active }
        && !Names.Same(revision.HealthState, "Unhealthy") && !Names.Same(revision.RunningState, "Degraded");

    /// <summary>Not there for requests at all: inactive, or going down.</summary>
    public static bool IsDown(Revision revision) => revision.Active == false || revision.Stage == RevisionStage.Deactivating;
}
