namespace RevisionTools.Traffic;

/// <summary>Whether requests can go to a revision.</summary>
internal static class Readiness
{
    /// <summary>Active, up and healthy; scaled to zero counts as up.</summary>
    public static bool IsReady(Revision? revision) =>
        revision is { Active: true, Stage: RevisionStage.Ready or RevisionStage.Active }
        && !Is(revision.HealthState, "Unhealthy") && !Is(revision.RunningState, "Degraded");

    /// <summary>Not there for requests at all: inactive, or going down.</summary>
    public static bool IsDown(Revision revision) => revision.Active == false || revision.Stage == RevisionStage.Deactivating;

    private static bool Is(string? value, string expected) => string.Equals(value, expected, StringComparison.OrdinalIgnoreCase);
}
