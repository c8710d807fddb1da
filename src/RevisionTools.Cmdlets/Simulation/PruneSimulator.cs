using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;
using RevisionTools.Work;

namespace RevisionTools.Cmdlets.Simulation;

/// <summary>
/// Runs a retention policy over days that have not been. A copy of a sandbox lives through them on a clock of its own, with deployments that
/// a seed decides; each day ends with the plan and the prune that would be made of the real fleet.
/// </summary>
/// <param name="scenario">The state to begin with; what it was taken from is not touched.</param>
/// <param name="request">The policy, and what the caller lifted.</param>
/// <param name="seed">Where chance begins: deployments and durations follow from it.</param>
/// <param name="output">Is given each day as soon as it is over.</param>
internal sealed class PruneSimulator(SandboxScenario scenario, PruneRequest request, int seed, IWorkOutput output)
{
    // Side by side the machine would decide the order, and one simulation would not be like the other.
    private const int OneByOne = 1;

    private const int MinutesOfWork = 20 * 60;

    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private readonly Random _random = new(seed);

    // Apart from the deployments: how often a run looks must not decide what is deployed after it.
    private readonly Random _pauses = new(seed);

    /// <param name="scopes">The apps.</param>
    /// <param name="days">How many days.</param>
    /// <param name="cancellationToken">Ends the simulation.</param>
    public async Task RunAsync(IReadOnlyList<AppScope> scopes, int days, CancellationToken cancellationToken)
    {
        var apps = await FindAsync(scopes, cancellationToken).ConfigureAwait(false);
        if (apps.Count == 0)
        {
            return;
        }

        var alone = scenario.Apps.Where(app => apps.Any(id => Names.Same(id.Name, app.Name) && Names.Same(id.ResourceGroupName, app.ResourceGroup)));
        using var sandbox = Open(scenario with { Apps = [.. alone] });
        var azure = ClientOf(sandbox);
        var clock = sandbox.Clock;
        var deployments = new SimulatedDeployments(azure, clock, _random);
        var start = clock.GetUtcNow();
        var before = await ReadAsync(azure, apps, cancellationToken).ConfigureAwait(false);
        for (var day = 1; day <= days; day++)
        {
            await output.ProgressAsync(new WorkProgress("Simulating", $"day {day} of {days}", 100 * (day - 1) / days)).ConfigureAwait(false);
            var made = await DeployAsync(deployments, clock, apps, start + ((day - 1) * s_day), day, cancellationToken).ConfigureAwait(false);
            var end = start + (day * s_day);
            AdvanceTo(clock, end);
            List<SimulatedDay> ended = [];
            for (var index = 0; index < apps.Count; index++)
            {
                var one = await PruneAsync(azure, apps[index], made[index], before[index], cancellationToken).ConfigureAwait(false);
                before[index] = one.After;
                ended.Add(one);
            }

            sandbox.ClearRequests();
            await output.EmitAsync(SimulatedDay.Sum(day, end, ended)).ConfigureAwait(false);
        }
    }

    /// <summary>The deployments of a day in the order of their hours, over all apps.</summary>
    private async Task<(int Deployed, int Failed)[]> DeployAsync(
        SimulatedDeployments deployments, SandboxClock clock, IReadOnlyList<ContainerAppId> apps, DateTimeOffset start, int day, CancellationToken cancellationToken)
    {
        var drawn = apps.SelectMany((_, index) => Enumerable.Range(0, deployments.DrawCount()).Select(number => (Minute: _random.Next(MinutesOfWork), Index: index, Number: number)))
            .OrderBy(deployment => deployment.Minute).ToList();
        var made = new (int Deployed, int Failed)[apps.Count];
        foreach (var (minute, index, number) in drawn)
        {
            AdvanceTo(clock, start.AddMinutes(minute));
            var isReady = await deployments.DeployAsync(apps[index], $"sim{day:000}{(char)('a' + number)}", cancellationToken).ConfigureAwait(false);
            made[index].Deployed += isReady is null ? 0 : 1;
            made[index].Failed += isReady == false ? 1 : 0;
        }

        return made;
    }

    private async Task<SimulatedDay> PruneAsync(
        ContainerAppsClient azure, ContainerAppId id, (int Deployed, int Failed) made, AppSnapshot before, CancellationToken cancellationToken)
    {
        var counting = new SimulationOutput();
        var plans = await new PlanReader(azure, counting)
            .ReadAsync([new AppScope(id.SubscriptionId, id.ResourceGroupName, id.Name)], request, OneByOne, cancellationToken).ConfigureAwait(false);
        var plan = plans[0];
        var options = new PruneRunOptions { ThrottleLimit = OneByOne, Random = _pauses };
        await new PruneRunner(azure, options, counting).RunAsync([ApprovedPrune.Whole(plan)], cancellationToken).ConfigureAwait(false);

        var after = await new SnapshotReader(azure).ReadAsync(id, cancellationToken).ConfigureAwait(false);
        return new SimulatedDay(made.Deployed, made.Failed)
        {
            Plan = plan,
            Pruned = counting.Pruned,
            After = after,
            Purged = before.Revisions.Count + made.Deployed - after.Revisions.Count,
        };
    }

    private static ContainerAppsSandbox Open(SandboxScenario scenario) =>
        new(new SandboxClock(scenario.Time!.Value), scenario with { Faults = [], Throttling = false });

    private ContainerAppsClient ClientOf(ContainerAppsSandbox sandbox) =>
        new(ConnectionSettings.ForSandbox(sandbox, sandbox.Clock, sandbox.SubscriptionId).Arm with { Random = new Random(seed) });

    private async Task<IReadOnlyList<ContainerAppId>> FindAsync(IReadOnlyList<AppScope> scopes, CancellationToken cancellationToken)
    {
        List<ContainerAppId> apps = [];
        using var sandbox = Open(scenario);
        await new ScopeReader(ClientOf(sandbox), output).ForEachAppAsync(
            [.. scopes.Select(scope => scope with { RevisionName = null })],
            (app, _) =>
            {
                apps.Add(app.Id);
                return Task.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        return [.. apps.Distinct()];
    }

    private static async Task<AppSnapshot[]> ReadAsync(ContainerAppsClient azure, IReadOnlyList<ContainerAppId> apps, CancellationToken cancellationToken)
    {
        var reader = new SnapshotReader(azure);
        List<AppSnapshot> snapshots = [];
        foreach (var app in apps)
        {
            snapshots.Add(await reader.ReadAsync(app, cancellationToken).ConfigureAwait(false));
        }

        return [.. snapshots];
    }

    private static void AdvanceTo(SandboxClock clock, DateTimeOffset moment)
    {
        var left = moment - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            clock.Advance(left);
        }
    }
}
