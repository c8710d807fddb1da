namespace RevisionTools.Lifecycle;

/// <summary>Waits for revisions, any number at a time; all waits of one waiter share a budget of reads.</summary>
internal sealed class RevisionWaiter(IContainerApps azure, Random random, IRevisionProbe? probe = null)
{
    private readonly PollPace _pace = new(random);

    /// <summary>Whether nothing is left to wait for.</summary>
    public static bool HasArrived(Revision revision, RevisionState target) => WaitCondition.For(target, TimeSpan.Zero).IsOfStage(revision);

    /// <summary>Waits until a state change has come about.</summary>
    /// <param name="id">The revision.</param>
    /// <param name="target">Where it should get.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="onPoll">Told what was read and how long the wait has lasted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RevisionToolsException">As of the other overload.</exception>
    public Task<Revision> WaitAsync(
        RevisionId id, RevisionState target, TimeSpan timeout, Func<Revision, TimeSpan, ValueTask> onPoll, CancellationToken cancellationToken) =>
        WaitAsync(
            id,
            WaitCondition.For(target, timeout),
            seen: null,
            status => status.Last is { } look ? onPoll(look.Revision, status.Elapsed) : ValueTask.CompletedTask,
            cancellationToken);

    /// <summary>Looks, with jitter so that many waits do not fall on one moment, until a condition has held as long as it should.</summary>
    /// <param name="id">The revision.</param>
    /// <param name="condition">What is waited for.</param>
    /// <param name="seen">The revision where it was read before: one that was there and is gone is known to be purged.</param>
    /// <param name="onPoll">Told of every look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RevisionToolsException">
    /// <see cref="FailureKind.RevisionWaitTimeout"/>; <see cref="FailureKind.RevisionFailed"/> as soon as a revision that should come up
    /// has failed; <see cref="FailureKind.InvalidWaitCondition"/> or <see cref="FailureKind.IngressRequired"/> when it can never hold; and
    /// failures of reading that do not pass.
    /// </exception>
    public async Task<Revision> WaitAsync(
        RevisionId id, WaitCondition condition, Revision? seen, Func<WaitStatus, ValueTask> onPoll, CancellationToken cancellationToken) =>
        (await LookAsync(id, condition, seen, onPoll, cancellationToken).ConfigureAwait(false)).Revision;

    /// <summary>The same, with all that the last look has shown.</summary>
    public async Task<WaitLook> LookAsync(
        RevisionId id, WaitCondition condition, Revision? seen, Func<WaitStatus, ValueTask> onPoll, CancellationToken cancellationToken)
    {
        using var place = _pace.Enter(condition.ReadsPerLook);
        return await new RevisionWait(azure, probe, _pace, id, condition, seen, onPoll).RunAsync(place.FirstLook, cancellationToken).ConfigureAwait(false);
    }
}
