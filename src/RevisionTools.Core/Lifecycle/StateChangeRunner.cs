using System.Globalization;
using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>
/// Activates or deactivates approved revisions of any number of apps with bounded concurrency, and says how each ended. Afterwards every app
/// is compared with what it was; anything that was not meant is a warning.
/// </summary>
internal sealed class StateChangeRunner(IContainerApps azure, StateChangeOptions options, IWorkOutput output) : IDisposable
{
    private readonly SnapshotReader _reader = new(azure);
    private readonly RevisionStateChanger _changer = new(azure, options, output);
    private readonly RevisionWaiter _waiter = new(azure, options.Random);
    private readonly DrainWaiter _drains = new(azure, options.Random);
    private readonly SemaphoreSlim _slots = new(options.ThrottleLimit);
    private RevisionToolsException? _halt;
    private int _done;
    private int _total;

    /// <param name="changes">What was approved.</param>
    /// <param name="onEnd">Told how each ended, as soon as it has.</param>
    /// <param name="cancellationToken">Stops before the next call, and lets go of the ones under way.</param>
    public Task RunAsync(
        IReadOnlyList<ApprovedStateChange> changes, Func<ApprovedStateChange, StateChange, ValueTask> onEnd, CancellationToken cancellationToken)
    {
        _total = changes.Count;
        var apps = changes.GroupBy(change => change.Revision.Id.App).ToList();
        return Task.WhenAll(apps.Select((app, index) =>
            RunAppAsync(app.Key, [.. app], apps.Count == 1 ? "" : $"app {index + 1} of {apps.Count}, ", onEnd, cancellationToken)).ToList());
    }

    public void Dispose() => _slots.Dispose();

    private async Task RunAppAsync(
        ContainerAppId app, IReadOnlyList<ApprovedStateChange> changes, string place, Func<ApprovedStateChange, StateChange, ValueTask> onEnd,
        CancellationToken cancellationToken)
    {
        var run = new AppRun(changes.Select(change => change.Revision.Name), place);
        var before = await TryReadAsync(app, run, cancellationToken).ConfigureAwait(false);
        await RunAllAsync(changes, run, onEnd, cancellationToken).ConfigureAwait(false);
        if (!run.HasWritten)
        {
            return;
        }

        var after = await TryReadAsync(app, run, cancellationToken, isLast: true).ConfigureAwait(false);
        if (before is null || after is null)
        {
            await output.WarnAsync($"App '{app.Name}' could not be compared with what it was; nothing is known of side effects.").ConfigureAwait(false);
            return;
        }

        foreach (var change in UnexpectedChanges.Between(before, after, run.Names))
        {
            await output.WarnAsync($"App '{app.Name}' changed in a way that was not meant here: {change}.").ConfigureAwait(false);
        }
    }

