namespace RevisionTools.Lifecycle;

/// <summary>Waits until a revision is where it was sent.</summary>
internal sealed class RevisionWaiter(IContainerApps azure, Random random)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(30);

    /// <summary>Whether nothing is left to wait for.</summary>
    public static bool HasArrived(Revision revision, RevisionState target) => target == RevisionState.Inactive
        ? revision.Active == false
        : revision.Stage is RevisionStage.Active or RevisionStage.Ready;

    /// <summary>Polls, with jitter so that many waits do not fall on one moment, until the revision is there.</summary>
    /// <param name="id">The revision.</param>
    /// <param name="target">Where it should get.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="onPoll">Told what was read and how long the wait has lasted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RevisionToolsException">
    /// <see cref="FailureKind.RevisionWaitTimeout"/>, or <see cref="FailureKind.OperationFailed"/> as soon as a revision that should
    /// become active has failed.
    /// </exception>
    public async Task<Revision> WaitAsync(
        RevisionId id, RevisionState target, TimeSpan timeout, Func<Revision, TimeSpan, ValueTask> onPoll, CancellationToken cancellationToken)
    {
        var started = azure.Time.GetTimestamp();
        var wasAlive = false;
        Revision? last = null;
        var app = await azure.GetAppAsync(id.App, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            // Taken before the read: a wait is only called too long on what was read after its end.
            var elapsed = azure.Time.GetElapsedTime(started);

            // Whether it has arrived does not depend on the app, so a poll costs one read.
            RevisionResource resource;
            try
            {
                resource = await azure.GetRevisionAsync(id, cancellationToken).ConfigureAwait(false);
            }
            catch (RevisionToolsException failure) when (target == RevisionState.Inactive && failure.Kind == FailureKind.RevisionNotFound && last is not null)
            {
                return last with { Active = false, Stage = RevisionStage.Removed, StageReason = "purged by the platform" };
            }

            var revision = last = RevisionJoin.Join(app, resource);
            if (HasArrived(revision, target))
            {
                return RevisionJoin.Join(await azure.GetAppAsync(id.App, cancellationToken).ConfigureAwait(false), resource);
            }

            // One that had failed before it was activated again goes on reading Failed until the platform has looked at it.
            wasAlive |= revision.Stage != RevisionStage.Failed;
            if (target == RevisionState.Active && revision.Stage == RevisionStage.Failed && (wasAlive || elapsed >= s_grace))
            {
                throw new RevisionToolsException(FailureKind.OperationFailed, $"Revision '{id.Name}' failed: {revision.StageReason}.")
                {
                    ResourceId = id.Path,
                };
            }

            await onPoll(revision, elapsed).ConfigureAwait(false);
            if (elapsed >= timeout)
            {
                throw new RevisionToolsException(
                    FailureKind.RevisionWaitTimeout,
                    $"Revision '{id.Name}' is not {target} after {timeout}: it is {revision.Stage}, {revision.StageReason}.")
                {
                    ResourceId = id.Path,
                };
            }

            var pause = s_interval + TimeSpan.FromMilliseconds(random.Next(0, 1000));
            await Task.Delay(pause < timeout - elapsed ? pause : timeout - elapsed, azure.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
