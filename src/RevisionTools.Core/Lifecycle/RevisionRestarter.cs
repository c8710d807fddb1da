using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>
/// Restarts a revision. It is looked at right before every try: what went down meanwhile is not restarted. A restart whose answer was lost
/// is not sent again, since it may have happened; where it is to be waited for, the replicas tell.
/// </summary>
internal sealed class RevisionRestarter(IContainerApps azure, RestartOptions options, IWorkOutput output)
{
    /// <summary>Pauses between looks for replicas of a restart whose answer was lost, a minute together.</summary>
    private static readonly double[] s_secondsBetweenLooks = [0, 2.5, 2.5, 5, 10, 20, 20];

    private readonly CallPatience _patience = new(options.Random, options.Timeout);
    private readonly RevisionWaiter _waiter = new(azure, options.Random);

    private bool IsProofWanted => options.Wait || options.IsRolling;

    /// <param name="id">The revision.</param>
    /// <param name="cancellationToken">Stops before the next call, and lets go of the one under way.</param>
    /// <exception cref="RevisionToolsException">It was not restarted, or nobody can say, or what came of it is not ready.</exception>
    public async Task<RestartEnd> RestartAsync(RevisionId id, CancellationToken cancellationToken)
    {
        var before = await SendAsync(id, cancellationToken).ConfigureAwait(false);
        if (before is null)
        {
            return new RestartEnd(await ReadBackAsync(id, cancellationToken).ConfigureAwait(false));
        }

        var condition = new WaitCondition
        {
            Stage = RevisionStage.Ready,
            Timeout = options.Timeout,
            Replaces = before.IsEmpty ? null : before,
        };
        var last = await _waiter.LookAsync(id, condition, seen: null, status => ShowAsync(id, status.Brief), cancellationToken).ConfigureAwait(false);
        return new RestartEnd(last.Revision, HasNoProof: !last.HasOthers);
    }

    /// <summary>Sends the restart until Azure takes it. Gives the replicas before, where they are to be compared with those after.</summary>
    private async Task<ReplicaGeneration?> SendAsync(RevisionId id, CancellationToken cancellationToken)
    {
        var started = azure.Time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            RequireStanding(id, await ReadAsync(id, cancellationToken).ConfigureAwait(false));
            var before = IsProofWanted ? ReplicaGeneration.Of(await ReplicaReader.ReadAsync(azure, id, cancellationToken).ConfigureAwait(false)) : null;
            await ShowAsync(id, "restarting").ConfigureAwait(false);
            try
            {
                await azure.RestartRevisionAsync(id, cancellationToken).ConfigureAwait(false);
                return before;
            }
            catch (ServiceRequestException failure) when (!failure.OutcomeUnknown
                && _patience.PauseAfter(failure, attempt, azure.Time.GetElapsedTime(started)) is { } pause)
            {
                await ShowAsync(id, $"{CallPatience.Reason(failure)}, trying again").ConfigureAwait(false);
                await output.DebugAsync(CallPatience.Describe(id.Name, failure, attempt, pause)).ConfigureAwait(false);
                await Task.Delay(pause, azure.Time, cancellationToken).ConfigureAwait(false);
            }
            catch (ServiceRequestException failure) when (failure.OutcomeUnknown && before is { IsEmpty: false })
            {
                if (await HasBegunAsync(id, before, cancellationToken).ConfigureAwait(false))
                {
                    return before;
                }

                throw;
            }
        }
    }

    /// <summary>Whether replicas show that were not there before: the restart whose answer was lost has happened.</summary>
    private async Task<bool> HasBegunAsync(RevisionId id, ReplicaGeneration before, CancellationToken cancellationToken)
    {
        foreach (var seconds in s_secondsBetweenLooks)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), azure.Time, cancellationToken).ConfigureAwait(false);
            try
            {
                var replicas = await ReplicaReader.ReadAsync(azure, id, cancellationToken).ConfigureAwait(false);
                if (replicas.Any(replica => !before.Has(replica)))
                {
                    return true;
                }
            }
            catch (RevisionToolsException failure) when (TransientFailure.Is(failure))
            {
                // Looked at again in a moment.
            }
        }

        return false;
    }

    private async Task<Revision?> ReadBackAsync(RevisionId id, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure)
        {
            await output.WarnAsync($"Revision '{id.Name}' was restarted, and could not be read back: {failure.Message}").ConfigureAwait(false);
            return null;
        }
    }

    private static void RequireStanding(RevisionId id, Revision revision)
    {
        if (!revision.IsStanding)
        {
            throw new RevisionToolsException(
                FailureKind.RevisionChanged, $"Revision '{id.Name}' went down before it could be restarted: {revision.StageReason}.")
            {
                ResourceId = id.Path,
            };
        }
    }

    private async Task<Revision> ReadAsync(RevisionId id, CancellationToken cancellationToken)
    {
        var app = await azure.GetAppAsync(id.App, cancellationToken).ConfigureAwait(false);
        return RevisionJoin.Join(app, await azure.GetRevisionAsync(id, cancellationToken).ConfigureAwait(false));
    }

    private ValueTask ShowAsync(RevisionId id, string status) =>
        output.ProgressAsync(new WorkProgress("Restarting revisions", $"{id.Name}: {status}", null));
}
