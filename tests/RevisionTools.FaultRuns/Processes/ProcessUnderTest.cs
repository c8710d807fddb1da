using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.FaultRuns.Journal;
using RevisionTools.FaultRuns.Oracle;
using RevisionTools.FaultRuns.Time;
using RevisionTools.Pruning.Journal;
using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns.Processes;

/// <summary>One process of the code under test, with a connection of its own, from its start to its end, early or not.</summary>
internal sealed class ProcessUnderTest : IDisposable
{
    private readonly Watch _watch;
    private readonly JournalDisk? _disk;
    private readonly Cut? _cut;
    private readonly Wire _wire;
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<int> _operatorMoments;
    private readonly Action _operate;
    private readonly bool _writesLate;
    private PruneJournal? _journal;
    private bool _isOver;

    public ProcessUnderTest(World world, ContainerAppsSandbox sandbox, Watch watch, JournalDisk? disk, ProcessTerms terms)
    {
        (_watch, _disk, _cut, _writesLate) = (watch, disk, terms.Cut, terms.WritesJournalLate);
        (_operatorMoments, _operate) = (terms.OperatorMoments, terms.Operate);
        Life = new ProcessLife(terms.Number);
        _wire = new Wire(world, Life, sandbox, watch, new Random(terms.Seed)) { OnServed = AfterServed };
        Time = new ProcessClock(world, Life);
        var settings = ConnectionSettings.ForSandbox(_wire, Time, sandbox.SubscriptionId);
        Azure = new ContainerAppsClient(settings.Arm with { Random = new Random(terms.Seed) });
    }

    public ProcessLife Life { get; }

    public TimeProvider Time { get; }

    public ContainerAppsClient Azure { get; }

    public CancellationToken Stop => _stop.Token;

    /// <summary>The journal, opened as the commands do.</summary>
    public PruneJournal OpenJournal(bool create) => _journal ??= PruneJournal.Open(_disk!.Path, "Sandbox", Time, create);

    public JournalTap Tap(PruneJournal journal) => new(journal, Life, AfterLine, _writesLate);

    /// <summary>Lets it work until it is done or comes to its early end.</summary>
    /// <returns>Whether it got to its own end.</returns>
    public async Task<bool> RunAsync(Func<Task> work)
    {
        var running = work();
        await Task.WhenAny(running, Life.Death).ConfigureAwait(false);
        if (Life.IsDead)
        {
            _journal?.Dispose();
            return false;
        }

        try
        {
            await running.ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            _journal?.Dispose();
        }
    }

    public void Dispose()
    {
        _isOver = true;
        _stop.Dispose();
    }

    private void AfterServed(int count)
    {
        if (_operatorMoments.Contains(count))
        {
            _operate();
        }

        if (count == _cut?.AfterRequests)
        {
            End(torn: null);
        }
    }

    private void AfterLine(int count)
    {
        if (count == _cut?.AfterLines)
        {
            End(_cut.Torn);
        }
    }

    private void End(double? torn)
    {
        // A call that it has let go of may be served when it is over.
        if (Life.IsDead || _isOver)
        {
            return;
        }

        if (!_cut!.IsKill)
        {
            _watch.Note($"     p{Life.Number} is asked to stop");
            _stop.Cancel();
            return;
        }

        _watch.Note($"     p{Life.Number} is killed{(torn is null ? "" : " while it writes a line")}");
        _disk?.Die(torn);
        _wire.Cut();
    }
}
