using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Pruning.Journal;

/// <summary>
/// Finds out what became of writes that were under way when a run was cut off. What Azure has not shown yet may still come true, so it is
/// looked at again when the run that goes on has done its own.
/// </summary>
internal sealed class JournalSettler(IContainerApps azure, PruneJournal journal, IWorkOutput output)
{
    private readonly List<JournalWrite> _open = [.. journal.Run.Writes.Where(write => write.IsOpen)];

    /// <summary>Looks before the run goes on: settles what has taken effect.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.FileNotWritten"/>, <see cref="FailureKind.AuthenticationFailed"/></exception>
    public Task BeginAsync(CancellationToken cancellationToken) => SettleAsync(null, cancellationToken);

    /// <summary>Looks when the run has ended: what has not taken effect by now did not happen, but for what the run itself is not sure of.</summary>
    /// <param name="end">How the run ended. A revision that it has given a result for gets no second one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RevisionToolsException">As for <see cref="BeginAsync"/>.</exception>
    public Task EndAsync(PruneRunEnd end, CancellationToken cancellationToken) => SettleAsync(end, cancellationToken);

    /// <param name="end">Null before the run goes on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task SettleAsync(PruneRunEnd? end, CancellationToken cancellationToken)
    {
        // What the run has sent anew meanwhile it has also told the end of.
        _open.RemoveAll(write => !write.IsOpen);
        foreach (var write in _open)
        {
            var id = write.Write.ResourceId;
            await output.GuardAsync(id, () => write.Write.Kind == PruneWriteKind.SetMaxInactive
                ? SettleLimitAsync(write.Write, end is not null, cancellationToken)
                : SettleRevisionAsync(write.Write, RevisionId.TryParse(id)!.Value, end, cancellationToken)).ConfigureAwait(false);
            if (journal.Failure is { } failure)
            {
                throw failure;
            }
        }
    }

    private async Task SettleRevisionAsync(PruneWrite write, RevisionId id, PruneRunEnd? end, CancellationToken cancellationToken)
    {
        Revision? revision;
        try
        {
            var app = await azure.GetAppAsync(id.App, cancellationToken).ConfigureAwait(false);
            revision = RevisionJoin.Join(app, await azure.GetRevisionAsync(id, cancellationToken).ConfigureAwait(false));
        }
        catch (RevisionToolsException failure) when (failure.Kind is FailureKind.RevisionNotFound or FailureKind.ContainerAppNotFound)
        {
            revision = null;
        }

        if (revision is null)
        {
            await EndAsync(Result(id, PruneOutcome.Unknown, "it is gone since the run was cut off: purged by the platform, or deleted with its app")).ConfigureAwait(false);
        }
        else if (revision.CreatedTime != write.CreatedTime)
        {
            await EndAsync(PruneResult.Of(revision, PruneOutcome.Unknown, "another revision has its name since the run was cut off")).ConfigureAwait(false);
        }
        else if (RevisionStateChanger.IsThere(revision, RevisionState.Inactive))
        {
            await EndAsync(PruneResult.Of(revision, PruneOutcome.Deactivated, $"found after the run was cut off: {revision.StageReason}")).ConfigureAwait(false);
        }
        else if (end is not null && !end.Unsure.Contains(id))
        {
            await journal.AfterAsync(write, PruneWriteOutcome.NotDone, "it is active yet").ConfigureAwait(false);
        }

        async Task EndAsync(PruneResult result)
        {
            // One that is gone was down before: nothing else is purged.
            await journal.AfterAsync(write, PruneWriteOutcome.Done, result.Message).ConfigureAwait(false);
            if (end?.Told.Contains(id) == true)
            {
                await output.VerboseAsync($"Revision '{id.Name}': {result.Message}.").ConfigureAwait(false);
            }
            else
            {
                await output.EmitAsync(result).ConfigureAwait(false);
            }
        }
    }

    private async Task SettleLimitAsync(PruneWrite write, bool isLast, CancellationToken cancellationToken)
    {
        var id = ContainerAppId.TryParse(write.ResourceId)!.Value;
        int? limit;
        try
        {
            limit = PurgeForecast.LimitOf(await azure.GetAppAsync(id, cancellationToken).ConfigureAwait(false));
        }
        catch (RevisionToolsException failure) when (failure.Kind is FailureKind.ContainerAppNotFound)
        {
            limit = null;
        }

        if (limit == write.After)
        {
            await journal.AfterAsync(write, PruneWriteOutcome.Done, "found after the run was cut off").ConfigureAwait(false);
            await output.WarnAsync($"App '{id.Name}' keeps {limit} inactive revisions: the limit was set just before the run was cut off.").ConfigureAwait(false);
        }
        else if (isLast || limit is null)
        {
            await journal.AfterAsync(write, PruneWriteOutcome.NotDone, limit is null ? "the app is gone" : $"the limit is {limit}").ConfigureAwait(false);
        }
    }

    private static PruneResult Result(RevisionId id, PruneOutcome outcome, string message) => new()
    {
        Name = id.Name,
        ContainerAppName = id.App.Name,
        ResourceGroupName = id.App.ResourceGroupName,
        SubscriptionId = id.App.SubscriptionId,
        ResourceId = id.Path,
        Outcome = outcome,
        Stage = RevisionStage.Removed,
        Message = message,
    };
}
