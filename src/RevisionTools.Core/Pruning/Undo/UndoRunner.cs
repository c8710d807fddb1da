using System.Collections.Concurrent;
using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Pruning.Undo;

/// <summary>Carries out the approved part of undo plans, and streams what became of each revision and limit.</summary>
internal sealed class UndoRunner(IContainerApps azure, IPruneJournal journal, UndoOptions options, IWorkOutput output)
{
    private readonly RunStop _stop = new(options.Deadline, maxFailure: null, journal);
    private readonly ConcurrentDictionary<UndoOutcome, int> _counts = [];

    /// <param name="plans">What to do, one item an app.</param>
    /// <param name="cancellationToken">Stops before the next call, and lets go of the ones under way.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.FileNotWritten"/>, where the journal could not be written any more.</exception>
    public async Task<PruneRunEnd> RunAsync(IReadOnlyList<UndoPlan> plans, CancellationToken cancellationToken)
    {
        foreach (var item in plans.SelectMany(plan => plan.Items).Where(item => item.Outcome is not null))
        {
            await SettleAsync(item).ConfigureAwait(false);
        }

        await AppsInParallel.ForEachAsync(
            plans.Where(plan => plan.Limits.Count > 0), plan => plan.App.Path, (plan, token) => RaiseAsync(plan.Limits, token), output, cancellationToken)
            .ConfigureAwait(false);
        await ActivateAsync([.. plans.SelectMany(plan => plan.Items).Where(item => item.Outcome is null)], cancellationToken).ConfigureAwait(false);

        await _stop.TellAsync(_counts.GetValueOrDefault(UndoOutcome.NotAttempted), "change", output).ConfigureAwait(false);
        UndoOutcome[] leftOver = [UndoOutcome.Blocked, UndoOutcome.Failed, UndoOutcome.Unknown, UndoOutcome.NotAttempted];
        return new PruneRunEnd(
            !leftOver.Any(_counts.ContainsKey), _counts.OrderBy(count => count.Key).ToDictionary(count => count.Key.ToString(), count => count.Value));
    }

    private async Task SettleAsync(UndoItem item)
    {
        if (item.Sent is { } sent)
        {
            var outcome = item.Outcome == UndoOutcome.Activated ? PruneWriteOutcome.Done : PruneWriteOutcome.NotDone;
            await journal.AfterAsync(sent, outcome, item.Message).ConfigureAwait(false);
        }

        await EmitAsync(item.Result(item.Outcome!.Value, item.Revision, item.Message)).ConfigureAwait(false);
    }

