using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Restarts revisions with bounded concurrency. Each is looked at right before the call: what went down meanwhile is not restarted.</summary>
internal sealed class RestartRunner(IContainerApps azure, IWorkOutput output)
{
    public Task RunAsync(
        IReadOnlyList<RevisionId> revisions, int throttleLimit, Func<Revision, ValueTask> onDone, CancellationToken cancellationToken)
    {
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(revisions, parallelism, async (id, token) =>
        {
            try
            {
                await onDone(await RestartAsync(id, token).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (RevisionToolsException failure) when (failure.Kind is not FailureKind.AuthenticationFailed)
            {
                await output.FailAsync(failure, id.Path).ConfigureAwait(false);
            }
        });
    }

    private async Task<Revision> RestartAsync(RevisionId id, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        if (!before.IsStanding)
        {
            throw new RevisionToolsException(
                FailureKind.RevisionChanged, $"Revision '{id.Name}' went down before it could be restarted: {before.StageReason}.")
            {
                ResourceId = id.Path,
            };
        }

        await azure.RestartRevisionAsync(id, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(id, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Revision> ReadAsync(RevisionId id, CancellationToken cancellationToken)
    {
        var app = await azure.GetAppAsync(id.App, cancellationToken).ConfigureAwait(false);
        return RevisionJoin.Join(app, await azure.GetRevisionAsync(id, cancellationToken).ConfigureAwait(false));
    }
}
