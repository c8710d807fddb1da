namespace RevisionTools.Sandbox;

/// <summary>
/// What becomes of an app's revisions in time. Nothing runs in the background: <see cref="Settle"/>, called before each
/// reading or change, plays what the clock has passed, each step at its own time.
/// </summary>
internal sealed class AppLifecycle(SandboxTenant tenant)
{
    /// <summary>Plays all that happens up to now, in order of time: first the event work of all apps, which may wake this one.</summary>
    internal void Settle(SandboxApp app, DateTimeOffset now)
    {
        tenant.Work.Play(this, now);
        Play(app, now);
    }

    /// <summary>Plays what happens to one app, without event work.</summary>
    internal void Play(SandboxApp app, DateTimeOffset now)
    {
        for (var step = AppStep.Next(app); step.At <= now; step = AppStep.Next(app))
        {
            Take(app, step);
        }
    }

    /// <summary>From now on so many requests come to the app's ingress.</summary>
    internal void SetLoad(SandboxApp app, double requestsPerSecond, DateTimeOffset now)
    {
        Settle(app, now);
        app.RequestsPerSecond = requestsPerSecond;
        app.ReviewDue = now;
    }

    /// <summary>Sets the replicas that queues and timers ask for (ARM-FACTS 5.3).</summary>
    internal static void ScaleForEvents(WorkConsumer consumer, DateTimeOffset at)
    {
        consumer.Revision.EventReplicas = consumer.Replicas;
        ReplicaScaler.Plan(consumer.App, consumer.Revision, at);
    }

    /// <summary>Makes the app's next revision and starts it (ARM-FACTS 4.3).</summary>
    internal void Add(SandboxApp app, SandboxRevision revision, DateTimeOffset now)
    {
        tenant.Work.Play(this, now);
        var isFirst = app.Revisions.Count == 0;
        app.Revisions.Add(revision);
        app.RevisionsMade++;
        app.LatestRevisionName = revision.Name;
        revision.FollowsLoad = true;
        revision.Replicas = FirstReplicas(app, revision);

        // A later revision is ready about when its operation ends, or well after (recording 03 has one ready after 18 seconds).
        var ready = isFirst ? FirstReady(app, revision, now) : Draw(app, revision, 12, 40, "ready");
        revision.ReadyTime = EndOfStart(revision, now, ready);
        revision.Enter(RevisionPhase.Provisioning, now, now + (ready / 2));
        StartReplicas(revision, now);
        tenant.Work.NoteChange(now);
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
        revision.FollowsLoad = true;
        revision.Scale(Math.Max(1, revision.Template.MinReplicas), requestRate: 0, now);

        // unconfirmed: how long it takes to start again was not measured, nor is the first start (see FirstReady).
        revision.ReadyTime = EndOfStart(revision, now, Draw(app, revision, 10, 30, "activate"));
        revision.Enter(RevisionPhase.Activating, now, revision.ReadyTime);
        StartReplicas(revision, now);
        tenant.Work.NoteChange(now);
        if (app.IsSingleMode)
        {
            DeactivateWhere(app, other => other != revision, now);
        }
    }

    /// <summary>
    /// Takes a revision down, whatever traffic it has: the service has no interlock (ARM-FACTS 4.5). That takes 15 to 70
    /// seconds with the usual grace period of 30 (4.3).
    /// </summary>
    // unconfirmed: that a longer or shorter terminationGracePeriodSeconds moves the upper end by as much.
    internal void Deactivate(SandboxApp app, SandboxRevision revision, DateTimeOffset now)
    {
        if (revision.IsUp)
        {
            revision.Commands++;
            var longest = 40 + revision.Template.Scale.GracePeriodSeconds;
            revision.Enter(RevisionPhase.Deprovisioning, now, now + Draw(app, revision, 15, longest, "deactivate"));
            revision.ScaleDue = null;
            revision.EventReplicas = null;
            app.ReviewDue = now;
        }
    }

    /// <summary>Takes down all that is up and chosen.</summary>
    internal void DeactivateWhere(SandboxApp app, Predicate<SandboxRevision> goes, DateTimeOffset now)
    {
        foreach (var revision in app.Revisions.FindAll(goes))
        {
            Deactivate(app, revision, now);
        }
    }

