using RevisionTools.Work;

namespace RevisionTools.Pruning.Journal;

/// <summary>
/// The journal of prunes and their undo: a file of JSON lines to which one line is added before and one after each write. A line is on the
/// disk before what it tells of is sent, so a process may be ended at any moment.
/// </summary>
internal sealed class PruneJournal : IPruneJournal, IDisposable
{
    private readonly object _lock = new();
    private readonly JournalFile _file;
    private readonly string _path;
    private readonly string _cloud;
    private readonly TimeProvider _time;
    private JournalRun? _run;

    private PruneJournal(JournalFile file, string path, string cloud, TimeProvider time) =>
        (_file, _path, _cloud, _time) = (file, path, cloud, time);

    /// <inheritdoc/>
    public RevisionToolsException? Failure { get; private set; }

    public JournalHistory History => _file.History;

    /// <summary>The run that was cut off or ended early, and that a prune goes on with; null for none.</summary>
    public JournalRun? Unfinished => History.LastRun is { Work: JournalWork.Prune, IsComplete: false } last ? last : null;

    /// <inheritdoc cref="JournalHistory.UnfinishedUndo"/>
    public JournalRun? UnfinishedUndo => History.UnfinishedUndo;

    /// <summary>The run that is under way.</summary>
    public JournalRun Run => _run ?? throw new InvalidOperationException("No run has begun.");

    /// <summary>What the run that is under way or goes on has deactivated, or may have.</summary>
    public IReadOnlySet<RevisionId> OwnDeactivations => (_run ?? Unfinished)?.Writes
        .Where(write => write.Write.Kind == PruneWriteKind.Deactivate && write.MayHold)
        .Select(write => RevisionId.TryParse(write.Write.ResourceId)!.Value).ToHashSet() ?? [];

    /// <summary>The limits of inactive revisions that the run that is under way or goes on has set, or may have.</summary>
    public IReadOnlyDictionary<ContainerAppId, int> OwnLimits => (_run ?? Unfinished)?.Writes
        .Where(write => write.Write.Kind == PruneWriteKind.SetMaxInactive && write.MayHold)
        .GroupBy(write => ContainerAppId.TryParse(write.Write.ResourceId)!.Value)
        .ToDictionary(app => app.Key, app => app.Last().Write.After!.Value) ?? [];

