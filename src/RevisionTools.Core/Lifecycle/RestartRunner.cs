using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>
/// Restarts revisions with bounded concurrency. Each is looked at right before every try: what went down meanwhile is not restarted. A
/// restart whose answer was lost is not sent again, since it may have happened.
/// </summary>
internal sealed class RestartRunner(IContainerApps azure, Random random, IWorkOutput output)
{
    private readonly CallPatience _patience = new(random);

    public Task RunAsync(
        IReadOnlyList<RevisionId> revisions, int throttleLimit, Func<Revision, ValueTask> onDone, CancellationToken cancellationToken)
    {
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(revisions, parallelism, async (id, token) =>
        {
            try
            {
                await RestartAsync(id, token).ConfigureAwait(false);
                await ReportAsync(id, onDone, token).ConfigureAwait(false);
            }
            catch (RevisionToolsException failure) when (failure.Kind is not FailureKind.AuthenticationFailed)
            {
                await output.FailAsync(failure, id.Path).ConfigureAwait(false);
            }
        });
    }

    private async Task RestartAsync(RevisionId id, CancellationToken cancellationToken)
    {
        var started = azure.Time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var revision = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
            if (!revision.IsStanding)
            {
                throw new RevisionToolsException(
                    FailureKind.RevisionChanged, $"Revision '{id.Name}' went down before it could be restarted: {revision.StageReason}.")
                {
                    ResourceId = id.Path,
                };
            }

            try
            {
                await azure.RestartRevisionAsync(id, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (ServiceRequestException failure) when (!failure.OutcomeUnknown
                && _patience.PauseAfter(failure, attempt, azure.Time.GetElapsedTime(started)) is { } pause)
            {
                await Task.Delay(pause, azure.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ReportAsync(RevisionId id, Func<Revision, ValueTask> onDone, CancellationToken cancellationToken)
    {
        Revision revision;
        try
        {
            revision = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure)
        {
            await output.WarnAsync($"Revision '{id.Name}' was restarted, and could not be read back: {failure.Message}").ConfigureAwait(false);
            return;
        }

        await onDone(revision).ConfigureAwait(false);
    }

    private async Task<Revision> ReadAsync(RevisionId id, CancellationToken cancellationToken)
    {
        var app = await azure.GetAppAsync(id.App, cancellationToken).ConfigureAwait(false);
        return RevisionJoin.Join(app, await azure.GetRevisionAsync(id, cancellationToken).ConfigureAwait(false));
    }
}
