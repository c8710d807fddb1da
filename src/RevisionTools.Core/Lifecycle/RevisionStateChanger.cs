using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>
/// Activates or deactivates one revision the careful way: read afresh, ask the interlocks again, call, read back. Where the call has to be
/// tried again, all of it is done again: whatever made Azure refuse may have changed what the call would do.
/// </summary>
/// <param name="azure">The way to Azure.</param>
/// <param name="options">How long to bear with a busy app, when to begin no call any more, and who is told of calls.</param>
/// <param name="output">Where pauses are told of.</param>
internal sealed class RevisionStateChanger(IContainerApps azure, StateChangeOptions options, IWorkOutput output)
{
    /// <summary>What a call rests on is not older than this. Reads that Azure asks to have patience with can take minutes.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(20);

    private const int MostSlowReads = 3;

    private readonly SnapshotReader _reader = new(azure);
    private readonly CallPatience _patience = new(options.Random, options.Patience);

    /// <param name="change">What was approved.</param>
    /// <param name="cancellationToken">Stops before the next call, and lets go of the one under way.</param>
    public async Task<StateChange> ChangeAsync(ApprovedStateChange change, CancellationToken cancellationToken)
    {
        var target = options.Target;
        Revision? sent = null;
        var end = await TryAsync(change, target, revision => sent = revision, cancellationToken).ConfigureAwait(false);
        if (sent is not null && options.Log is { } log)
        {
            await log.AfterAsync(sent, target, end).ConfigureAwait(false);
        }

        return end;
    }

