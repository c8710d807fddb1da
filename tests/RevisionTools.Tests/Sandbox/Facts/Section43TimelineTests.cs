using System.Globalization;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.3, with 4.6 and 4.10: how one revision takes the place of another.</summary>
public sealed class Section43TimelineTests : DynamicsTest
{
    [Fact]
    public async Task The_operation_ends_before_the_new_revision_is_ready_and_then_the_old_one_goes_down()
    {
        await CreateAsync(mode: "single");
        var start = Now;
        await AddRevisionAsync("b", image: "work:2");
        var accepted = (await RevisionAsync("a"), await RevisionAsync("b"));
        await ReadyAsync("b");
        var ready = Now;
        var going = await RevisionAsync("a");
        await StoppedAsync("a");
        var gone = await RevisionAsync("a");

        Assert.Equal(("Running", 0), ((string?)accepted.Item1["runningState"], (int)accepted.Item1["trafficWeight"]!));
        Assert.Equal(100, (int)accepted.Item2["trafficWeight"]!);
        Assert.InRange((ready - start).TotalSeconds, 20, 41);
        Assert.Equal((true, "Deprovisioning"), ((bool)going["active"]!, (string?)going["runningState"]));
        Assert.False(going.ContainsKey("lastActiveTime"));
        Assert.Equal((false, "Stopped", 0), ((bool)gone["active"]!, (string?)gone["runningState"], (int)gone["replicas"]!));
        Assert.InRange((Now - ready).TotalSeconds, 14, 71);
        var lastActive = DateTimeOffset.Parse((string)gone["lastActiveTime"]!, CultureInfo.InvariantCulture);
        Assert.InRange((ready - lastActive).TotalSeconds, 0, 2);
    }

    [Fact]
    public async Task Quick_successive_changes_leave_several_old_revisions_going_down_at_once()
    {
        await CreateAsync("""{"minReplicas":1,"maxReplicas":1}""", mode: "single");
        foreach (var suffix in new[] { "b", "c", "d", "e" })
        {
            await AddRevisionAsync(suffix, image: $"work:{suffix}");
        }

        HashSet<string> most = [];
        for (var second = 0; second < 120; second++)
        {
            var states = (await Driver.ListAsync(Path + "/revisions"))
                .ToDictionary(revision => (string)revision["name"]!, revision => (string)revision["properties"]!["runningState"]!);
            HashSet<string> going = [.. states.Where(state => state.Value == "Deprovisioning").Select(state => state.Key)];
            most = going.Count > most.Count ? going : most;
            Advance(seconds: 1);
        }

        Assert.True(most.Count >= 2, string.Join(' ', most));
        Assert.Equal("RunningAtMaxScale", (await StateAsync("e")).Running);
        Assert.Equal(1, (await Driver.ListAsync(Path + "/revisions")).Count(revision => (bool)revision["properties"]!["active"]!));
    }

    [Fact]
    public async Task A_switch_to_multiple_does_not_rescue_the_revision_that_is_going_down()
    {
        await CreateAsync(mode: "single");
        await AddRevisionAsync("b", image: "work:2");
        await ReadyAsync("b");
        using var patch = await Driver.SendAsync(HttpMethod.Patch, Path, """{"properties":{"configuration":{"activeRevisionsMode":"multiple"}}}""");
        var going = await StateAsync("a");
        Advance(seconds: 71);

        Assert.Equal("Deprovisioning", going.Running);
        Assert.False((bool)(await RevisionAsync("a"))["active"]!);
        Assert.True((bool)(await RevisionAsync("b"))["active"]!);
        Assert.Equal("Multiple", (string?)(await AppAsync())["configuration"]!["activeRevisionsMode"]);
    }

    [Fact]
    public async Task A_new_revision_that_never_gets_ready_leaves_the_old_one_serving()
    {
        await CreateAsync(mode: "single");
        await AddRevisionAsync("b", image: "work:2-crash");
        Advance(hours: 1);

        Assert.Equal("Running", (await StateAsync("a")).Running);
        Assert.Equal("work--a", (string?)(await AppAsync())["latestReadyRevisionName"]);
    }

    [Fact]
    public async Task In_single_mode_a_new_revision_starts_with_the_replicas_of_the_present_one_within_its_limits()
    {
        await CreateAsync(mode: "single");
        SetLoad(requestsPerSecond: 75);
        await AddRevisionAsync("b", image: "work:2");
        var same = await StateAsync("b");
        Advance(minutes: 5);
        await PatchAsync("""{"template":{"revisionSuffix":"c","scale":{"maxReplicas":3}}}""");

        Assert.Equal(8, same.Replicas);
        Assert.Equal(3, (await StateAsync("c")).Replicas);
    }

    [Theory]
    [InlineData(30, 15, 70)]
    [InlineData(600, 70, 640)]
    [InlineData(0, 15, 40)]
    public async Task A_shutdown_lasts_15_to_70_seconds_with_the_usual_grace_period(int grace, int least, int most)
    {
        await CreateAsync();
        var shortest = double.MaxValue;
        var longest = 0d;
        for (var index = 0; index < 12; index++)
        {
            await PatchAsync($$$$"""{"template":{"revisionSuffix":"g{{{{index}}}}","terminationGracePeriodSeconds":{{{{grace}}}}}}""");
            Advance(seconds: 45);
            await Driver.PostAsync(Driver.Revision(GroupName, AppName, $"g{index}") + "/deactivate");
            var start = Now;
            await StoppedAsync($"g{index}");
            shortest = Math.Min(shortest, (Now - start).TotalSeconds);
            longest = Math.Max(longest, (Now - start).TotalSeconds);
        }

        Assert.InRange(shortest, 15, most);
        Assert.InRange(longest, least, most + 1);
    }

    private async Task ReadyAsync(string suffix)
    {
        while ((string?)(await AppAsync())["latestReadyRevisionName"] != $"work--{suffix}")
        {
            Advance(seconds: 1);
        }
    }

    private async Task StoppedAsync(string suffix)
    {
        while ((bool)(await RevisionAsync(suffix))["active"]!)
        {
            Advance(seconds: 1);
        }
    }
}
