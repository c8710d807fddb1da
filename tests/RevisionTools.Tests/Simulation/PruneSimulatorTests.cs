using RevisionTools.Cmdlets.Simulation;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;
using RevisionTools.Sandbox.Server.Rehearse;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Simulation;

public sealed class PruneSimulatorTests : SandboxTest
{
    private static readonly RetentionPolicy s_keepThree = new() { KeepLast = 3 };

    [Fact]
    public async Task Each_day_adds_up()
    {
        var days = await SimulateAsync("web-*", 20, s_keepThree);

        Assert.Equal(Enumerable.Range(1, 20), days.Select(day => day.Day));
        Assert.Equal(days.Select(day => Sandbox.Clock.GetUtcNow() + TimeSpan.FromDays(day.Day)), days.Select(day => day.Date));
        var snapshots = await Task.WhenAll((await AppsAsync()).Where(app => app.Name.StartsWith("web-", StringComparison.Ordinal)).Select(app => ReadAsync(app.Id)));
        var (active, all) = (snapshots.Sum(app => app.Revisions.Count(revision => revision.IsStanding)), snapshots.Sum(app => app.Revisions.Count));
        foreach (var day in days)
        {
            all += day.Deployed - day.Purged;
            Assert.Equal(all, day.Active + day.Inactive);
            Assert.Equal(day.Kept + day.Blocked, day.Active);
            Assert.Equal(snapshots.Length, day.Apps);
            Assert.InRange(day.FailedDeployments, 0, day.Deployed);
        }

        Assert.True(days[0].Pruned > 0 && days[0].Active < active + days[0].Deployed);
        Assert.InRange(days.Average(day => day.Deployed / (double)day.Apps), 0.6, 1.5);
        Assert.True(days.Sum(day => day.FailedDeployments) > 0);
    }

    [Fact]
    public async Task A_seed_gives_the_same_days_and_another_one_others()
    {
        var policy = new RetentionPolicy { KeepLast = 2, KeepSinceCreated = TimeSpan.FromDays(2) };

        var first = await SimulateAsync("*", 5, policy, seed: 4);

        Assert.Equal(first, await SimulateAsync("*", 5, policy, seed: 4));
        Assert.NotEqual(first, await SimulateAsync("*", 5, policy, seed: 5));
    }

    [Fact]
    public async Task The_sandbox_it_was_taken_from_stays_as_it_is()
    {
        var (before, now) = (Sandbox.Export().ToJson(), Sandbox.Clock.GetUtcNow());
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Times = int.MaxValue });

        var days = await SimulateAsync("web-shop", 3, s_keepThree);

        Sandbox.ClearFaults();
        Assert.Equal(3, days.Count);
        Assert.Equal((before, now), (Sandbox.Export().ToJson(), Sandbox.Clock.GetUtcNow()));
        Assert.Empty(Sandbox.Requests);
    }

    [Fact]
    public async Task What_consumes_events_piles_up_until_it_is_handed_over()
    {
        var blocked = await SimulateAsync("orders-worker", 10, s_keepThree with { KeepLast = 1 });
        var handed = await SimulateAsync("orders-worker", 10, s_keepThree with { KeepLast = 1 }, lifts: new InterlockLifts(EventConsumer: true));

        Assert.Equal(0, blocked.Sum(day => day.Pruned));
        Assert.True(blocked[^1].Blocked > blocked[0].Blocked);
        Assert.True(handed.Sum(day => day.Pruned) > 0);
        Assert.True(handed[^1].Active < blocked[^1].Active);
    }

    [Fact]
    public async Task What_the_platform_purges_is_counted()
    {
        var before = (await ReadAsync(Shop("api-catalog"))).Revisions.Count(revision => revision.Active == false);

        var days = await SimulateAsync("api-catalog", 15, s_keepThree);

        // The service's limit of 100 holds, and it has more than that from the beginning.
        Assert.True(before > 100);
        Assert.True(days[0].Purged > 0);
        Assert.True(days.Sum(day => day.Purged) > before - 100);
        Assert.InRange(days[^1].Inactive, 100, 110);
    }

    [Fact]
    public async Task An_app_that_is_not_there_is_reported()
    {
        Assert.Empty(await SimulateAsync("nothing-like-it", 2, s_keepThree, group: "rg-shop"));
        Assert.Equal(FailureKind.ContainerAppNotFound, Assert.Single(Output.Failures).Kind);
    }

    private async Task<IReadOnlyList<PruneSimulationDay>> SimulateAsync(
        string app, int days, RetentionPolicy policy, int seed = 1, InterlockLifts? lifts = null, string? group = null)
    {
        var output = new CollectingOutput();
        var request = new PruneRequest(policy, lifts ?? InterlockLifts.None);
        await new PruneSimulator(Sandbox.Export(), request, seed, output)
            .RunAsync([new AppScope(Sandbox.SubscriptionId, group, app)], days, CancellationToken.None);
        foreach (var failure in output.Failures)
        {
            await Output.FailAsync(failure, null);
        }

        return output.Results<PruneSimulationDay>();
    }

    private async Task<IReadOnlyList<ContainerApp>> AppsAsync()
    {
        List<ContainerApp> apps = [];
        await foreach (var app in Azure.ListAppsAsync(Sandbox.SubscriptionId, null, CancellationToken.None))
        {
            apps.Add(app);
        }

        return apps;
    }
}
