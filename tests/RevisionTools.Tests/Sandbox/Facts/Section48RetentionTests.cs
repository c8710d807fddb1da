namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.8: maxInactiveRevisions.</summary>
public sealed class Section48RetentionTests : DynamicsTest
{
    [Fact]
    public async Task Ten_inactive_revisions_are_still_there_after_15_minutes_with_a_limit_of_2_and_only_the_newest_2_after_12_hours()
    {
        await CreateWithInactiveAsync(count: 10);
        await LimitAsync("2");
        Advance(minutes: 15);
        var soon = await NamesAsync();
        Advance(hours: 12);
        var late = await NamesAsync();

        Assert.Equal(11, soon.Length);
        Assert.Equal(["r8", "r9", "r10"], late);
    }

    [Fact]
    public async Task A_purge_takes_no_active_revision_however_old()
    {
        await CreateWithInactiveAsync(count: 4);
        await Driver.PostAsync(Driver.Revision(GroupName, AppName, "a") + "/activate");
        await LimitAsync("1");
        Advance(hours: 13);

        Assert.Equal(["a", "r4"], await NamesAsync());
        Assert.True((bool)(await RevisionAsync("a"))["active"]!);
    }

    [Fact]
    public async Task A_purged_revision_is_gone_and_its_ghost_entry_stays_in_the_traffic()
    {
        await CreateWithInactiveAsync(count: 3);
        await SetTrafficAsync(("a", 40), ("r3", 60));
        await LimitAsync("1");
        Advance(hours: 13);

        Assert.Equal(404, (await Driver.ErrorAsync(HttpMethod.Get, Driver.Revision(GroupName, AppName, "a"))).Status);
        Assert.Equal(404, (await Driver.PostAsync(Driver.Revision(GroupName, AppName, "a") + "/activate")).Status);
        Assert.Equal(
            """[{"revisionName":"work--a","weight":40},{"revisionName":"work--r3","weight":60}]""",
            (await AppAsync())["configuration"]!["ingress"]!["traffic"]!.ToJsonString());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("0")]
    public async Task Null_and_0_stand_for_the_default_of_100(string limit)
    {
        using SandboxDriver fleet = new();
        using var patch = await fleet.SendAsync(
            HttpMethod.Patch, fleet.App("rg-shop", "api-catalog"), $$$$"""{"properties":{"configuration":{"maxInactiveRevisions":{{{{limit}}}}}}}""");
        fleet.Clock.Advance(TimeSpan.FromHours(13));
        var inactive = (await fleet.ListAsync(fleet.Revisions("rg-shop", "api-catalog")))
            .Count(revision => !(bool)revision["properties"]!["active"]!);

        Assert.Equal(100, inactive);
    }

    [Fact]
    public async Task A_limit_that_is_raised_in_time_saves_them()
    {
        await CreateWithInactiveAsync(count: 4);
        await LimitAsync("1");
        Advance(minutes: 15);
        await LimitAsync("4");
        Advance(hours: 24);

        Assert.Equal(5, (await NamesAsync()).Length);
    }

    [Fact]
    public async Task Changing_the_limit_makes_no_revision()
    {
        await CreateWithInactiveAsync(count: 1);
        foreach (var limit in new[] { "100", "99", "50" })
        {
            await LimitAsync(limit);
        }

        Assert.Equal(["a", "r1"], await NamesAsync());
    }

    [Fact]
    public async Task The_hour_of_the_purge_depends_on_the_seed()
    {
        HashSet<int> hours = [];
        for (var seed = 1; seed <= 6; seed++)
        {
            using SandboxDriver fleet = new(seed);
            var hour = 0;
            while ((await fleet.ListAsync(fleet.Revisions("rg-shop", "api-catalog"))).Length > 103)
            {
                fleet.Clock.Advance(TimeSpan.FromHours(1));
                hour++;
            }

            hours.Add(hour);
        }

        Assert.InRange(hours.Min(), 3, 12);
        Assert.InRange(hours.Max(), 3, 12);
        Assert.True(hours.Count > 1);
    }

    /// <summary>The first revision and all later ones but the last are inactive.</summary>
    private async Task CreateWithInactiveAsync(int count)
    {
        await CreateAsync(mode: "single");
        for (var index = 1; index <= count; index++)
        {
            await AddRevisionAsync($"r{index}");
            Advance(minutes: 3);
        }
    }

    private Task LimitAsync(string limit) => PatchAsync($$$$"""{"configuration":{"maxInactiveRevisions":{{{{limit}}}},"activeRevisionsMode":"multiple"}}""");
}
