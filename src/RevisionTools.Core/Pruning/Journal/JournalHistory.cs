namespace RevisionTools.Pruning.Journal;

/// <summary>All that the lines of a journal tell, taken in one after another. Pure.</summary>
internal sealed class JournalHistory
{
    public const string FormatName = "RevisionTools";

    public const int FormatVersion = 1;

    private readonly List<JournalRun> _runs = [];

    /// <summary>The runs, oldest first.</summary>
    public IReadOnlyList<JournalRun> Runs => _runs;

    public JournalRun? LastRun => _runs.Count == 0 ? null : _runs[^1];

    /// <summary>The undo that was cut off or left something over, and that goes on; null for none.</summary>
    public JournalRun? UnfinishedUndo => LastRun is { Work: JournalWork.Undo, IsComplete: false } last ? last : null;

    /// <summary>The cloud of all runs; null while there is none.</summary>
    public string? Cloud { get; private set; }

    /// <summary>How many lines there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether all that the run brought about was undone.</summary>
    public bool IsUndone(JournalRun run) =>
        _runs.Exists(other => other is { Work: JournalWork.Undo, IsComplete: true } && other.Undoes.Contains(run.Id));

    /// <summary>Takes in the next line.</summary>
    /// <exception cref="InvalidDataException">It cannot stand where it does.</exception>
    public void Add(JournalLine line)
    {
        Require(line.Seq == Count + 1, $"it says that it is line {line.Seq}; lines are missing, doubled or in another order");
        switch (line.Line)
        {
            case JournalLineKind.Run:
                Begin(line);
                break;
            case JournalLineKind.Resumed:
                Resume(line);
                break;
            case JournalLineKind.Before:
                RunOf(line).Begin(WriteOf(line), line.Time);
                break;
            case JournalLineKind.After:
                End(RunOf(line), line);
                break;
            case JournalLineKind.End:
                var run = RunOf(line);
                run.IsComplete = Known(line.Complete, "complete");
                run.HasEnded = true;
                break;
            default:
                throw new InvalidDataException($"a line of the kind '{line.Line}' is not known");
        }

        Count++;
    }

    private void Begin(JournalLine line)
    {
        Require(line.Journal == FormatName, "it is not the beginning of a run of a RevisionTools journal");
        Require(line.Version == FormatVersion, $"version {line.Version} of the format is not known; this module knows {FormatVersion}");
        var cloud = Known(line.Cloud, "cloud");
        Require(Cloud is null || Cloud == cloud, $"it is about '{cloud}', and the lines above about '{Cloud}'");
        Require(!_runs.Exists(run => run.Id == line.Run), $"run {line.Run} begins a second time");
        Cloud = cloud;
        _runs.Add(new JournalRun(line.Run, Known(line.Work, "work"), line.Time) { Policy = line.Policy, Undoes = UndoesOf(line) ?? [] });
    }

    private void Resume(JournalLine line)
    {
        var run = LastRun;
        Require(run?.Id == line.Run && !run.IsComplete, $"run {line.Run} is not one that could go on here");
        run!.HasEnded = false;
        run.Policy = line.Policy ?? run.Policy;
        run.Undoes = UndoesOf(line) ?? run.Undoes;
    }

    private IReadOnlyList<string>? UndoesOf(JournalLine line)
    {
        var unknown = line.Undoes?.FirstOrDefault(id => !_runs.Exists(run => run.Id == id && run.Work == JournalWork.Prune));
        Require(unknown is null, $"it undoes run {unknown}, of which nothing is said above");
        return line.Undoes;
    }

    private void End(JournalRun run, JournalLine line)
    {
        var write = WriteOf(line);
        var known = run.Find(write);
        Require(known is not null, "it tells the end of a write that was never begun");
        known!.Outcome = Known(line.Outcome, "outcome");
        if (run.Work == JournalWork.Undo && known.Outcome == PruneWriteOutcome.Done)
        {
            Reverse(run.Undoes, write);
        }
    }

    private void Reverse(IReadOnlyList<string> undone, PruneWrite write)
    {
        var kind = write.Kind == PruneWriteKind.Activate ? PruneWriteKind.Deactivate : write.Kind;
        foreach (var run in _runs.Where(run => undone.Contains(run.Id)))
        {
            foreach (var reversed in run.Writes.Where(other => other.Write.Kind == kind && other.Write.ResourceKey == write.ResourceKey
                && other.Write.CreatedTime == write.CreatedTime && (kind == PruneWriteKind.Deactivate || other.Write.Before == write.After)))
            {
                reversed.IsReversed = true;
            }
        }
    }

    private JournalRun RunOf(JournalLine line)
    {
        Require(LastRun?.Id == line.Run && !LastRun.HasEnded, $"run {line.Run} is not under way here");
        return LastRun!;
    }

    private PruneWrite WriteOf(JournalLine line)
    {
        var kind = Known(line.Kind, "kind");
        var id = Known(line.ResourceId, "resourceId");
        var isLimit = kind == PruneWriteKind.SetMaxInactive;
        Require(isLimit || kind == (LastRun!.Work == JournalWork.Undo ? PruneWriteKind.Activate : PruneWriteKind.Deactivate), $"{kind} is nothing that such a run does");
        Require(isLimit ? ContainerAppId.TryParse(id) is not null : RevisionId.TryParse(id) is not null, $"'{id}' is not the id of what {kind} is about");
        Require(!isLimit || (line.Before is not null && line.After is not null), "the limits are missing");
        return new PruneWrite(kind, id) { CreatedTime = line.CreatedTime, Before = line.Before, After = line.After };
    }

    private static T Known<T>(T? value, string name)
        where T : struct
    {
        Require(value is not null, $"its '{name}' is missing");
        return value!.Value;
    }

    private static string Known(string? value, string name)
    {
        Require(!string.IsNullOrEmpty(value), $"its '{name}' is missing");
        return value!;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
