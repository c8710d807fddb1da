using System.Globalization;

namespace RevisionTools.Lifecycle;

/// <summary>
/// Waits until a revision that was deactivated has no replica left. A replica goes on with the events that it has taken until it ends, also
/// where Azure calls the revision inactive already.
/// </summary>
internal sealed class DrainWaiter(IContainerApps azure, Random random)
{
    private const int ReadsPerLook = 2;

    private readonly PollPace _pace = new(random);

    /// <param name="id">The revision, deactivated.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="onLook">Told what was read last, how many replicas there are, and how long the wait has lasted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DrainEnd> WaitAsync(
        RevisionId id, TimeSpan timeout, Func<Revision?, int?, TimeSpan, ValueTask> onLook, CancellationToken cancellationToken)
    {
        using var place = _pace.Enter(ReadsPerLook);
        var started = azure.Time.GetTimestamp();
        var pause = place.FirstLook < timeout ? place.FirstLook : timeout;
        Look? last = null;
        RevisionToolsException? trouble = null;
        while (true)
        {
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, azure.Time, cancellationToken).ConfigureAwait(false);
            }

            // Taken before the read: a wait is only called too long on what was read after its end.
            var elapsed = azure.Time.GetElapsedTime(started);
            try
            {
                var look = await TimeLimit.WithinAsync(
                    azure.Time, TimeLimit.ForLook(timeout - elapsed), token => LookAsync(id, token), cancellationToken).ConfigureAwait(false);
                (last, trouble) = (look ?? last, look is null ? new RevisionToolsException(FailureKind.RevisionWaitTimeout, "Azure had not answered when the time was up") : null);
            }
            catch (RevisionToolsException failure) when (TransientFailure.Is(failure))
            {
                trouble = failure;
            }
            catch (RevisionToolsException failure)
            {
                return new DrainEnd(last?.Revision, elapsed, last?.Replicas, failure);
            }

            if (trouble is null && last is { IsDrained: true })
            {
                return new DrainEnd(last.Revision, elapsed, last.Replicas, null);
            }

            await onLook(last?.Revision, last?.Replicas, elapsed).ConfigureAwait(false);
            if (elapsed >= timeout)
            {
                return new DrainEnd(last?.Revision, elapsed, last?.Replicas, TimedOut(id, last, trouble, elapsed));
            }

            pause = _pace.Next() is var next && next < timeout - elapsed ? next : timeout - elapsed;
        }
    }

    private async Task<Look> LookAsync(RevisionId id, CancellationToken cancellationToken)
    {
        Revision revision;
        try
        {
            var app = await azure.GetAppAsync(id.App, cancellationToken).ConfigureAwait(false);
            revision = RevisionJoin.Join(app, await azure.GetRevisionAsync(id, cancellationToken).ConfigureAwait(false));
        }
        catch (RevisionToolsException failure) when (failure.Kind is FailureKind.RevisionNotFound or FailureKind.ContainerAppNotFound)
        {
            return new Look(null, 0, IsDrained: true);
        }

        var replicas = await CountAsync(revision, cancellationToken).ConfigureAwait(false);
        return new Look(revision, replicas, revision.Active == false && replicas == 0);
    }

    private async Task<int> CountAsync(Revision revision, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReplicaReader.ReadAsync(azure, revision.Id, cancellationToken).ConfigureAwait(false)).Count;
        }
        catch (RevisionToolsException failure) when (failure.Kind == FailureKind.RevisionNotFound)
        {
            // The revision itself was there a moment ago.
            return revision.Replicas ?? 0;
        }
    }

    private static RevisionToolsException TimedOut(RevisionId id, Look? last, RevisionToolsException? trouble, TimeSpan elapsed)
    {
        var state = last switch
        {
            null => "what became of its replicas could not be read",
            { Replicas: 0, Revision: { } revision } => $"it has no replica left, and Azure still says active ({revision.StageReason})",
            { Replicas: var replicas, Revision: var revision } => string.Create(
                CultureInfo.InvariantCulture, $"it is {revision?.Stage} with {replicas} {(replicas == 1 ? "replica" : "replicas")} left, which may be working on events yet"),
        };
        var why = trouble is null ? "" : $"; at last: {trouble.Message}";
        return new RevisionToolsException(
            FailureKind.RevisionWaitTimeout, $"Revision '{id.Name}' was deactivated, and had not drained after {DrainEnd.Seconds(elapsed)}: {state}{why}.")
        {
            ResourceId = id.Path,
        };
    }

    private sealed record Look(Revision? Revision, int Replicas, bool IsDrained);
}
