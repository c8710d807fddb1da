namespace RevisionTools.Lifecycle;

/// <summary>
/// Activates or deactivates one revision the careful way: read afresh, ask the interlocks again, call, read back. Where the call has to be
/// tried again, all of it is done again: whatever made Azure refuse may have changed what the call would do.
/// </summary>
internal sealed class RevisionStateChanger(IContainerApps azure, Random random)
{
    private const int MostTries = 6;
    private const int MostLooks = 6;
    private static readonly TimeSpan s_budget = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromSeconds(2.5);

    private readonly SnapshotReader _reader = new(azure);

    /// <param name="change">What was approved.</param>
    /// <param name="target">The wanted state.</param>
    /// <param name="cancellationToken">Stops before the next call, and lets go of the one under way.</param>
    public async Task<StateChange> ChangeAsync(ApprovedStateChange change, RevisionState target, CancellationToken cancellationToken)
    {
        var id = change.Revision.Id;
        var started = azure.Time.GetTimestamp();
        ServiceRequestException? lost = null;
        for (var attempt = 1; ; attempt++)
        {
            AppSnapshot snapshot;
            try
            {
                snapshot = await _reader.ReadAsync(id.App, cancellationToken).ConfigureAwait(false);
            }
            catch (RevisionToolsException failure)
            {
                return NotDone(lost, failure, null);
            }

            var revision = snapshot.Find(id.Name);
            if (Decide(revision, snapshot, change, target, lost) is { } end)
            {
                return end;
            }

            try
            {
                await CallAsync(id, target, cancellationToken).ConfigureAwait(false);
                return await LookAsync(id, target, snapshot.App, cancellationToken).ConfigureAwait(false);
            }
            catch (ServiceRequestException failure) when (PauseAfter(failure, attempt, azure.Time.GetElapsedTime(started)) is { } pause)
            {
                lost = failure.OutcomeUnknown ? failure : lost;
                await Task.Delay(pause, azure.Time, cancellationToken).ConfigureAwait(false);
            }
            catch (ServiceRequestException failure)
            {
                return NotDone(failure.OutcomeUnknown ? failure : lost, failure, revision);
            }
        }
    }

    /// <summary>Whether nothing is left to ask for: a revision that is going down counts as inactive already.</summary>
    public static bool IsThere(Revision revision, RevisionState target) =>
        target == RevisionState.Active ? revision.IsStanding : !revision.IsStanding && revision.Active is not null;

    public static RevisionToolsException NotFound(RevisionId id) =>
        new(FailureKind.RevisionNotFound, $"App '{id.App.Name}' in resource group '{id.App.ResourceGroupName}' has no revision '{id.Name}'.")
        {
            ResourceId = id.Path,
        };

    /// <summary>The end, where what was just read leaves nothing to call; a call whose answer was lost may have been what did it.</summary>
    private static StateChange? Decide(
        Revision? revision, AppSnapshot snapshot, ApprovedStateChange change, RevisionState target, ServiceRequestException? lost)
    {
        if (revision is null)
        {
            return StateChange.Failed(NotFound(change.Revision.Id));
        }

        if (IsThere(revision, target))
        {
            return new StateChange(lost is null ? StateChangeOutcome.AlreadyThere : StateChangeOutcome.Done, revision, [], null);
        }

        var forbidden = change.Objections(revision, snapshot);
        return forbidden.Count > 0 ? new StateChange(StateChangeOutcome.Protected, revision, forbidden, null) : null;
    }

    // What was sent and got lost may still come true, so that is what the end is called; else it surely did not happen.
    private static StateChange NotDone(ServiceRequestException? lost, RevisionToolsException failure, Revision? revision) => lost is null
        ? StateChange.Failed(failure, revision)
        : new StateChange(StateChangeOutcome.Unknown, revision, [], lost);

    private Task CallAsync(RevisionId id, RevisionState target, CancellationToken cancellationToken) => target == RevisionState.Active
        ? azure.ActivateRevisionAsync(id, cancellationToken)
        : azure.DeactivateRevisionAsync(id, cancellationToken);

    /// <summary>Looks until the effect shows. An accepted call without effect is not called done.</summary>
    private async Task<StateChange> LookAsync(RevisionId id, RevisionState target, ContainerApp app, CancellationToken cancellationToken)
    {
        Revision? seen = null;
        for (var look = 1; look <= MostLooks; look++)
        {
            try
            {
                seen = RevisionJoin.Join(app, await azure.GetRevisionAsync(id, cancellationToken).ConfigureAwait(false));
            }
            catch (RevisionToolsException)
            {
                // The call was accepted; that it cannot be looked at adds no failure, and the caller says so.
                return new StateChange(StateChangeOutcome.Done, null, [], null);
            }

            if (IsThere(seen, target))
            {
                return new StateChange(StateChangeOutcome.Done, seen, [], null);
            }

            if (look < MostLooks)
            {
                await Task.Delay(s_betweenLooks, azure.Time, cancellationToken).ConfigureAwait(false);
            }
        }

        var failure = new RevisionToolsException(
            FailureKind.RevisionWaitTimeout,
            $"Azure accepted that revision '{id.Name}' becomes {target}, and nothing of it shows: it is {seen!.Stage}, {seen.StageReason}.")
        {
            ResourceId = id.Path,
        };
        return new StateChange(StateChangeOutcome.Unknown, seen, [], failure);
    }

    /// <summary>How long to wait before all of it is tried again; null when it is not worth it.</summary>
    private TimeSpan? PauseAfter(ServiceRequestException failure, int attempt, TimeSpan elapsed)
    {
        var isPassing = failure.AppIsBusy
            || failure.Kind is FailureKind.RequestThrottled or FailureKind.ServiceUnavailable or FailureKind.ConnectionFailed;
        var seconds = failure.AppIsBusy ? Math.Min(4 * Math.Pow(1.5, attempt - 1), 20) : 0.8 * Math.Pow(2, attempt - 1);
        var pause = TimeSpan.FromSeconds(seconds * (0.75 + (0.5 * random.NextDouble())));
        pause = failure.RetryAfter > pause ? failure.RetryAfter.Value : pause;
        return isPassing && (attempt < MostTries || failure.AppIsBusy) && elapsed + pause <= s_budget ? pause : null;
    }
}
