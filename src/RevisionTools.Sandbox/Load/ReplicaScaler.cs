namespace RevisionTools.Sandbox;

/// <summary>Moves the replicas of revisions: up at once, down when the cooldown is over (ARM-FACTS 5.1).</summary>
internal static class ReplicaScaler
{
    /// <summary>Looks at load and share of a revision, and plans its replicas.</summary>
    internal static void Review(SandboxApp app, SandboxRevision revision, DateTimeOffset at)
    {
        var share = LoadShare.Of(app, revision);
        if (share != revision.ServedWeight)
        {
            // The first look only learns what was so from the start.
            revision.FollowsLoad |= revision.ServedWeight >= 0;
            revision.ServedWeight = share;
        }

        revision.Scale(revision.Replicas, app.RequestsPerSecond * share / 100, at);
        Plan(app, revision, at);
    }

    internal static void Plan(SandboxApp app, SandboxRevision revision, DateTimeOffset at)
    {
        var need = ReplicaNeed.Of(app, revision);
        if (need < revision.Replicas)
        {
            revision.ScaleDue ??= at + revision.Template.Scale.Cooldown;
            return;
        }

        revision.ScaleDue = null;
        if (need > revision.Replicas)
        {
            Wake(revision, need.Value, at);
        }
    }

    /// <summary>The cooldown is over.</summary>
    internal static void Shrink(SandboxApp app, SandboxRevision revision, DateTimeOffset at)
    {
        revision.ScaleDue = null;
        if (ReplicaNeed.Of(app, revision) is { } need && need < revision.Replicas)
        {
            revision.Scale(need, revision.RequestRate, at);
        }
    }

    /// <summary>More replicas; the first ones of a sleeping revision are a new set.</summary>
    // unconfirmed: how long a replica takes to start from zero is not in the facts; here none at all.
    private static void Wake(SandboxRevision revision, int replicas, DateTimeOffset at)
    {
        if (revision.Replicas == 0)
        {
            AppLifecycle.Restart(revision, at);
        }

        revision.Scale(replicas, revision.RequestRate, at);
    }
}
