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

    /// <param name="firstLook">How long to hold the first look back.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task RunAsync(TimeSpan firstLook, CancellationToken cancellationToken)
    {
        for (var pause = firstLook; ; pause = pace.Next())
        {
            var left = (options.Timeout ?? TimeSpan.MaxValue) - azure.Time.GetElapsedTime(_started);
            if (left <= TimeSpan.Zero)
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

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        AppSnapshot snapshot;
        try
        {
            snapshot = await _reader.ReadAsync(target.App.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (TransientFailure.Is(failure))
        {
            await output.VerboseAsync($"App '{target.App.Name}' could not be read, looking again: {failure.Message}").ConfigureAwait(false);
            return;
        }
        catch (RevisionToolsException failure) when (failure.Kind == FailureKind.ContainerAppNotFound && _last is not null)
        {
            await TellAsync([]).ConfigureAwait(false);
            _isOver = true;
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

        _last = now;
        _isOver = target.IsNamed ? now.All(revision => _arrived.Contains(revision.Name)) : _arrived.Count > 0;
    }

    private async Task TimeOutAsync()
    {
        if (options.Until is not { } stage)
        {
            return;
        }

        var waited = (_last ?? []).Where(revision => target.IsNamed && !_arrived.Contains(revision.Name))
            .Select(revision => $"'{revision.Name}' is {revision.Stage}, {revision.StageReason}").ToList();
        var failure = new RevisionToolsException(
            FailureKind.RevisionWaitTimeout,
            waited.Count == 0
                ? $"No revision of app '{target.App.Name}' has become {stage} within {options.Timeout}."
                : $"After {options.Timeout} not all revisions are {stage}: {string.Join("; ", waited)}.")
        {
            ResourceId = target.App.Id.Path,
        };
        await output.FailAsync(failure, target.App.Id.Path).ConfigureAwait(false);
    }

    private string Status() => string.Create(
        CultureInfo.InvariantCulture,
        $"{target.App.Name}: {_last?.Count ?? 0} revisions, {azure.Time.GetElapsedTime(_started).TotalSeconds:0} s");
}
