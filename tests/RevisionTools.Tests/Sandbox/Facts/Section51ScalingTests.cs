namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 5.1 and 5.2: scaling, and the load that drives it.</summary>
public sealed class Section51ScalingTests : DynamicsTest
{
    [Fact]
    public async Task A_revision_that_nothing_reaches_goes_to_zero_after_300_seconds_and_stays_active()
    {
        await CreateAsync();
        await AddRevisionAsync("b");
        await SetTrafficAsync(("b", 0), ("a", 100));
        await WaitUntilRunningAsync("b");
        Advance(seconds: 298);
        var before = await StateAsync("b");
        Advance(seconds: 2);
        var after = await StateAsync("b");

        Assert.Equal(("Running", "Healthy", 1), before);
        Assert.Equal(("ScaledToZero", "None", 0), after);
        Assert.True((bool)(await RevisionAsync("b"))["active"]!);
    }

    [Fact]
    public async Task The_cooldown_is_that_of_the_template()
    {
        await CreateAsync("""{"cooldownPeriod":60}""", ingress: false);
        await AddRevisionAsync("b");
        await WaitUntilRunningAsync("b");
        Advance(seconds: 58);
        var before = await StateAsync("b");
        Advance(seconds: 2);

        Assert.Equal(1, before.Replicas);
        Assert.Equal(0, (await StateAsync("b")).Replicas);
    }

    [Fact]
    public async Task Without_ingress_and_rule_and_with_min_0_it_goes_to_zero_for_good()
    {
        await CreateAsync("""{"minReplicas":0}""", ingress: false);
        SetLoad(requestsPerSecond: 500);
        Advance(minutes: 10);
        var soon = await StateAsync("a");
        Advance(hours: 100);

        Assert.Equal(("ScaledToZero", "None", 0), soon);
        Assert.Equal(("ScaledToZero", "None", 0), await StateAsync("a"));
    }

    [Fact]
    public async Task The_replicas_of_min_never_go()
    {
        await CreateAsync("""{"minReplicas":2,"maxReplicas":5}""", ingress: false);
        Advance(hours: 5);

        Assert.Equal(("Running", "Healthy", 2), await StateAsync("a"));
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("memory")]
    public async Task Rules_of_cpu_and_memory_cannot_take_the_last_replica(string type)
    {
        await CreateAsync($$$$"""{"rules":[{"name":"r","custom":{"type":"{{{{type}}}}","metadata":{"type":"Utilization","value":"50"}}}]}""", ingress: false);
        Advance(hours: 5);

        Assert.Equal(1, (await StateAsync("a")).Replicas);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(10.5, 2)]
    [InlineData(95, 10)]
    [InlineData(1000, 10)]
    public async Task The_default_rule_is_one_replica_for_10_requests_a_second_up_to_10(double rate, int replicas)
    {
        await CreateAsync();
        SetLoad(rate);

        Assert.Equal(replicas, (await StateAsync("a")).Replicas);
    }

    [Fact]
    public async Task The_http_rule_says_how_many_requests_a_replica_takes()
    {
        await CreateAsync("""{"maxReplicas":20,"rules":[{"name":"h","http":{"metadata":{"concurrentRequests":"40"}}}]}""");
        SetLoad(requestsPerSecond: 401);

        Assert.Equal(11, (await StateAsync("a")).Replicas);
    }

    [Fact]
    public async Task At_max_it_runs_at_max_scale_and_goes_down_when_the_cooldown_is_over()
    {
        await CreateAsync("""{"maxReplicas":3}""");
        SetLoad(requestsPerSecond: 90);
        var full = await StateAsync("a");
        SetLoad(requestsPerSecond: 15);
        Advance(seconds: 299);
        var still = await StateAsync("a");
        Advance(seconds: 1);

        Assert.Equal(("RunningAtMaxScale", "Healthy", 3), full);
        Assert.Equal(3, still.Replicas);
        Assert.Equal(("Running", "Healthy", 2), await StateAsync("a"));
    }

