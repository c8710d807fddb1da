using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Pruning;

/// <summary>Carries out the approved part of prune plans, with bounded concurrency, and streams what became of each revision.</summary>
internal sealed class PruneRunner(IContainerApps azure, PruneRunOptions options, IWorkOutput output) : IDisposable
{
    private readonly SnapshotReader _reader = new(azure);
    private readonly RevisionStateChanger _changer = new(azure);
    private readonly RevisionWaiter _waiter = new(azure, new Random());
    private readonly SemaphoreSlim _throttle = new(options.ThrottleLimit);
    private RevisionToolsException? _halt;
    private int _done;
    private int _total;

    /// <param name="approved">The entries to deactivate, of any number of apps.</param>
    /// <param name="cancellationToken">Stops before the next call; calls under way end by themselves.</param>
    public async Task RunAsync(IReadOnlyList<PrunePlanEntry> approved, CancellationToken cancellationToken)
    {
        _total = approved.Count;
        var apps = approved.GroupBy(entry => entry.Revision.Id.App);
        await Parallel.ForEachAsync(apps, Parallelism(cancellationToken), async (app, token) =>
            await RunAppAsync(app.Key, [.. app], token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    public void Dispose() => _throttle.Dispose();

    private ParallelOptions Parallelism(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = options.ThrottleLimit, CancellationToken = cancellationToken };

    private async Task RunAppAsync(ContainerAppId app, IReadOnlyList<PrunePlanEntry> entries, CancellationToken cancellationToken)
    {
        var run = new AppRun(entries.Select(entry => entry.Name));
        var before = await TryReadAsync(app, run, cancellationToken).ConfigureAwait(false);
        await Parallel.ForEachAsync(entries, Parallelism(cancellationToken), async (entry, token) =>
            await RunEntryAsync(entry, run, token).ConfigureAwait(false)).ConfigureAwait(false);
        if (before is null || !run.HasWritten || (_halt ?? run.Halt) is not null)
        {
            return;
        }

        var after = await TryReadAsync(app, run, cancellationToken).ConfigureAwait(false);
        if (after is null)
        {
            await output.WarnAsync($"App '{app.Name}' could not be read back after the prune; nothing is known of side effects.").ConfigureAwait(false);
            return;
        }

        foreach (var change in UnexpectedChanges.Between(before, after, run.Names))
        {
            await output.WarnAsync($"App '{app.Name}' changed in a way that this prune did not mean: {change}.").ConfigureAwait(false);
        }
    }

    private async Task<AppSnapshot?> TryReadAsync(ContainerAppId app, AppRun run, CancellationToken cancellationToken)
    {
        if (_halt is not null)
        {
            return null;
        }

        await _throttle.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _reader.ReadAsync(app, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure)
        {
            await ReportAsync(failure, app.Path, run).ConfigureAwait(false);
            run.Halt ??= failure;
            return null;
        }
        finally
        {
            _throttle.Release();
        }
    }

    private async ValueTask RunEntryAsync(PrunePlanEntry entry, AppRun run, CancellationToken cancellationToken)
    {
        StateChange change;
        await _throttle.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if ((_halt ?? run.Halt) is { } cause)
            {
                await output.EmitAsync(PruneResult.Of(entry.Revision, PruneOutcome.NotAttempted, $"not attempted after: {cause.Message}"))
                    .ConfigureAwait(false);
                return;
            }

            change = await _changer.ChangeAsync(
                entry.Revision.Id,
                RevisionState.Inactive,
                (revision, snapshot) => Interlocks.BindingInBulk(Interlocks.Of(revision, snapshot, run.Names), options.Lifts),
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _throttle.Release();
        }

        await ReportAsync(entry, change, run, cancellationToken).ConfigureAwait(false);
        var done = Interlocked.Increment(ref _done);
        await output.ProgressAsync(new WorkProgress("Pruning revisions", $"{done} of {_total}: {entry.Name}", 100 * done / _total)).ConfigureAwait(false);
    }

    private async Task ReportAsync(PrunePlanEntry entry, StateChange change, AppRun run, CancellationToken cancellationToken)
    {
        var revision = change.Revision ?? entry.Revision;
        switch (change.Outcome)
        {
            case StateChangeOutcome.Done:
                run.HasWritten = true;
                await WaitAndEmitAsync(revision, cancellationToken).ConfigureAwait(false);
                break;
            case StateChangeOutcome.AlreadyThere:
                await output.EmitAsync(PruneResult.Of(revision, PruneOutcome.AlreadyInactive, revision.StageReason)).ConfigureAwait(false);
                break;
            case StateChangeOutcome.Protected:
                var protection = ProtectedRevision.Refusal(revision, change.Interlocks);
                await output.EmitAsync(PruneResult.Of(revision, PruneOutcome.Drifted, protection.Message, change.Interlocks)).ConfigureAwait(false);
                await output.FailAsync(protection, revision).ConfigureAwait(false);
                break;
            case StateChangeOutcome.Unknown:
                run.HasWritten = true;
                await output.EmitAsync(PruneResult.Of(revision, PruneOutcome.Unknown, change.Failure!.Message)).ConfigureAwait(false);
                await ReportAsync(change.Failure, revision, run).ConfigureAwait(false);
                break;
            default:
                await output.EmitAsync(PruneResult.Of(revision, PruneOutcome.Failed, change.Failure!.Message)).ConfigureAwait(false);
                await ReportAsync(change.Failure, revision, run).ConfigureAwait(false);
                break;
        }
    }

    private async Task WaitAndEmitAsync(Revision revision, CancellationToken cancellationToken)
    {
        if (options.WaitTimeout is { } timeout)
        {
            try
            {
                revision = await _waiter.WaitAsync(revision.Id, RevisionState.Inactive, timeout, (_, _) => ValueTask.CompletedTask, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (RevisionToolsException failure)
            {
                await output.EmitAsync(PruneResult.Of(revision, PruneOutcome.Deactivated, failure.Message)).ConfigureAwait(false);
                await output.FailAsync(failure, revision).ConfigureAwait(false);
                return;
            }
        }

        await output.EmitAsync(PruneResult.Of(revision, PruneOutcome.Deactivated, revision.StageReason)).ConfigureAwait(false);
    }

    /// <summary>Reports a failure, and stops what would only fail in the same way: everything when Azure is out of reach, the app when it is forbidden.</summary>
    private async Task ReportAsync(RevisionToolsException failure, object target, AppRun run)
    {
        if (failure.Kind is FailureKind.ConnectionFailed or FailureKind.AuthenticationFailed)
        {
            _halt ??= failure;
        }
        else if (failure.Kind is FailureKind.AccessDenied)
        {
            run.Halt ??= failure;
        }

        await output.FailAsync(failure, target).ConfigureAwait(false);
    }

    /// <summary>What the entries of one app share while they run.</summary>
    private sealed class AppRun(IEnumerable<string> names)
    {
        public HashSet<string> Names { get; } = new(names, StringComparer.OrdinalIgnoreCase);

        public RevisionToolsException? Halt { get; set; }

        public bool HasWritten { get; set; }
    }
}