    /// <summary>Replaces the replicas by fresh ones; the old ones are listed while they stop (ARM-FACTS 3.5).</summary>
    internal static void Restart(SandboxRevision revision, DateTimeOffset now)
    {
        revision.Leaving = revision.ReplicaSet with { LeavesUntil = now.AddSeconds(revision.Template.Scale.GracePeriodSeconds) };
        StartReplicas(revision, now);
    }

    private static void StartReplicas(SandboxRevision revision, DateTimeOffset now)
    {
        revision.ReplicaGeneration++;
        revision.ReplicasStarted = now;
    }

    /// <summary>Notes the labels of the app; in Labels mode a revision that has lost its last one goes down (ARM-FACTS 4.7).</summary>
    internal void FollowLabels(SandboxApp app, DateTimeOffset now)
    {
        var lost = app.LabelHistory.Follow(app, now);
        foreach (var revision in LabelsMode.Unlabelled(app, lost))
        {
            Deactivate(app, revision, now);
        }
    }

    private void Take(SandboxApp app, AppStep step)
    {
        switch (step.Kind)
        {
            case AppStepKind.Review:
                Review(app, step.At);
                break;
            case AppStepKind.Scale:
                ReplicaScaler.Shrink(app, step.Revision!, step.At);
                break;
            case AppStepKind.Purge:
                RevisionPurge.Run(app);
                break;
            default:
                EndPhase(app, step.Revision!, step.At);
                break;
        }
    }

    /// <summary>After a change: where requests go now, what replicas that takes, and whether there is something to purge.</summary>
    private void Review(SandboxApp app, DateTimeOffset at)
    {
        app.ReviewDue = null;
        foreach (var revision in app.Revisions)
        {
            ReplicaScaler.Review(app, revision, at);
        }

        RevisionPurge.Plan(app, tenant.Random, at);
    }

    private void EndPhase(SandboxApp app, SandboxRevision revision, DateTimeOffset at)
    {
        app.ReviewDue = at;
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
                revision.Scale(replicas: 0, requestRate: 0, at);
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
        LabelsMode.PutTargetLabel(app, revision);
        FollowLabels(app, at);
        if (app.IsSingleMode)
        {
            foreach (var older in app.Revisions.Take(index))
            {
                Deactivate(app, older, at);
            }
        }
    }

    /// <summary>In Single mode a new revision gets as many replicas as the present one has, within its limits (ARM-FACTS 4.10).</summary>
    private static int FirstReplicas(SandboxApp app, SandboxRevision revision)
    {
        var present = app.IsSingleMode ? app.FindRevision(app.LatestReadyRevisionName ?? "")?.Replicas ?? 0 : 0;
        var least = Math.Max(1, revision.Template.MinReplicas);
        return Math.Max(least, Math.Min(present, revision.Template.MaxReplicas));
    }

    /// <summary>The first revision is ready before the create operation ends (ARM-FACTS 4.3).</summary>
    private TimeSpan FirstReady(SandboxApp app, SandboxRevision revision, DateTimeOffset now)
    {
        var ready = Draw(app, revision, 5, 9, "ready");
        var latest = app.Operation is { } operation ? (operation.EndTime - now) * 0.8 : ready;
        return ready < latest ? ready : latest;
    }

    /// <summary>The deployment of one that degrades is given up after ten minutes, the usual deadline of a deployment.</summary>
    // unconfirmed: the text names a deadline, not how long it is (ARM-FACTS 4.2).
    private static DateTimeOffset EndOfStart(SandboxRevision revision, DateTimeOffset now, TimeSpan ready) =>
        now + (revision.Outcome is StartOutcome.Degrades ? TimeSpan.FromMinutes(10) : ready);

    private TimeSpan Draw(SandboxApp app, SandboxRevision revision, int least, int most, string purpose) =>
        tenant.Random.Seconds(least, most, $"{purpose}/{app.Group}/{app.Name}/{revision.Name}/{revision.Commands}");
}