    private async Task RaiseAsync(IReadOnlyList<UndoLimit> limits, CancellationToken cancellationToken)
    {
        foreach (var limit in limits)
        {
            await RaiseAsync(limit, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RaiseAsync(UndoLimit limit, CancellationToken cancellationToken)
    {
        if (limit.Outcome is { } outcome)
        {
            if (limit.Sent is { } sent)
            {
                await journal.AfterAsync(sent, PruneWriteOutcome.Done, limit.Message).ConfigureAwait(false);
            }

            await EmitAsync(limit.Result(outcome, limit.Message)).ConfigureAwait(false);
            return;
        }

        if (_stop.Why() is { } why)
        {
            await EmitAsync(limit.Result(UndoOutcome.NotAttempted, $"not attempted: {why}")).ConfigureAwait(false);
            return;
        }

        var settings = new AppUpdateOptions
        {
            Activity = "Raising the limit of inactive revisions",
            Patience = options.Patience,
            Deadline = options.Deadline,
            Random = options.Random,
        };
        try
        {
            var update = await new LimitWriter(azure, settings, journal, output).SetAsync(limit.Id, limit.To, IsNeeded, cancellationToken).ConfigureAwait(false);
            if (update.SideEffects.Count > 0)
            {
                await output.WarnAsync($"The app '{limit.Id.Name}' has changed beyond its limit: {string.Join("; ", update.SideEffects)}.").ConfigureAwait(false);
            }

            await EmitAsync(limit.Result(UndoOutcome.LimitRaised, $"the limit was {limit.From} and is {limit.To} again")).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (failure.Kind == FailureKind.RevisionChanged)
        {
            await EmitAsync(limit.Result(UndoOutcome.LimitLeft, failure.Message)).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (failure.Kind == FailureKind.FileNotWritten || IsUnsent(failure))
        {
            await EmitAsync(limit.Result(UndoOutcome.NotAttempted, failure.Message)).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure)
        {
            var isLost = failure is ServiceRequestException { OutcomeUnknown: true };
            await EmitAsync(limit.Result(isLost ? UndoOutcome.Unknown : UndoOutcome.Failed, failure.Message)).ConfigureAwait(false);
            await output.FailAsync(failure, limit.Id.Path).ConfigureAwait(false);
        }

        bool IsNeeded(AppState fresh) => PurgeForecast.LimitOf(fresh.App) switch
        {
            var now when now == limit.To => false,
            var now when now == limit.From => true,
            var now => throw new RevisionToolsException(FailureKind.RevisionChanged, UndoLimit.WhyLeft(limit.Pruned.Write, now)) { ResourceId = limit.Id.Path },
        };
    }

    /// <summary>Whether the deadline came before the write.</summary>
    private static bool IsUnsent(RevisionToolsException failure) =>
        failure is not ServiceRequestException && failure.Kind == FailureKind.RevisionWaitTimeout;

    private async Task ActivateAsync(IReadOnlyList<UndoItem> items, CancellationToken cancellationToken)
    {
        var settings = new StateChangeOptions
        {
            Target = RevisionState.Active,
            Activity = "Undoing a prune",
            ThrottleLimit = options.ThrottleLimit,
            WaitTimeout = options.WaitTimeout,
            Patience = options.Patience,
            Deadline = options.Deadline,
            WhyStop = _stop.Why,
            Log = new StateChangeJournal(journal),
            Random = options.Random,
        };
        var byId = items.ToDictionary(item => item.Id);
        using var runner = new StateChangeRunner(azure, settings, output);
        await runner.RunAsync(
            [.. items.Select(item => new ApprovedStateChange(item.Revision!, (revision, snapshot, _) => ValueTask.FromResult(RefusalOrNull(item, revision, snapshot))))],
            (change, end) => ReportAsync(byId[change.Revision.Id], end),
            cancellationToken).ConfigureAwait(false);
    }

    private static RevisionProtectedException? RefusalOrNull(UndoItem item, Revision revision, AppSnapshot snapshot) =>
        IsReplaced(item, revision) ? ProtectedRevision.Refusal(revision, [], Replaced)
        : snapshot.App.IsSingleMode ? ProtectedRevision.Refusal(revision, [Interlock.SingleMode], UndoItem.SingleMode(snapshot.App))
        : null;

    private const string Replaced = "another revision has its name by now";

    private static bool IsReplaced(UndoItem item, Revision revision) => revision.CreatedTime != item.Pruned.Write.CreatedTime;

    private async ValueTask ReportAsync(UndoItem item, StateChange end)
    {
        var failure = end.Failure;
        var (outcome, message) = end.Outcome switch
        {
            _ when end.Revision is { } seen && IsReplaced(item, seen) => (UndoOutcome.Replaced, Replaced),
            StateChangeOutcome.Done when end.Revision is null => (UndoOutcome.Activated, "accepted, and could not be read back"),
            StateChangeOutcome.Done => (UndoOutcome.Activated, failure?.Message ?? end.Note ?? end.Revision.StageReason),
            StateChangeOutcome.AlreadyThere => (UndoOutcome.AlreadyActive, failure?.Message ?? end.Note ?? end.Revision!.StageReason),
            StateChangeOutcome.Protected => (UndoOutcome.Blocked, failure!.Message),

            // Where it was just read, an answer that it is not there is no proof.
            StateChangeOutcome.Failed when failure!.Kind == FailureKind.RevisionNotFound && end.Revision is null => (UndoOutcome.Purged, "the platform has purged it since"),
            StateChangeOutcome.Failed => (UndoOutcome.Failed, failure!.Message),
            StateChangeOutcome.NotAttempted => (UndoOutcome.NotAttempted, failure is null ? $"not attempted: {end.Note}" : $"not attempted after {failure.Kind}"),
            _ => (UndoOutcome.Unknown, failure!.Message),
        };
        await EmitAsync(item.Result(outcome, end.Revision ?? item.Revision, message)).ConfigureAwait(false);
        if (failure is not null && outcome is not (UndoOutcome.Replaced or UndoOutcome.Purged or UndoOutcome.NotAttempted))
        {
            await output.FailAsync(failure, end.Revision ?? item.Revision).ConfigureAwait(false);
        }
    }

    private ValueTask EmitAsync(PruneUndoResult result)
    {
        _counts.AddOrUpdate(result.Outcome, 1, (_, count) => count + 1);
        return output.EmitAsync(result);
    }
}
