using System.Globalization;
using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Watches revisions of one app.</summary>
internal sealed class AppWatch(IContainerApps azure, WatchTarget target, WatchOptions options, PollPace pace, IWorkOutput output)
{
    /// <summary>The app and the list of its revisions.</summary>
    public const int ReadsPerLook = 2;

    private readonly SnapshotReader _reader = new(azure);
    private readonly long _started = azure.Time.GetTimestamp();
    private readonly HashSet<string> _arrived = new(StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<Revision>? _last;
    private bool _isOver;
    private bool _isCutOff;

    /// <param name="firstLook">How long to hold the first look back.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task RunAsync(TimeSpan firstLook, CancellationToken cancellationToken)
    {
        for (var pause = firstLook; ; pause = pace.Next())
        {
            var left = Left;
            if (_isCutOff || left <= TimeSpan.Zero)
            {
                await TimeOutAsync().ConfigureAwait(false);
                return;
            }

            await Task.Delay(pause < left ? pause : left, azure.Time, cancellationToken).ConfigureAwait(false);
            await LookAsync(cancellationToken).ConfigureAwait(false);
            if (_isOver)
            {
                return;
            }

            await output.ProgressAsync(new WorkProgress("Watching revisions", Status(), null)).ConfigureAwait(false);
        }
    }

    private TimeSpan Elapsed => azure.Time.GetElapsedTime(_started);

    private TimeSpan Left => (options.Timeout ?? TimeSpan.MaxValue) - Elapsed;

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        AppSnapshot? snapshot;
        try
        {
            var limit = options.Timeout is null ? Timeout.InfiniteTimeSpan : TimeLimit.ForLook(Left);
            snapshot = await TimeLimit.WithinAsync(azure.Time, limit, token => _reader.ReadAsync(target.App.Id, token), cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (TransientFailure.Is(failure))
        {
            await output.VerboseAsync($"App '{target.App.Name}' could not be read, looking again: {failure.Message}").ConfigureAwait(false);
            return;
        }
        catch (RevisionToolsException failure) when (failure.Kind == FailureKind.ContainerAppNotFound && _last is not null)
        {
            await TellAsync([]).ConfigureAwait(false);
            if (options.Until is not null && !target.IsNamed && _arrived.Count == 0)
            {
                throw;
            }

            _isOver = true;
            return;
        }

        _isCutOff = snapshot is null;
        if (snapshot is null)
        {
            return;
        }

        if (_last is null)
        {
            foreach (var name in target.Missing(snapshot))
            {
                var id = new RevisionId(target.App.Id, name);
                await output.FailAsync(RevisionStateChanger.NotFound(id), id.Path).ConfigureAwait(false);
            }
        }

        await TellAsync(target.Of(snapshot)).ConfigureAwait(false);
    }

    private async Task TellAsync(IReadOnlyList<Revision> now)
    {
        var isFirst = _last is null;
        foreach (var transition in Transitions.Between(_last, now, azure.Time.GetUtcNow(), options.IncludeTraffic))
        {
            await output.EmitAsync(transition).ConfigureAwait(false);

            // In which stage the revisions of an app happen to be when the watch begins is no event; where a named one is, is an answer.
            if (transition.To == options.Until && (target.IsNamed || !isFirst))
            {
                _arrived.Add(transition.RevisionName);
            }
        }

        // One that is gone is down as well.
        if (target.IsNamed && options.Until is { } stage and not RevisionStage.Inactive)
        {
            await ReportLostAsync(stage, (_last ?? []).Where(old => !_arrived.Contains(old.Name) && !now.Any(revision => revision.Id == old.Id))).ConfigureAwait(false);
        }

        _last = now;
        _isOver = target.IsNamed ? now.All(revision => _arrived.Contains(revision.Name)) : _arrived.Count > 0;
    }

    private async Task ReportLostAsync(RevisionStage stage, IEnumerable<Revision> lost)
    {
        foreach (var revision in lost)
        {
            var failure = new RevisionToolsException(
                FailureKind.RevisionNotFound, $"Revision '{revision.Name}' is gone, and had not become {stage}; it was {revision.Stage} when it was last seen.")
            {
                ResourceId = revision.ResourceId,
            };
            await output.FailAsync(failure, revision.ResourceId).ConfigureAwait(false);
        }
    }

    private async Task TimeOutAsync()
    {
        if (options.Until is not { } stage)
        {
            return;
        }

        var waited = (_last ?? []).Where(revision => target.IsNamed && !_arrived.Contains(revision.Name))
            .Select(revision => $"'{revision.Name}' is {revision.Stage}, {revision.StageReason}").ToList();
        var elapsed = TimeSpan.FromSeconds(Math.Round(Elapsed.TotalSeconds));
        var failure = new RevisionToolsException(
            FailureKind.RevisionWaitTimeout,
            waited.Count == 0
                ? $"No revision of app '{target.App.Name}' has {(target.IsNamed ? "" : "newly ")}become {stage} within {elapsed}."
                : $"After {elapsed} not all revisions are {stage}: {string.Join("; ", waited)}.")
        {
            ResourceId = target.App.Id.Path,
            Advice = target.IsNamed
                ? "It may still come about: look with Get-AcaRevision. -TimeoutSec makes the watch longer."
                : $"What is {stage} already when the watch of an app begins does not count: name the revisions that it has to be of. -TimeoutSec makes the watch longer.",
        };
        await output.FailAsync(failure, target.App.Id.Path).ConfigureAwait(false);
    }

    private string Status() => string.Create(
        CultureInfo.InvariantCulture,
        $"{target.App.Name}: {_last?.Count ?? 0} revisions, {Elapsed.TotalSeconds:0} s");
}
