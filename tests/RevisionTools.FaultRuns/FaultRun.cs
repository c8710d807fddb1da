using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.FaultRuns.Fleet;
using RevisionTools.FaultRuns.Mutants;
using RevisionTools.FaultRuns.Oracle;
using RevisionTools.FaultRuns.Time;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;

namespace RevisionTools.FaultRuns;

/// <summary>One run: all of it follows from the seed.</summary>
internal sealed class FaultRun : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 15, 9, 0, 0, TimeSpan.Zero);

    private readonly Random _random;
    private readonly World _world = new(s_start);
    private readonly Watch _watch;
    private readonly ContainerAppsSandbox _sandbox;
    private readonly SecondOperator _operator;
    private readonly PruneRequest _request;
    private readonly int _throttle;
    private readonly TimeSpan? _wait;
    private readonly int _seed;
    private int _lives;

    private FaultRun(int seed, Mutant? mutant, bool isVerbose)
    {
        _seed = seed;
        _random = new Random(seed);
        _watch = new Watch(_world, isVerbose);
        _sandbox = new ContainerAppsSandbox(_world.ServiceClock, DrawFleet(), seed);
        _watch.Over(_sandbox);
        _operator = new SecondOperator(_sandbox, _watch, new Random(_random.Next()));
        var lifts = new InterlockLifts(_random.In100(35), _random.In100(45));
        _request = new PruneRequest(RandomPolicy.Draw(_random), lifts) { Interlocks = mutant?.Interlocks ?? InterlockRules.Default };
        _watch.Terms = Terms(_request);
        _throttle = _random.Next(1, 9);
        _wait = _random.In100(40) ? _random.Of(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(5)) : null;
    }

    /// <summary>Makes the run.</summary>
    /// <param name="seed">What all of it follows from.</param>
    /// <param name="mutant">What is wrong with the code under test; null for nothing.</param>
    /// <param name="isVerbose">Whether to keep the log.</param>
    public static RunReport Of(int seed, Mutant? mutant = null, bool isVerbose = false)
    {
        using var run = new FaultRun(seed, mutant, isVerbose);
        run._watch.Note($"     seed {seed}: {run._request.Policy} {run._request.Lifts} throttle {run._throttle} wait {run._wait}");
        var broken = run._world.Run(run.RunAsync);
        return new RunReport(seed, broken, run._watch.Hash, run._watch.Requests, run._watch.Deactivated, run._world.Now - s_start, run._watch.Lines);
    }

    public void Dispose() => _sandbox.Dispose();

    private async Task RunAsync()
    {
        foreach (var fault in RandomFaults.Draw(_random, _operator.Act))
        {
            _watch.Note($"     fault: {fault}");
            _sandbox.Inject(fault);
        }

        _world.Limit(TimeSpan.FromHours(12));
        var (life, wire, azure) = Start();
        ScheduleOperator(wire);
        var output = new RunOutput(life, _watch);
        var scopes = _sandbox.Tenant.Apps.Select(app => new AppScope(_sandbox.SubscriptionId, app.Group, app.Name)).ToList();
        IReadOnlyList<PrunePlan> plans;
        try
        {
            plans = await new PlanReader(azure, output).ReadAsync(scopes, _request, _throttle, CancellationToken.None).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (failure.Kind == FailureKind.AuthenticationFailed)
        {
            // Without a token nothing can be planned, and the command ends with that.
            return;
        }

        await PauseAsync(_random.Span(TimeSpan.Zero, TimeSpan.FromSeconds(_random.Of(1, 300)))).ConfigureAwait(false);

        List<ApprovedPrune> approved = [.. plans.Select(ApprovedPrune.Whole).Where(prune => prune.Entries.Count > 0)];
        foreach (var prune in approved)
        {
            _watch.Approve($"{prune.Plan.ResourceGroupName}/{prune.Plan.ContainerAppName}", prune.Entries.Select(entry => entry.Name));
            _watch.Note($"     plan: {string.Join("; ", prune.Plan.Entries.Select(entry => $"{entry} ({entry.Stage})"))}");
        }

        var results = new ResultCheck(_watch, life);
        var options = new PruneRunOptions { ThrottleLimit = _throttle, WaitTimeout = _wait, Random = new Random(_seed) };
        await new PruneRunner(azure, options, new RunOutput(life, _watch, results.Check)).RunAsync(approved, CancellationToken.None).ConfigureAwait(false);
        results.RequireOneEach(approved.SelectMany(prune => prune.Entries).Select(entry => entry.ResourceId));
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

    private (ProcessLife Life, Wire Wire, ContainerAppsClient Azure) Start()
    {
        var life = new ProcessLife(++_lives);
        var wire = new Wire(_world, life, _sandbox, _watch, new Random(_random.Next()));
        var settings = ConnectionSettings.ForSandbox(wire, new ProcessClock(_world, life), _sandbox.SubscriptionId);
        return (life, wire, new ContainerAppsClient(settings.Arm with { Random = new Random(_seed) }));
    }

    private void ScheduleOperator(Wire wire)
    {
        var moments = Enumerable.Range(0, _random.Of(0, 1, 2, 5)).Select(_ => _random.Next(1, 50)).ToHashSet();
        wire.OnServed = count =>
        {
            if (moments.Contains(count))
            {
                _world.After(_random.Span(TimeSpan.Zero, TimeSpan.FromSeconds(2)), null, _operator.Act);
            }
        };
    }

    private async Task PauseAsync(TimeSpan span)
    {
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
        HasCeiling = request.Policy.MaxActive is not null,
    };
}
