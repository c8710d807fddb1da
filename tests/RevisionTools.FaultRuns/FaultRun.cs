using RevisionTools.FaultRuns.Fleet;
using RevisionTools.FaultRuns.Journal;
using RevisionTools.FaultRuns.Mutants;
using RevisionTools.FaultRuns.Oracle;
using RevisionTools.FaultRuns.Processes;
using RevisionTools.FaultRuns.Time;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Pruning.Undo;
using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns;

/// <summary>One run: a prune, taken up again as often as it is cut off, and its undo likewise. All of it follows from the seed.</summary>
internal sealed class FaultRun : IDisposable
{
    private const int MostLives = 4;

    private static readonly DateTimeOffset s_start = new(2026, 1, 15, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_budget = TimeSpan.FromHours(3);

    private readonly Random _random;
    private readonly World _world = new(s_start);
    private readonly Watch _watch;
    private readonly ContainerAppsSandbox _sandbox;
    private readonly SecondOperator _operator;
    private readonly JournalDisk? _disk;
    private readonly Mutant? _mutant;
    private readonly PruneCall _call;
    private int _lives;

    private FaultRun(int seed, Mutant? mutant, bool isVerbose)
    {
        _random = new Random(seed);
        _mutant = mutant;
        _disk = _random.In100(70) ? new JournalDisk() : null;
        _watch = new Watch(_world, _disk, isVerbose);
        _sandbox = new ContainerAppsSandbox(_world.ServiceClock, DrawFleet(), seed);
        _watch.Over(_sandbox);
        _operator = new SecondOperator(_sandbox, _watch, new Random(_random.Next()));
        _call = DrawCall(seed);
        _watch.Terms = Terms(_call.Request);
        _watch.Note($"     seed {seed}: {_call}");
    }

    /// <summary>Makes the run.</summary>
    /// <param name="seed">What all of it follows from.</param>
    /// <param name="mutant">What is wrong with the code under test; null for nothing.</param>
    /// <param name="isVerbose">Whether to keep the log.</param>
    public static RunReport Of(int seed, Mutant? mutant = null, bool isVerbose = false)
    {
        using var run = new FaultRun(seed, mutant, isVerbose);
        var broken = run._world.Run(run.RunAsync);
        return new RunReport(seed, broken, run._watch.Hash, run._watch.Requests, run._watch.Deactivated, run._lives, run._world.Now - s_start, run._watch.Lines);
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        _disk?.Dispose();
    }

    private async Task RunAsync()
    {
        Spoil();
        await PruneAsync().ConfigureAwait(false);
        if (_disk is not null)
        {
            await PauseAsync(_random.Of(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(20), TimeSpan.FromDays(1))).ConfigureAwait(false);
            await UndoAsync().ConfigureAwait(false);
        }
    }

    private async Task PruneAsync()
    {
        for (var life = 1; ; life++)
        {
            using var process = Start(isLast: life == MostLives);
            var isDone = await process.RunAsync(new PruneProcess(process, _watch, _call).RunAsync).ConfigureAwait(false);
            if (isDone || _disk is null)
            {
                return;
            }

            await PauseAsync(_random.Span(TimeSpan.Zero, TimeSpan.FromMinutes(5))).ConfigureAwait(false);
        }
    }

    private async Task UndoAsync()
    {
        _watch.IsUndoing = true;
        Spoil();
        for (var life = 1; ; life++)
        {
            var isQuiet = life == MostLives;
            if (isQuiet)
            {
                // The last one meets no trouble, so that it can be seen whether all comes back in the end.
                _watch.Note("     all is quiet");
                _sandbox.ClearFaults();
                await PauseAsync(TimeSpan.FromMinutes(30)).ConfigureAwait(false);
            }

            using var process = Start(isQuiet);
            var undo = new UndoProcess(process, _watch, _disk!, new UndoOptions { ThrottleLimit = _call.ThrottleLimit, WaitTimeout = _call.Options.WaitTimeout, Random = _call.Options.Random });
            if (!await process.RunAsync(undo.RunAsync).ConfigureAwait(false) || (!undo.IsComplete && !isQuiet))
            {
                await PauseAsync(_random.Span(TimeSpan.Zero, TimeSpan.FromMinutes(5))).ConfigureAwait(false);
                continue;
            }

            RequireAllBack(undo);
            return;
        }
    }

    /// <summary>
    /// After the undo all is up that we have taken down, less what is gone, what has another revision in its place, and what the undo names as
    /// not brought back. What the second operator does in between is his: revisions of apps that he has worked on since are his as well.
    /// </summary>
    private void RequireAllBack(UndoProcess undo)
    {
        foreach (var (key, mark) in _watch.Marks.Where(mark => mark.Value.IsDownByUs))
        {
            var parts = key.Split('/');
            var appKey = $"{parts[0]}/{parts[1]}";
            var view = _watch.Look(appKey);
            if (view?.Find(parts[2]) is not { IsStanding: false } revision || revision.Created != mark.Created || _watch.OthersOn(appKey) > mark.Others)
            {
                continue;
            }

            // Reads that are behind the times show one as active that is down; nothing tells it from one that never went.
            var isFooled = _watch.HadStaleReads;
            var id = $"/subscriptions/{_sandbox.SubscriptionId}/resourceGroups/{parts[0]}/providers/Microsoft.App/containerApps/{parts[1]}/revisions/{parts[2]}";
            if (undo.Results.OutcomeOf(id) is not (UndoOutcome.Blocked or UndoOutcome.Failed or UndoOutcome.Unknown or UndoOutcome.NotAttempted)
                && !(isFooled && undo.Results.OutcomeOf(id) == UndoOutcome.AlreadyActive))
            {
                _watch.Break("Not all is back after the undo", $"{parts[2]} is down, and the undo says {undo.Results.OutcomeOf(id)?.ToString() ?? "nothing"}");
            }
        }
    }

    private void Spoil()
    {
        foreach (var fault in RandomFaults.Draw(_random, _operator.Act))
        {
            _watch.Note($"     fault: {fault}");
            _sandbox.Inject(fault);
        }
    }

    private ProcessUnderTest Start(bool isLast)
    {
        _world.Limit(s_budget);
        var moments = isLast ? [] : Enumerable.Range(0, _random.Of(0, 1, 2, 5)).Select(_ => _random.Next(1, 50)).ToHashSet();
        return new ProcessUnderTest(_world, _sandbox, _watch, _disk, new ProcessTerms
        {
            Number = ++_lives,
            Seed = _random.Next(),
            Cut = isLast ? null : Cut.Draw(_random),
            OperatorMoments = moments,
            Operate = () => _world.After(_random.Span(TimeSpan.Zero, TimeSpan.FromSeconds(2)), null, _operator.Act),
            WritesJournalLate = _mutant?.WritesJournalLate == true,
        });
    }

    private SandboxScenario DrawFleet()
    {
        while (true)
        {
            var fleet = RandomFleet.Draw(_random);
            try
            {
                ScenarioChecks.Check(fleet);
                return fleet;
            }
            catch (ScenarioException)
            {
                // Not every draw fits together.
            }
        }
    }

    private PruneCall DrawCall(int seed)
    {
        var throttle = _random.Next(1, 9);
        return new PruneCall
        {
            Request = new PruneRequest(RandomPolicy.Draw(_random), new InterlockLifts(_random.In100(35), _random.In100(45)))
            {
                Interlocks = _mutant?.Interlocks ?? InterlockRules.Default,
            },
            Scopes = [.. _sandbox.Tenant.Apps.Select(app => new AppScope(_sandbox.SubscriptionId, app.Group, app.Name))],
            ThrottleLimit = throttle,
            Options = new PruneRunOptions
            {
                ThrottleLimit = throttle,
                WaitTimeout = _random.In100(40) ? _random.Of(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(5)) : null,
                DrainTimeout = _random.In100(25) ? TimeSpan.FromMinutes(2) : TimeSpan.Zero,
                MaxFailure = _random.In100(15) ? _random.Next(1, 3) : null,
                Random = new Random(seed),
            },
            Change = _mutant?.ForgetsAtCall == true ? RunMutants.Forget : plan => plan,
            HasJournal = _disk is not null,
            Deadline = _random.In100(12) ? _random.Span(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(3)) : null,
            Thinking = _random.Span(TimeSpan.Zero, TimeSpan.FromSeconds(_random.Of(1, 300))),
        };
    }

    private async Task PauseAsync(TimeSpan span)
    {
        _world.Limit(s_budget + span);
        var pause = new TaskCompletionSource();
        _world.After(span, null, pause.SetResult);
        await pause.Task.ConfigureAwait(false);
    }

    private static PruneTerms Terms(PruneRequest request) => new()
    {
        LiftsLabelled = request.Lifts.Labelled,
        LiftsConsumers = request.Lifts.EventConsumer,
        FailedAfter = request.Policy.Failed,
        KeepNames = request.Policy.KeepName,
        KeepLast = request.Policy.KeepLast ?? 0,
        KeepSinceCreated = request.Policy.KeepSinceCreated,
        MaxInactive = request.Policy.MaxInactive,
        HasCeiling = request.Policy.MaxActive is not null,
    };
}
