namespace RevisionTools.Sandbox;

/// <summary>How many replicas a revision should have by its load and its event work (ARM-FACTS 5.1, 5.2).</summary>
internal static class ReplicaNeed
{
    /// <summary>Null when it keeps those that it has: nothing is known, or it is not up and running.</summary>
    internal static int? Of(SandboxApp app, SandboxRevision revision)
    {
        if (revision.Phase is not RevisionPhase.Running || revision.ReportedRunningState is not null)
        {
            return null;
        }

        if (!revision.FollowsLoad && !app.IsLoadKnown && revision.EventReplicas is null)
        {
            return null;
        }

        var template = revision.Template;
        if (Requested(app, revision) is not { } requested)
        {
            return null;
        }

        var needed = Math.Max(requested, revision.EventReplicas ?? 0);
        var least = Math.Max(template.MinReplicas, template.Scale.KeepsOne ? 1 : 0);
        return Math.Max(least, Math.Min(needed, template.MaxReplicas));
    }

    /// <summary>
    /// By requests. Where requests come and nobody knows how many, the replicas stay; beside event work they count as one.
    /// </summary>
    private static int? Requested(SandboxApp app, SandboxRevision revision)
    {
        if (app.IsLoadKnown)
        {
            var replicas = Math.Ceiling(app.RequestsPerSecond * revision.ServedWeight / 100 / revision.Template.Scale.ConcurrentRequests);
            return (int)Math.Min(replicas, revision.Template.MaxReplicas);
        }

        return revision.ServedWeight == 0 ? 0 : revision.EventReplicas is null ? null : Math.Min(1, revision.Replicas);
    }
}