    [Fact]
    public async Task Load_that_comes_back_wakes_it_and_a_dip_shorter_than_the_cooldown_does_nothing()
    {
        await CreateAsync();
        SetLoad(requestsPerSecond: 30);
        SetLoad(requestsPerSecond: 0);
        Advance(seconds: 200);
        SetLoad(requestsPerSecond: 30);
        Advance(seconds: 200);
        var dipped = await StateAsync("a");
        SetLoad(requestsPerSecond: 0);
        Advance(seconds: 300);
        var asleep = await StateAsync("a");
        SetLoad(requestsPerSecond: 12);
        var awake = await StateAsync("a");

        Assert.Equal(3, dipped.Replicas);
        Assert.Equal(("ScaledToZero", 0), (asleep.Running, asleep.Replicas));
        Assert.Equal(("Running", 2), (awake.Running, awake.Replicas));
        Assert.Equal(2, (await Driver.ListAsync(Driver.Revision(GroupName, AppName, "a") + "/replicas")).Length);
    }

    [Fact]
    public async Task Load_is_spread_by_weight()
    {
        await CreateAsync();
        await AddRevisionAsync("b");
        await WaitUntilRunningAsync("b");
        await SetTrafficAsync(("a", 80), ("b", 20));
        SetLoad(requestsPerSecond: 100);

        Assert.Equal(8, (await StateAsync("a")).Replicas);
        Assert.Equal(2, (await StateAsync("b")).Replicas);
    }

    [Fact]
    public async Task The_share_of_a_revision_that_went_down_goes_to_no_other()
    {
        await CreateAsync();
        await AddRevisionAsync("b");
        await WaitUntilRunningAsync("b");
        await SetTrafficAsync(("a", 80), ("b", 20));
        await DeactivateAsync("b");
        SetLoad(requestsPerSecond: 100);

        Assert.Equal((8, 0), ((await StateAsync("a")).Replicas, (await StateAsync("b")).Replicas));
    }

    [Fact]
    public async Task Routing_is_held_back_until_the_new_revision_is_ready()
    {
        await CreateAsync("""{"maxReplicas":20}""");
        SetLoad(requestsPerSecond: 100);
        await AddRevisionAsync("b", image: "work:2-stuck");
        Advance(minutes: 20);

        Assert.Equal(100, (int)(await RevisionAsync("b"))["trafficWeight"]!);
        Assert.Equal(("Activating", 1), ((await StateAsync("b")).Running, (await StateAsync("b")).Replicas));
        Assert.Equal(10, (await StateAsync("a")).Replicas);
    }

    [Fact]
    public async Task A_new_revision_takes_the_load_over_once_it_is_ready_and_the_old_one_sleeps()
    {
        await CreateAsync("""{"maxReplicas":20}""");
        SetLoad(requestsPerSecond: 100);
        await AddRevisionAsync("b", image: "work:2");
        await WaitUntilRunningAsync("b");
        var taken = await StateAsync("b");
        Advance(seconds: 300);

        Assert.Equal(10, taken.Replicas);
        Assert.Equal(0, (await StateAsync("a")).Replicas);
    }

    [Fact]
    public async Task A_revision_with_weight_and_no_known_load_keeps_its_replicas()
    {
        await CreateAsync();
        Advance(hours: 50);

        Assert.Equal(("Running", "Healthy", 1), await StateAsync("a"));
    }

    [Fact]
    public async Task The_replicas_of_the_sample_fleet_stay_until_something_happens_to_them()
    {
        using SandboxDriver fleet = new();
        var before = await ReplicasAsync();
        fleet.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(before, await ReplicasAsync());

        async Task<int[]> ReplicasAsync() =>
            [.. (await fleet.ListAsync(fleet.Revisions("rg-shop", "web-shop"))).Select(revision => (int)revision["properties"]!["replicas"]!)];
    }

    private async Task WaitUntilRunningAsync(string suffix)
    {
        while ((await StateAsync(suffix)).Running is "Processing" or "Activating")
        {
            Advance(seconds: 1);
        }
    }
}
