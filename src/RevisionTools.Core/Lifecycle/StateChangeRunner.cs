using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Activates or deactivates revisions that a person has named, with bounded concurrency.</summary>
internal sealed class StateChangeRunner(IContainerApps azure, IWorkOutput output)
{
    private readonly RevisionStateChanger _changer = new(azure);
    private readonly RevisionWaiter _waiter = new(azure, new Random());

    /// <param name="changes">What was approved.</param>
    /// <param name="target">The wanted state of all of them.</param>
    /// <param name="throttleLimit">How many are worked on at once.</param>
    /// <param name="waitTimeout">How long to wait until each is really there; null for not at all.</param>
    /// <param name="onDone">Told each revision that is there or on its way, as last read.</param>
    /// <param name="cancellationToken">Stops before the next call.</param>
    public Task RunAsync(
        IReadOnlyList<ApprovedStateChange> changes, RevisionState target, int throttleLimit, TimeSpan? waitTimeout,
        Func<Revision, ValueTask> onDone, CancellationToken cancellationToken)
    {
        var leaving = changes.Select(change => change.Id.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(changes, parallelism, async (change, token) =>
        {
            try
            {
                var revision = change.IsUnderway ? null : await ChangeAsync(change, target, leaving, token).ConfigureAwait(false);
                if ((revision is not null || change.IsUnderway) && waitTimeout is { } timeout)
                {
                    revision = await _waiter.WaitAsync(change.Id, target, timeout, ShowAsync, token).ConfigureAwait(false);
                }

                if (revision is not null)
                {
                    await onDone(revision).ConfigureAwait(false);
                }
            }
            catch (RevisionToolsException failure)
            {
                await output.FailAsync(failure, change.Id.Path).ConfigureAwait(false);
            }
        });
    }

    private async Task<Revision?> ChangeAsync(
        ApprovedStateChange change, RevisionState target, IReadOnlySet<string> leaving, CancellationToken cancellationToken)
    {
        var result = await _changer.ChangeAsync(change.Id, target, Objections, cancellationToken).ConfigureAwait(false);
        if (result.Failure is not null)
        {
            throw result.Failure;
        }

        return result.Outcome == StateChangeOutcome.Protected
            ? throw ProtectedRevision.Refusal(result.Revision!, result.Interlocks)
            : result.Revision;

        IReadOnlyList<Interlock> Objections(Revision revision, AppSnapshot snapshot) =>
            NamedStateChange.Of(revision, snapshot, target, force: false, leaving).Binding(change.Accepted);
    }

    private ValueTask ShowAsync(Revision revision, TimeSpan elapsed) => output.ProgressAsync(new WorkProgress(
        "Waiting for revisions", $"{revision.Name}: {revision.Stage}, {revision.Replicas ?? 0} replicas, {elapsed.TotalSeconds:0} s", null));
}
