namespace RevisionTools.Sandbox;

/// <summary>
/// What becomes of an app's revisions in time. Nothing runs in the background: <see cref="Settle"/>, called before each
/// reading or change, plays what the clock has passed, each step at its own time.
/// </summary>
internal sealed class AppLifecycle(SandboxRandom random)
{
    /// <summary>Plays all transitions up to now, in order of time.</summary>
    internal void Settle(SandboxApp app, DateTimeOffset now)
    {
        while (NextToChange(app) is { PhaseEnds: { } at } revision && at <= now)
        {
            Step(app, revision, at);
        }
    }

    /// <summary>Makes the app's next revision and starts it (ARM-FACTS 4.3).</summary>
    internal void Add(SandboxApp app, SandboxRevision revision, DateTimeOffset now)
    {
        var isFirst = app.Revisions.Count == 0;
        app.Revisions.Add(revision);
        app.RevisionsMade++;
        app.LatestRevisionName = revision.Name;
        revision.Replicas = Math.Max(1, revision.Template.MinReplicas);

        // The first revision is ready before the create operation ends; a later one well after its operation (ARM-FACTS 4.3).
        var ready = isFirst ? Draw(app, revision, 5, 9, "ready") : Draw(app, revision, 20, 40, "ready");
        revision.ReadyTime = now + ready;
        revision.Enter(RevisionPhase.Provisioning, now, now + (ready / 2));
        Restart(revision, now);
    }

    /// <summary>
    /// Starts an inactive revision, or one that is going down. In Single mode the service then takes down the one that is up,
    /// although the app goes on naming it (ARM-FACTS 4.6).
    /// </summary>
    internal void Activate(SandboxApp app, SandboxRevision revision, DateTimeOffset now)
    {
        if (revision.IsUp)
        {
            return;
        }

        revision.Commands++;
        revision.Replicas = Math.Max(1, revision.Template.MinReplicas);
        revision.ReadyTime = now + Draw(app, revision, 10, 30, "activate");
        revision.Enter(RevisionPhase.Activating, now, revision.ReadyTime);
        Restart(revision, now);
        if (app.IsSingleMode)
        {
            DeactivateOthers(app, revision, now);
        }
    }

    /// <summary>Takes a revision down, whatever traffic it has: the service has no interlock (ARM-FACTS 4.5).</summary>
    internal void Deactivate(SandboxApp app, SandboxRevision revision, DateTimeOffset now)
    {
        if (revision.IsUp)
        {
            revision.Commands++;
            revision.Enter(RevisionPhase.Deprovisioning, now, now + Draw(app, revision, 15, 70, "deactivate"));
        }
    }

    /// <summary>Replaces the replicas by fresh ones; the revision's own state stays as it is (ARM-FACTS 3.5).</summary>
    internal static void Restart(SandboxRevision revision, DateTimeOffset now)
    {
        revision.ReplicaGeneration++;
        revision.ReplicasStarted = now;
    }

    /// <summary>
    /// After a switch to Single only the latest-ready revision stays, and the latest while it is starting.
    /// </summary>
    // unconfirmed: the facts only say that such a switch can activate and deactivate revisions (ARM-FACTS 4.6).
    internal void EnterSingleMode(SandboxApp app, DateTimeOffset now)
    {
        foreach (var revision in app.Revisions)
        {
            if (revision.Name != app.LatestReadyRevisionName && revision.Name != app.LatestRevisionName)
            {
                Deactivate(app, revision, now);
            }
        }
    }

    /// <summary>Takes down all that is up but one.</summary>
    private void DeactivateOthers(SandboxApp app, SandboxRevision keep, DateTimeOffset now)
    {
        foreach (var other in app.Revisions)
        {
            if (other != keep)
            {
                Deactivate(app, other, now);
            }
        }
    }

    private static SandboxRevision? NextToChange(SandboxApp app)
    {
        SandboxRevision? next = null;
        foreach (var revision in app.Revisions)
        {
            if (revision.PhaseEnds is { } ends && !(next?.PhaseEnds <= ends))
            {
                next = revision;
            }
        }

        return next;
    }

    private void Step(SandboxApp app, SandboxRevision revision, DateTimeOffset at)
    {
        switch (revision.Phase)
        {
            case RevisionPhase.Provisioning:
                revision.Enter(RevisionPhase.Activating, at, revision.ReadyTime);
                break;
            case RevisionPhase.Activating:
                EndStart(app, revision, at);
                break;
            case RevisionPhase.Deprovisioning:
                // lastActiveTime is when the shutdown began, and appears only now (ARM-FACTS 4.3).
                revision.LastActiveTime = revision.PhaseStarted;
                revision.Replicas = 0;
                revision.Enter(RevisionPhase.Inactive, at);
                break;
            default:
                revision.Enter(revision.Phase, at);
                break;
        }
    }

    private void EndStart(SandboxApp app, SandboxRevision revision, DateTimeOffset at)
    {
        switch (revision.Outcome)
        {
            case StartOutcome.Ready:
                revision.Enter(RevisionPhase.Running, at);
                BecomeReady(app, revision, at);
                break;
            case StartOutcome.NeverReady:
                revision.Enter(RevisionPhase.Activating, revision.PhaseStarted);
                break;
            default:
                revision.Enter(RevisionPhase.Failed, at);
                break;
        }
    }

    /// <summary>
    /// The first time that a revision is ready it becomes latest-ready, if it is younger than the present one; an old one that
    /// was only activated again does not (ARM-FACTS 4.3, 4.6). In Single mode the older ones then go.
    /// </summary>
    private void BecomeReady(SandboxApp app, SandboxRevision revision, DateTimeOffset at)
    {
        var index = app.Revisions.IndexOf(revision);
        if (revision.WasReady || index < app.Revisions.FindIndex(other => other.Name == app.LatestReadyRevisionName))
        {
            return;
        }

        revision.WasReady = true;
        app.LatestReadyRevisionName = revision.Name;
        if (app.IsSingleMode)
        {
            foreach (var older in app.Revisions.Take(index))
            {
                Deactivate(app, older, at);
            }
        }
    }

    private TimeSpan Draw(SandboxApp app, SandboxRevision revision, int least, int most, string purpose) =>
        random.Seconds(least, most, $"{purpose}/{app.Group}/{app.Name}/{revision.Name}/{revision.Commands}");
}