    private async Task<StateChange> TryAsync(ApprovedStateChange change, RevisionState target, Action<Revision> onSend, CancellationToken cancellationToken)
    {
        var id = change.Revision.Id;
        var started = azure.Time.GetTimestamp();
        ServiceRequestException? lost = null;
        var slowReads = 0;
        for (var attempt = 1; ; attempt++)
        {
            var reading = azure.Time.GetTimestamp();
            AppSnapshot? snapshot;
            try
            {
                snapshot = await TimeLimit.WithinAsync(azure.Time, options.Deadline.Left, token => _reader.ReadAsync(id.App, token), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (RevisionToolsException failure)
            {
                return NotDone(lost, failure, null);
            }

            if (snapshot is null)
            {
                return Stopped(lost, options.WhyStop() ?? "the time was up");
            }

            var revision = snapshot.Find(id.Name);
            if (await DecideAsync(revision, snapshot, change, target, lost, cancellationToken).ConfigureAwait(false) is { } end)
            {
                return end;
            }

            if (options.WhyStop() is { } why)
            {
                return Stopped(lost, why);
            }

            if (azure.Time.GetElapsedTime(reading) > s_fresh)
            {
                if (++slowReads == MostSlowReads)
                {
                    return NotDone(lost, TooSlow(id), revision);
                }

                attempt--;
                continue;
            }

            try
            {
                if (options.Log is { } log)
                {
                    await log.BeforeAsync(revision!, target, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (RevisionToolsException failure)
            {
                return Stopped(lost, failure.Message);
            }

            onSend(revision!);
            try
            {
                await CallAsync(id, target, cancellationToken).ConfigureAwait(false);
                return await LookAsync(id, target, snapshot.App, cancellationToken).ConfigureAwait(false);
            }
            catch (ServiceRequestException failure) when (
                _patience.PauseAfter(failure, attempt, azure.Time.GetElapsedTime(started)) is { } pause && options.Deadline.Allows(pause))
            {
                lost = failure.OutcomeUnknown ? failure : lost;
                await output.DebugAsync(CallPatience.Describe(id.Name, failure, attempt, pause)).ConfigureAwait(false);
                await Task.Delay(pause, azure.Time, cancellationToken).ConfigureAwait(false);
            }
            catch (ServiceRequestException failure)
            {
                lost = failure.OutcomeUnknown ? failure : lost;
                return lost is null ? StateChange.Failed(failure, revision) : await ResolveAsync(id, target, snapshot.App, lost, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether nothing is left to ask for: a revision that is going down counts as inactive already.</summary>
    public static bool IsThere(Revision revision, RevisionState target) =>
        target == RevisionState.Active ? revision.IsStanding : !revision.IsStanding && revision.Active is not null;

    public static RevisionToolsException NotFound(RevisionId id) =>
        new(FailureKind.RevisionNotFound, $"App '{id.App.Name}' in resource group '{id.App.ResourceGroupName}' has no revision '{id.Name}'.{id.NumberHint}")
        {
            ResourceId = id.Path,
        };

    private static RevisionToolsException TooSlow(RevisionId id) => new(
        FailureKind.ServiceUnavailable,
        $"What decides about revision '{id.Name}' took Azure more than {s_fresh.TotalSeconds:0} seconds to tell, {MostSlowReads} times: by then it may have changed, so nothing was sent.")
    {
        ResourceId = id.Path,
    };

    /// <summary>The end, where what was just read leaves nothing to call; a call whose answer was lost may have been what did it.</summary>
    private static async Task<StateChange?> DecideAsync(
        Revision? revision, AppSnapshot snapshot, ApprovedStateChange change, RevisionState target, ServiceRequestException? lost,
        CancellationToken cancellationToken)
    {
        if (revision is null)
        {
            return StateChange.Failed(NotFound(change.Revision.Id));
        }

        if (IsThere(revision, target))
        {
            return new StateChange(lost is null ? StateChangeOutcome.AlreadyThere : StateChangeOutcome.Done, revision, [], null);
        }

        try
        {
            return await change.Refusal(revision, snapshot, cancellationToken).ConfigureAwait(false) switch
            {
                null => null,
                var refusal when lost is null => new StateChange(StateChangeOutcome.Protected, revision, refusal.Interlocks, refusal),
                _ => new StateChange(StateChangeOutcome.Unknown, revision, [], lost),
            };
        }
        catch (RevisionToolsException failure)
        {
            // What the refusal hangs on could not be read.
            return NotDone(lost, failure, revision);
        }
    }

    // What was sent and got lost may still come true, so that is what the end is called; else it surely did not happen.
    private static StateChange NotDone(ServiceRequestException? lost, RevisionToolsException failure, Revision? revision) => lost is null
        ? StateChange.Failed(failure, revision)
        : new StateChange(StateChangeOutcome.Unknown, revision, [], lost);

    private static StateChange Stopped(ServiceRequestException? lost, string why) => lost is null
        ? StateChange.NotAttempted(why)
        : new StateChange(StateChangeOutcome.Unknown, null, [], lost);

    private Task CallAsync(RevisionId id, RevisionState target, CancellationToken cancellationToken) => target == RevisionState.Active
        ? azure.ActivateRevisionAsync(id, cancellationToken)
        : azure.DeactivateRevisionAsync(id, cancellationToken);

    /// <summary>A call whose answer was lost: what Azure shows decides, where it can be read.</summary>
    private async Task<StateChange> ResolveAsync(
        RevisionId id, RevisionState target, ContainerApp app, ServiceRequestException lost, CancellationToken cancellationToken)
    {
        try
        {
            var seen = await SeeAsync(id, app, cancellationToken).ConfigureAwait(false);
            return seen is not null && IsThere(seen, target)
                ? new StateChange(StateChangeOutcome.Done, seen, [], null)
                : new StateChange(StateChangeOutcome.Unknown, seen, [], lost);
        }
        catch (RevisionToolsException)
        {
            return new StateChange(StateChangeOutcome.Unknown, null, [], lost);
        }
    }

    /// <summary>One look; null where the deadline ended it.</summary>
    private async Task<Revision?> SeeAsync(RevisionId id, ContainerApp app, CancellationToken cancellationToken)
    {
        var limit = options.Deadline.Span is null ? Timeout.InfiniteTimeSpan : TimeLimit.ForLook(options.Deadline.Left);
        var resource = await TimeLimit.WithinAsync(azure.Time, limit, token => azure.GetRevisionAsync(id, token), cancellationToken).ConfigureAwait(false);
        return resource is null ? null : RevisionJoin.Join(app, resource);
    }

    /// <summary>Looks until the effect shows. An accepted call without effect is not called done.</summary>
    private async Task<StateChange> LookAsync(RevisionId id, RevisionState target, ContainerApp app, CancellationToken cancellationToken)
    {
        Revision? seen = null;
        for (var look = 0; ; look++)
        {
            try
            {
                seen = await SeeAsync(id, app, cancellationToken).ConfigureAwait(false) ?? seen;
            }
            catch (RevisionToolsException unseen)
            {
                // The call was accepted. That it cannot be looked at adds no failure, and the caller says so; that no effect had shown before does.
                return seen is null
                    ? new StateChange(StateChangeOutcome.Done, null, [], null)
                    : new StateChange(StateChangeOutcome.Unknown, seen, [], unseen);
            }

            if (seen is not null && IsThere(seen, target))
            {
                return new StateChange(StateChangeOutcome.Done, seen, [], null);
            }

            if (options.Deadline.IsOver || LookPauses.After(look) is not { } pause)
            {
                break;
            }

            await Task.Delay(options.Deadline.Within(pause), azure.Time, cancellationToken).ConfigureAwait(false);
        }

        if (seen is null)
        {
            return new StateChange(StateChangeOutcome.Done, null, [], null);
        }

        var failure = new RevisionToolsException(
            FailureKind.RevisionWaitTimeout,
            $"Azure accepted that revision '{id.Name}' becomes {target}, and {(options.Deadline.IsOver ? "when the deadline came" : "after a minute")} nothing of it shows: it is {seen.Stage}, {seen.StageReason}.")
        {
            ResourceId = id.Path,
        };
        return new StateChange(StateChangeOutcome.Unknown, seen, [], failure);
    }
}
