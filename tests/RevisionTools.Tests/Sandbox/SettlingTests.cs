using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

/// <summary>Nothing runs in the background, so it must not matter how often, or when, somebody looks.</summary>
public sealed class SettlingTests
{
    private const int Seconds = 36 * 3600;

    /// <summary>What is changed, by the second.</summary>
    private static readonly Dictionary<int, Func<SandboxDriver, Task>> s_changes = new()
    {
        [100] = driver => PatchAsync(driver, "rg-shop", "web-landing", """{"template":{"containers":[{"name":"web-landing","image":"landing:2"}]}}"""),
        [160] = driver => PatchAsync(driver, "rg-shop", "web-landing", """{"template":{"containers":[{"name":"web-landing","image":"landing:3"}]}}"""),
        [3_000] = driver => PatchAsync(driver, "rg-shop", "api-catalog", """{"configuration":{"maxInactiveRevisions":40}}"""),
        [4_000] = driver => LoadAsync(driver, "web-shop", 75),
        [4_001] = driver => LoadAsync(driver, "web-checkout", 33),
        [7_000] = driver => driver.PostAsync(driver.Revision("rg-data", "orders-worker", "0000001") + "/deactivate"),
        [7_030] = driver => driver.PostAsync(driver.Revision("rg-data", "orders-worker", "b8j2l5v") + "/activate"),
        [9_000] = driver => LoadAsync(driver, "web-shop", 0),
        [20_000] = driver => PatchAsync(driver, "rg-shop", "web-checkout", """
            {"configuration":{"ingress":{"traffic":[{"revisionName":"web-checkout--v2-14","weight":100}]}}}
            """),
        [30_011] = driver =>
        {
            driver.Sandbox.Tenant.Work.AddQueue("late", arrivalsPerMinute: 50, driver.Clock.GetUtcNow(), waiting: 300);
            return Task.CompletedTask;
        },
        [30_777] = driver => driver.SendAsync(HttpMethod.Put, driver.App("rg-data", "late-worker"), """
            {"location":"North Europe","properties":{"template":{"containers":[{"name":"late","image":"late:1"}],"scale":{"rules":[
              {"name":"q","azureQueue":{"queueName":"late","queueLength":25}},
              {"name":"c","custom":{"type":"cron","metadata":{"start":"0 * * * *","end":"20 * * * *","desiredReplicas":"7"}}}]}}}}
            """),
        [40_010] = driver => driver.SendAsync(HttpMethod.Delete, driver.App("rg-data", "late-worker")),
        [60_000] = driver => PatchAsync(driver, "rg-data", "func-invoices", """{"template":{"revisionSuffix":"new"}}"""),
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task One_leap_ends_where_many_small_steps_with_reads_between_them_end(int seed)
    {
        var leap = await LiveAsync(seed, reads: 0);
        var few = await LiveAsync(seed, reads: 25);
        var many = await LiveAsync(seed, reads: 900);

        Assert.Equal(leap, few);
        Assert.Equal(leap, many);
    }

    [Fact]
    public async Task Different_seeds_end_differently() =>
        Assert.NotEqual(await LiveAsync(seed: 1, reads: 0), await LiveAsync(seed: 2, reads: 0));

    [Fact]
    public async Task Reading_every_second_changes_nothing_either()
    {
        var leap = await ShortAsync(TimeSpan.FromSeconds(1200));
        var steps = await ShortAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(leap, steps);
    }

    /// <summary>A day and a half of the sample fleet, with the same changes at the same times, and reads at times of chance.</summary>
    private static async Task<string> LiveAsync(int seed, int reads)
    {
        using SandboxDriver driver = new(seed);
        driver.Sandbox.Throttling = false;
        var chance = new Random(seed + reads);
        SortedSet<int> moments = [.. Enumerable.Range(0, reads).Select(_ => chance.Next(Seconds)), .. s_changes.Keys, Seconds];
        var second = 0;
        foreach (var moment in moments)
        {
            driver.Clock.Advance(TimeSpan.FromSeconds(moment - second));
            second = moment;
            if (s_changes.TryGetValue(moment, out var change))
            {
                await change(driver);
            }
            else if (moment < Seconds)
            {
                await ReadSomethingAsync(driver, chance);
            }
        }

        return await EverythingAsync(driver);
    }

    private static async Task<string> ShortAsync(TimeSpan step)
    {
        using SandboxDriver driver = new(seed: 5);
        driver.Sandbox.Throttling = false;
        await s_changes[100](driver);
        for (var time = TimeSpan.Zero; time < TimeSpan.FromSeconds(1200); time += step)
        {
            driver.Clock.Advance(step);
            await driver.ListAsync(driver.Revisions("rg-shop", "web-landing"));
        }

        return await EverythingAsync(driver);
    }

    private static async Task PatchAsync(SandboxDriver driver, string group, string app, string properties)
    {
        using var response = await driver.SendAsync(HttpMethod.Patch, driver.App(group, app), $$$$"""{"properties":{{{{properties}}}}}""");
        Assert.Equal(202, (int)response.StatusCode);
    }

    private static Task LoadAsync(SandboxDriver driver, string app, double rate)
    {
        var tenant = driver.Sandbox.Tenant;
        new AppLifecycle(tenant).SetLoad(tenant.FindApp("rg-shop", app)!, rate, driver.Clock.GetUtcNow());
        return Task.CompletedTask;
    }

    private static Task ReadSomethingAsync(SandboxDriver driver, Random chance) => chance.Next(5) switch
    {
        0 => driver.ListAsync(driver.Revisions("rg-shop", "web-shop")),
        1 => driver.ListAsync(driver.Revisions("rg-data", "orders-worker")),
        2 => driver.ListAsync(driver.Revisions("rg-shop", "api-catalog")),
        3 => driver.GetAsync(driver.App("rg-shop", "web-landing")),
        _ => Task.FromResult(driver.Sandbox.Queues),
    };

    private static async Task<string> EverythingAsync(SandboxDriver driver)
    {
        List<string> lines = [];
        foreach (var app in await driver.ListAsync($"/subscriptions/{driver.Sandbox.SubscriptionId}/providers/Microsoft.App/containerApps"))
        {
            lines.Add(app.ToJsonString());
            lines.AddRange((await driver.ListAsync((string)app["id"]! + "/revisions")).Select(revision => revision.ToJsonString()));
            var metrics = $"{app["id"]}/providers/Microsoft.Insights/metrics?timespan=P1D&interval=PT1H&$filter=revisionName eq '*'&top=100&aggregation=Average,Total,Maximum";
            lines.Add((await driver.GetAsync(metrics, "2024-02-01")).ToJsonString());
        }

        lines.AddRange(driver.Sandbox.Queues.Select(queue => $"{queue.Name} {queue.Waiting} {queue.Arrived} {string.Join(',', queue.Consumed)}"));
        return string.Join('\n', lines);
    }
}
