using System.Collections.Concurrent;
using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Restarts revisions: several at once, or one after the other with an end at the first failure.</summary>
internal sealed class RestartRunner(IContainerApps azure, RestartOptions options, IWorkOutput output)
{
    private readonly RevisionRestarter _restarter = new(azure, options, output);
    private readonly ConcurrentQueue<string> _asleep = new();

    public async Task RunAsync(IReadOnlyList<RevisionId> revisions, Func<Revision, ValueTask> onDone, CancellationToken cancellationToken)
    {
        if (options.IsRolling)
        {
            await RollAsync(revisions, onDone, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var parallelism = new ParallelOptions { MaxDegreeOfParallelism = options.ThrottleLimit, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(revisions, parallelism, async (id, token) => await TryOneAsync(id, onDone, token).ConfigureAwait(false))
                .ConfigureAwait(false);
        }

        if (!_asleep.IsEmpty)
        {
            await output.WarnAsync(
                $"No replica was running of {string.Join(", ", _asleep.Order(StringComparer.OrdinalIgnoreCase))}: none was there to be replaced, or none has come since, so nothing proves the restart.")
                .ConfigureAwait(false);
        }
    }

    private async Task RollAsync(IReadOnlyList<RevisionId> revisions, Func<Revision, ValueTask> onDone, CancellationToken cancellationToken)
    {
        for (var index = 0; index < revisions.Count; index++)
        {
            var isDone = false;
            try
            {
                isDone = await TryOneAsync(revisions[index], onDone, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                if (!isDone && index + 1 < revisions.Count && !cancellationToken.IsCancellationRequested)
                {
                    await output.WarnAsync(
                        $"After '{revisions[index].Name}' the restart stopped. Not attempted: {string.Join(", ", revisions.Skip(index + 1).Select(id => id.Name))}.")
                        .ConfigureAwait(false);
                }
            }

            if (!isDone)
            {
                return;
            }
        }
    }

    private async Task<bool> TryOneAsync(RevisionId id, Func<Revision, ValueTask> onDone, CancellationToken cancellationToken)
    {
        try
        {
            var end = await _restarter.RestartAsync(id, cancellationToken).ConfigureAwait(false);
            if (end.HasNoProof)
            {
                _asleep.Enqueue(id.Name);
            }

            if (end.Revision is { } revision)
            {
                await onDone(revision).ConfigureAwait(false);
            }

            return true;
        }
        catch (RevisionToolsException failure) when (failure.Kind is not FailureKind.AuthenticationFailed)
        {
            await output.FailAsync(failure, id.Path).ConfigureAwait(false);
            return false;
        }
    }
}