    /// <summary>Opens a journal for a run, and makes the file where there is none and <paramref name="create"/> allows it. Nothing of what stands there is changed yet.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="cloud">The cloud of the connection, or <c>Sandbox</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="create">Whether a new journal may be begun.</param>
    /// <exception cref="RevisionToolsException">
    /// <see cref="FailureKind.InvalidJournal"/> for one that is not ours, damaged, of another cloud or in use;
    /// <see cref="FailureKind.FileNotWritten"/> where no file can be written there.
    /// </exception>
    public static PruneJournal Open(string path, string cloud, TimeProvider time, bool create = true)
    {
        var file = JournalFile.Open(path, create);
        try
        {
            RequireCloud(file.History, path, cloud);
            return new PruneJournal(file, path, cloud, time);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a journal without changing it.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidJournal"/></exception>
    public static JournalHistory Read(string path, string cloud)
    {
        var history = JournalFile.Read(path);
        RequireCloud(history, path, cloud);
        return history;
    }

    /// <summary>Begins a run, or goes on with the one that was cut off or ended early.</summary>
    /// <param name="policy">The keep rules in words.</param>
    /// <param name="lifts">The caution interlocks that were lifted.</param>
    /// <param name="output">Told what was found in the file.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.FileNotWritten"/></exception>
    public async ValueTask BeginPruneAsync(string policy, IReadOnlyList<string> lifts, IWorkOutput output)
    {
        var last = Unfinished;
        var changed = last?.Policy is { } former && former != policy ? former : null;
        Begin(last, JournalWork.Prune, line => line with { Policy = policy, Lifts = lifts });
        await TellAsync(last, output).ConfigureAwait(false);
        if (changed is not null)
        {
            await output.WarnAsync($"The run that goes on was begun by other rules: {changed}. Now those of this command hold.").ConfigureAwait(false);
        }
    }

    /// <summary>Begins an undo, or goes on with the one that was cut off or ended early.</summary>
    /// <param name="runs">The runs that it undoes.</param>
    /// <param name="output">Told what was found in the file.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.FileNotWritten"/></exception>
    public ValueTask BeginUndoAsync(IReadOnlyList<JournalRun> runs, IWorkOutput output)
    {
        var last = UnfinishedUndo;
        Begin(last, JournalWork.Undo, line => line with { Undoes = [.. runs.Select(run => run.Id)] });
        return TellAsync(last, output);
    }

    /// <inheritdoc/>
    public ValueTask BeforeAsync(PruneWrite write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Append(JournalLineKind.Before, line => Of(write, line));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask AfterAsync(PruneWrite write, PruneWriteOutcome outcome, string message)
    {
        try
        {
            Append(JournalLineKind.After, line => Of(write, line) with { Outcome = outcome, Message = message });
        }
        catch (RevisionToolsException failure) when (failure == Failure)
        {
            // Said by Failure: what was sent has ended all the same.
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the run.</summary>
    /// <param name="complete">Whether nothing is left over. A write of which nobody knows whether it took effect is left over in any case.</param>
    /// <param name="counts">How many results there were of each outcome.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.FileNotWritten"/></exception>
    public void End(bool complete, IReadOnlyDictionary<string, int> counts) => Append(
        JournalLineKind.End, line => line with { Complete = complete && !Run.Writes.Any(write => write.IsOpen), Counts = counts });

    public void Dispose() => _file.Dispose();

    private static void RequireCloud(JournalHistory history, string path, string cloud)
    {
        if (history.Cloud is { } other && other != cloud)
        {
            throw new RevisionToolsException(
                FailureKind.InvalidJournal, $"The journal '{path}' is about '{other}', and the connection is to '{cloud}'.");
        }
    }

    private static JournalLine Of(PruneWrite write, JournalLine line) => line with
    {
        Kind = write.Kind,
        ResourceId = write.ResourceId,
        CreatedTime = write.CreatedTime,
        Before = write.Before,
        After = write.After,
    };

    private void Begin(JournalRun? last, JournalWork work, Func<JournalLine, JournalLine> complete)
    {
        var id = last?.Id ?? Guid.NewGuid().ToString();
        Append(last is null ? JournalLineKind.Run : JournalLineKind.Resumed, id, line => complete(line) with
        {
            Journal = last is null ? JournalHistory.FormatName : null,
            Version = last is null ? JournalHistory.FormatVersion : null,
            Work = last is null ? work : null,
            Cloud = last is null ? _cloud : null,
            Module = typeof(PruneJournal).Assembly.GetName().Version?.ToString(3),
        });
        _run = History.LastRun;
    }

    private async ValueTask TellAsync(JournalRun? last, IWorkOutput output)
    {
        if (_file.IsCut)
        {
            await output.WarnAsync($"The last line of the journal '{_path}' was cut off and has been removed; what it would have told was not sent yet, or is looked up.")
                .ConfigureAwait(false);
        }

        if (last is not null)
        {
            await output.VerboseAsync($"Run {last.Id}, begun {last.Started:u}, goes on.").ConfigureAwait(false);
        }
    }

    private void Append(JournalLineKind kind, Func<JournalLine, JournalLine> complete) => Append(kind, Run.Id, complete);

    private void Append(JournalLineKind kind, string run, Func<JournalLine, JournalLine> complete)
    {
        lock (_lock)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            try
            {
                _file.Append(complete(new JournalLine { Seq = History.Count + 1, Line = kind, Run = run, Time = _time.GetUtcNow() }));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                Failure = new RevisionToolsException(
                    FailureKind.FileNotWritten, $"The journal '{_path}' could not be written, so nothing more is sent: {failure.Message}", failure);
                throw Failure;
            }
        }
    }
}