    private async Task RunAllAsync(
        IReadOnlyList<ApprovedStateChange> changes, AppRun run, Func<ApprovedStateChange, StateChange, ValueTask> onEnd, CancellationToken cancellationToken)
    {
        List<Task> running = [];
        try
        {
            foreach (var change in changes)
            {
                if (change.IsAlone)
                {
                    await Task.WhenAll(running).ConfigureAwait(false);
                    running.Clear();
                }

                // Taken here and not by the task, so that those of one app begin in their order.
                if (!change.IsUnderway)
                {
                    await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
                }

                var one = RunOneAsync(change, run, onEnd, cancellationToken);
                running.Add(one);
                if (change.IsAlone)
                {
                    await one.ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(false);
        }
    }

    /// <param name="app">The app.</param>
    /// <param name="run">The run, which a failure ends.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <param name="isLast">Whether it is the comparison at the end. What forbade a write, or lost it, need not forbid a read, and after a
    /// failure it matters most; but then one that fails too is no news.</param>
    private async Task<AppSnapshot?> TryReadAsync(ContainerAppId app, AppRun run, CancellationToken cancellationToken, bool isLast = false)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        var halt = _halt ?? run.Halt;
        try
        {
            return (halt is null && options.WhyStop() is null) || isLast ? await _reader.ReadAsync(app, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (RevisionToolsException failure)
        {
            HaltAfter(failure, run);
            run.Halt ??= failure;
            if (halt is null)
            {
                await output.FailAsync(failure, app.Path).ConfigureAwait(false);
            }

            return null;
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task RunOneAsync(
        ApprovedStateChange change, AppRun run, Func<ApprovedStateChange, StateChange, ValueTask> onEnd, CancellationToken cancellationToken)
    {
        var isDrained = change.Drains && options.DrainTimeout > TimeSpan.Zero;
        StateChange end;
        try
        {
            end = await ChangeAsync(change, run, cancellationToken).ConfigureAwait(false);
            if (end.Outcome is not (StateChangeOutcome.Done or StateChangeOutcome.AlreadyThere) || (!isDrained && options.WaitTimeout is null))
            {
                // Before the slot goes to the next one: what is done one after the other is told in that order.
                await TellAsync().ConfigureAwait(false);
                return;
            }
        }
        finally
        {
            if (!change.IsUnderway)
            {
                _slots.Release();
            }
        }

        end = isDrained
            ? await DrainAsync(change, end, run, cancellationToken).ConfigureAwait(false)
            : await WaitAsync(change, end, options.WaitTimeout!.Value, cancellationToken).ConfigureAwait(false);
        await TellAsync().ConfigureAwait(false);

        async ValueTask TellAsync()
        {
            await onEnd(change, end).ConfigureAwait(false);
            var done = Interlocked.Increment(ref _done);
            await output.ProgressAsync(new WorkProgress(options.Activity, $"{run.NextPlace()}: {change.Revision.Name}", 100 * done / _total))
                .ConfigureAwait(false);
        }
    }

    /// <summary>Carries out one that holds a slot.</summary>
    private async Task<StateChange> ChangeAsync(ApprovedStateChange change, AppRun run, CancellationToken cancellationToken)
    {
        if (change.IsUnderway)
        {
            return new StateChange(StateChangeOutcome.AlreadyThere, change.Revision, [], null);
        }

        if ((_halt ?? run.Halt) is { } cause)
        {
            return new StateChange(StateChangeOutcome.NotAttempted, null, [], cause);
        }

        if ((options.WhyStop() ?? run.WhyNoDrain(change)) is { } why)
        {
            return StateChange.NotAttempted(why);
        }

        var end = await _changer.ChangeAsync(change, cancellationToken).ConfigureAwait(false);
        run.HasWritten |= end.Outcome is StateChangeOutcome.Done or StateChangeOutcome.Unknown;
        HaltAfter(end.Failure, run);
        return end;
    }

    private async Task<StateChange> WaitAsync(ApprovedStateChange change, StateChange end, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (options.Deadline.IsOver)
        {
            return end with { Note = CutWait(end) };
        }

        var limit = options.Deadline.Within(timeout);
        try
        {
            var revision = await _waiter.WaitAsync(change.Revision.Id, options.Target, limit, ShowAsync, cancellationToken).ConfigureAwait(false);
            return end with { Revision = revision };
        }
        catch (RevisionToolsException failure) when (failure.Kind == FailureKind.RevisionWaitTimeout && limit < timeout)
        {
            return end with { Note = CutWait(end) };
        }
        catch (RevisionToolsException failure)
        {
            return end with { Failure = failure };
        }

        ValueTask ShowAsync(Revision revision, TimeSpan elapsed) => output.ProgressAsync(new WorkProgress(
            options.Activity, $"{revision.Name}: {revision.Stage}, {revision.Replicas ?? 0} replicas, {elapsed.TotalSeconds:0} s", null));
    }

    /// <summary>A revision that has drained is inactive too, so there is nothing else to wait for.</summary>
    private async Task<StateChange> DrainAsync(ApprovedStateChange change, StateChange end, AppRun run, CancellationToken cancellationToken)
    {
        if (options.Deadline.IsOver)
        {
            return end with { Note = CutWait(end) };
        }

        var limit = options.Deadline.Within(options.DrainTimeout);
        var drain = await _drains.WaitAsync(change.Revision.Id, limit, ShowAsync, cancellationToken).ConfigureAwait(false);
        run.Undrained ??= drain.Failure is null ? null : change.Revision.Name;
        if (drain.Failure?.Kind == FailureKind.RevisionWaitTimeout && limit < options.DrainTimeout)
        {
            return end with { Revision = drain.Revision ?? end.Revision, Note = CutWait(end) };
        }

        return end with { Revision = drain.Revision ?? end.Revision, Drain = drain, Failure = drain.Failure };

        ValueTask ShowAsync(Revision? seen, int? replicas, TimeSpan elapsed) => output.ProgressAsync(new WorkProgress(
            options.Activity, $"{change.Revision.Name}: {seen?.Stage.ToString() ?? "not seen"}, draining, {replicas?.ToString(CultureInfo.InvariantCulture) ?? "?"} replicas, {elapsed.TotalSeconds:0} s", null));
    }

    private static string CutWait(StateChange end) => $"the deadline ended the wait; it was {end.Revision?.StageReason ?? "not read back"}";

    /// <summary>Stops what would only fail in the same way: everything when Azure is out of reach, the app when it is forbidden.</summary>
    private void HaltAfter(RevisionToolsException? failure, AppRun run)
    {
        if (failure?.Kind is FailureKind.ConnectionFailed or FailureKind.AuthenticationFailed)
        {
            _halt ??= failure;
        }
        else if (failure?.Kind is FailureKind.AccessDenied)
        {
            run.Halt ??= failure;
        }
    }

    /// <summary>What the changes of one app share while they run.</summary>
    private sealed class AppRun(IEnumerable<string> names, string place)
    {
        private int _done;
        private volatile bool _hasWritten;

        public HashSet<string> Names { get; } = new(names, StringComparer.OrdinalIgnoreCase);

        public RevisionToolsException? Halt { get; set; }

        /// <summary>The revision whose replicas could not be waited for; null while there is none.</summary>
        public string? Undrained { get; set; }

        /// <summary>Why a revision whose work is to be taken over may not go yet: what went before it is still at work.</summary>
        public string? WhyNoDrain(ApprovedStateChange change) =>
            change.Drains && Undrained is { } name ? $"the replicas of {name} before it were not drained" : null;

        /// <summary>The app and the revision that is done, each counted among all.</summary>
        public string NextPlace() => $"{place}revision {Interlocked.Increment(ref _done)} of {Names.Count}";

        public bool HasWritten
        {
            get => _hasWritten;
            set => _hasWritten = value;
        }
    }
}
