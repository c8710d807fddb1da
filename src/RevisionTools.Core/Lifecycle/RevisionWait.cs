namespace RevisionTools.Lifecycle;

/// <summary>One wait for one revision.</summary>
internal sealed class RevisionWait(
    IContainerApps azure, IRevisionProbe? probe, PollPace pace, RevisionId id, WaitCondition condition, Revision? seen, Func<WaitStatus, ValueTask> onPoll)
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(30);

    private readonly long _started = azure.Time.GetTimestamp();
    private ContainerApp? _app;
    private RevisionResource? _resource;
    private WaitLook? _last;
    private RevisionToolsException? _trouble;
    private TimeSpan? _heldSince;
    private TimeSpan? _asleepSince;
    private bool _hasOthers;
    private bool _wasAlive;
    private bool _isCutOff;

    /// <param name="firstLook">How long to hold the first look back.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<WaitLook> RunAsync(TimeSpan firstLook, CancellationToken cancellationToken)
    {
        await PauseAsync(firstLook, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            // Taken before the read: a wait is only called too long on what was read after its end.
            var elapsed = Elapsed;
            var look = await TryLookAsync(cancellationToken).ConfigureAwait(false);
            _last = look ?? _last;
            if (look is not null && HasHeld(look, elapsed))
            {
                return await EndAsync(look, cancellationToken).ConfigureAwait(false);
            }

            if (look is not null && IsDead(look.Revision, elapsed))
            {
                throw await DescribeFailureAsync(look.Revision, cancellationToken).ConfigureAwait(false);
            }

            elapsed = look is null ? Elapsed : elapsed;

            var status = new WaitStatus(condition, _last, elapsed - _heldSince, _trouble, elapsed);
            await onPoll(status).ConfigureAwait(false);
            if (_isCutOff || elapsed >= condition.Timeout)
            {
                throw new RevisionToolsException(
                    FailureKind.RevisionWaitTimeout, $"Revision '{id.Name}' is not {Wanted} after {status.ElapsedSeconds}: {status.LastState}.")
                {
                    ResourceId = id.Path,
                };
            }

            await PauseAsync(Least(pace.Next(), condition.Timeout - elapsed, Unproven(elapsed)), cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Elapsed => azure.Time.GetElapsedTime(_started);

    /// <summary>How long a look that begins now may take.</summary>
    private TimeSpan Left => TimeLimit.ForLook(condition.Timeout - Elapsed);

    private string Wanted => condition.Replaces is null ? condition.Stage.ToString() : "restarted";

    private Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        pause > TimeSpan.Zero ? Task.Delay(Least(pause, condition.Timeout), azure.Time, cancellationToken) : Task.CompletedTask;

    /// <summary>Looks once. Null when nothing could be seen; then nobody knows whether the condition held meanwhile.</summary>
    private async Task<WaitLook?> TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var look = await TimeLimit.WithinAsync(azure.Time, Left, LookAsync, cancellationToken).ConfigureAwait(false);
            _isCutOff = look is null;
            _trouble = _isCutOff ? new RevisionToolsException(FailureKind.RevisionWaitTimeout, "Azure had not answered when the time was up") : null;
            _heldSince = _isCutOff ? null : _heldSince;
            return look;
        }
        catch (RevisionToolsException failure) when (TransientFailure.Is(failure))
        {
            _trouble = failure;
            _heldSince = null;
            return null;
        }
        catch (RevisionToolsException failure) when (
            failure.Kind is FailureKind.RevisionNotFound or FailureKind.ContainerAppNotFound
            && condition.Stage == RevisionStage.Inactive && (_last?.Revision ?? seen) is not null)
        {
            return new WaitLook((_last?.Revision ?? seen)! with
            {
                Active = false,
                Stage = RevisionStage.Removed,
                StageReason = failure.Kind == FailureKind.RevisionNotFound ? "purged by the platform" : "deleted with its app",
            });
        }
    }

    private async Task<WaitLook> LookAsync(CancellationToken cancellationToken)
    {
        // Whether it is there does mostly not depend on the app, so a look costs one read.
        if (_app is null || condition.FollowsTraffic)
        {
            _app = await azure.GetAppAsync(id.App, cancellationToken).ConfigureAwait(false);
        }

        _resource = await azure.GetRevisionAsync(id, cancellationToken).ConfigureAwait(false);
        var look = new WaitLook(RevisionJoin.Join(_app, _resource));
        condition.RequirePossible(_app, look.Revision);
        if (condition.NeedsReplicas && look.Revision.Active == true)
        {
            look = look with { Replicas = await ReplicaReader.ReadAsync(azure, id, cancellationToken).ConfigureAwait(false) };
            _hasOthers |= condition.ShowsOthers(look);
            look = look with { HasOthers = _hasOthers };
        }

        return condition.ProbePath is { } path && probe is not null && condition.IsMetButForProbe(look)
            ? look with { Probe = await probe.AskAsync(look.Revision.Fqdn!, path, cancellationToken).ConfigureAwait(false) }
            : look;
    }

    /// <summary>Whether the condition holds, and has done so as long as it should. What is purged does not come back.</summary>
    private bool HasHeld(WaitLook look, TimeSpan elapsed)
    {
        _heldSince = condition.IsMet(look) ? _heldSince ?? elapsed : null;
        return (_heldSince is { } since && (elapsed - since >= condition.StableFor || look.Revision.Stage == RevisionStage.Removed))
            || HasFallenAsleep(look, elapsed);
    }

    // Between two sets of replicas there may be a moment without any.
    private bool HasFallenAsleep(WaitLook look, TimeSpan elapsed)
    {
        _asleepSince = condition.IsAsleep(look) ? _asleepSince ?? elapsed : null;
        return _asleepSince is { } since && (elapsed - since >= s_grace || elapsed >= condition.Timeout);
    }

    // One that had failed before it was activated again goes on reading Failed until the platform has looked at it.
    private bool IsDead(Revision revision, TimeSpan elapsed)
    {
        _wasAlive |= revision.Stage != RevisionStage.Failed;
        return revision.Stage == RevisionStage.Failed && condition.Stage != RevisionStage.Inactive
            && (_wasAlive || elapsed >= Least(s_grace, condition.Timeout));
    }

    /// <summary>How long what holds has yet to hold.</summary>
    private TimeSpan Unproven(TimeSpan elapsed) => _heldSince is { } since ? condition.StableFor - (elapsed - since) : TimeSpan.MaxValue;

    /// <summary>The revision as it is at the end, its traffic too.</summary>
    private async Task<WaitLook> EndAsync(WaitLook look, CancellationToken cancellationToken)
    {
        if (look.Revision.Stage == RevisionStage.Removed || condition.FollowsTraffic)
        {
            return look;
        }

        try
        {
            var app = await TimeLimit.WithinAsync(azure.Time, Left, token => azure.GetAppAsync(id.App, token), cancellationToken).ConfigureAwait(false);
            return app is null ? look : look with { Revision = RevisionJoin.Join(app, _resource!) };
        }
        catch (RevisionToolsException failure) when (TransientFailure.Is(failure))
        {
            return look;
        }
    }

    private async Task<RevisionFailedException> DescribeFailureAsync(Revision revision, CancellationToken cancellationToken) =>
        await TimeLimit.WithinAsync(azure.Time, Left, token => FailedRevision.DescribeAsync(azure, revision, token), cancellationToken).ConfigureAwait(false)
        ?? FailedRevision.Describe(revision, []);

    private static TimeSpan Least(params TimeSpan[] spans) => spans.Min();
}
