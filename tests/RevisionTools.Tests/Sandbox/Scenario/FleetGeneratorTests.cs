using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

public sealed class FleetGeneratorTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(60, 1)]
    [InlineData(60, 2)]
    [InlineData(200, 12)]
    public void Every_fleet_is_a_good_scenario_of_the_size_asked_for(int apps, int revisions)
    {
        var scenario = SandboxScenario.Parse(SandboxScenario.Generate(apps, revisions, seed: 4).ToJson());

        Assert.Equal(apps, scenario.Apps.Count);
        Assert.All(scenario.Apps, app => Assert.Equal(revisions, app.Revisions.Count));
    }

    [Fact]
    public void The_same_seed_makes_the_same_fleet_and_another_does_not()
    {
        Assert.Equal(SandboxScenario.Generate(30, 8, 9).ToJson(), SandboxScenario.Generate(30, 8, 9).ToJson());
        Assert.NotEqual(
            SandboxScenario.Generate(30, 8, 9).Apps.Select(app => app.Name), SandboxScenario.Generate(30, 8, 10).Apps.Select(app => app.Name));
    }

    [Fact]
    public void A_fleet_has_all_conditions_in_it()
    {
        var apps = SandboxScenario.Generate(200, 20, 1).Apps;
        var revisions = apps.SelectMany(app => app.Revisions).ToList();

        Assert.Contains(apps, app => (string?)app.Configuration!["activeRevisionsMode"] == "Single");
        Assert.Contains(apps, app => app.Configuration!["ingress"] is null);
        Assert.Contains(apps, app => app.Kind == "functionapp");
        Assert.Contains(apps, app => app.Configuration!.ToJsonString().Contains("\"label\":\"canary\"", StringComparison.Ordinal));
        Assert.Contains(apps, app => app.Revisions[^1].Outcome is StartOutcome.ImagePullFails);
        Assert.Contains(apps, app => app.Revisions[^1].Outcome is StartOutcome.ContainerCrashes);
        Assert.Contains(revisions, revision => revision.RunningState == "Rebalancing");
        Assert.Contains(revisions, revision => revision is { Active: true, Replicas: 0 });
        Assert.Contains(revisions, revision => !revision.Active);
    }

    [Fact]
    public void Every_worker_and_function_app_has_a_queue_that_its_revisions_eat_from()
    {
        using SandboxDriver driver = new(SandboxScenario.Generate(40, 5, 3));
        driver.Clock.Advance(TimeSpan.FromHours(1));

        var fed = driver.Sandbox.Export().Apps.Count(app => app.Kind == "functionapp" || app.Configuration!["ingress"] is null);

        var queues = driver.Sandbox.Queues.Where(queue => !queue.IsTimer).ToList();
        Assert.Equal(fed, queues.Count);
        Assert.All(queues, queue => Assert.True(queue.Consumed.Values.Sum() > 0, queue.Name));
    }

    [Fact]
    public void Two_thousand_apps_with_a_hundred_revisions_fit_in_a_gibibyte()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using ContainerAppsSandbox sandbox = new(new SandboxClock(SandboxDriver.Start), SandboxScenario.Generate(2000, 100, 1));

        var megabytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (1024 * 1024);

        Assert.Equal(200_000, sandbox.Tenant.Apps.Sum(app => app.Revisions.Count));
        Assert.InRange(megabytes, 10, 500);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(100_001, 1)]
    [InlineData(100_000, 51)]
    [InlineData(1, 10_001)]
    public void Impossible_sizes_are_refused(int apps, int revisions) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SandboxScenario.Generate(apps, revisions));
}
