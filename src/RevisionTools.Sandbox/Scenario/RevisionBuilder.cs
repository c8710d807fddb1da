namespace RevisionTools.Sandbox;

/// <summary>Makes the revisions of an app from their data.</summary>
internal sealed class RevisionBuilder(SandboxRandom random, ScenarioApp app, DateTimeOffset start)
{
    private readonly int _latestReady = LatestReady(app);
    private readonly SandboxFunction[] _functions = [.. app.Functions.Select(function => function.ToFunction())];

    internal SandboxRevision Build(int index, RevisionTemplate template)
    {
        var data = app.Revisions[index];
        var state = data.State;
        var created = data.CreatedTime.Resolve(start);
        SandboxRevision revision = new()
        {
            Name = data.FullName(app.Name),
            CreatedTime = created,
            Template = template,
            Registries = data.Registries ?? (app.Configuration is { } configuration ? RevisionReferences.Registries(configuration, template) : []),
            Outcome = data.Outcome,
            Functions = data.Functions is { } own ? [.. own.Select(function => function.ToFunction())] : _functions,
            ReportedRunningState = data.RunningState,
            LastActiveTime = data.LastActiveTime?.Resolve(start),
            Replicas = data.Replicas ?? (data.Active ? Math.Max(1, template.MinReplicas) : 0),
            ReplicasStarted = state?.ReplicasStarted?.Resolve(start) ?? created.AddSeconds(15),
            ReplicaGeneration = state?.ReplicaGeneration ?? 0,
            Commands = state?.Commands ?? 0,
            FollowsLoad = state?.FollowsLoad ?? false,
            EventReplicas = state?.EventReplicas,
            ScaleDue = state?.ScaleDue?.Resolve(start),
            WasReady = state?.WasReady ?? (data.Outcome is StartOutcome.Ready && index <= _latestReady),
        };
        if (state is null)
        {
            EnterLikelyPhase(revision, data);
        }
        else
        {
            Enter(revision, state);
        }

        return revision;
    }

    private static int LatestReady(ScenarioApp app)
    {
        for (var index = 0; index < app.Revisions.Count; index++)
        {
            if (app.Revisions[index].FullName(app.Name).Equals(app.LatestReadyRevisionName, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return int.MaxValue;
    }

    private void Enter(SandboxRevision revision, ScenarioRevisionState state)
    {
        var since = state.Since.Resolve(start);
        if (state.HasFailed)
        {
            // A revision that has failed stays so when it is taken down.
            revision.Enter(RevisionPhase.Failed, since);
        }

        revision.ReadyTime = state.ReadyTime?.Resolve(start) ?? default;
        revision.Enter(state.Phase, since, state.Until?.Resolve(start));
    }

    /// <summary>The phase of a revision of which no more is known than what Azure shows.</summary>
    private void EnterLikelyPhase(SandboxRevision revision, ScenarioRevision data)
    {
        if (!data.Active)
        {
            revision.Enter(RevisionPhase.Inactive, revision.LastActiveTime ?? revision.CreatedTime);
        }
        else if (data.Outcome is StartOutcome.NeverReady)
        {
            revision.Enter(RevisionPhase.Activating, revision.CreatedTime);
        }
        else if (data.Outcome is StartOutcome.Ready && !revision.WasReady)
        {
            // Newer than the latest that is ready: it is starting.
            revision.ReadyTime = start + random.Seconds(10, 30, $"starting/{app.ResourceGroup}/{revision.Name}");
            revision.Enter(RevisionPhase.Activating, revision.CreatedTime, revision.ReadyTime);
        }
        else
        {
            revision.Enter(revision.WasReady ? RevisionPhase.Running : RevisionPhase.Failed, revision.CreatedTime.AddSeconds(30));
        }
    }
}
