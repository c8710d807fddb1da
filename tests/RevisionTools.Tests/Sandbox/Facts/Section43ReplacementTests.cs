using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.3: how a revision is replaced in Single mode.</summary>
public sealed class Section43ReplacementTests : FactTests
{
    [Fact]
    public async Task A_replacement_in_single_mode_follows_the_recorded_timeline()
    {
        await PatchAsync(Landing, NewImage);
        Driver.Clock.Advance(TimeSpan.FromSeconds(18));
        var accepted = (await Driver.GetAsync(Landing))["properties"]!;
        var starting = await Driver.RevisionAsync("rg-shop", "web-landing", "0000007");
        var serving = await Driver.RevisionAsync("rg-shop", "web-landing", "0000006");
        Driver.Clock.Advance(TimeSpan.FromSeconds(22));
        var ready = (await Driver.GetAsync(Landing))["properties"]!;
        var leaving = (string)(await Driver.RevisionAsync("rg-shop", "web-landing", "0000006"))["runningState"]!;
        Driver.Clock.Advance(TimeSpan.FromSeconds(71));
        var gone = await Driver.RevisionAsync("rg-shop", "web-landing", "0000006");

        Assert.Equal("web-landing--0000007", (string?)accepted["latestRevisionName"]);
        Assert.Equal("web-landing--0000006", (string?)accepted["latestReadyRevisionName"]);
        Assert.Contains((string?)starting["runningState"], new[] { "Processing", "Activating" });
        Assert.Equal(100, (int)starting["trafficWeight"]!);
        Assert.Equal(("Running", 0), ((string?)serving["runningState"], (int)serving["trafficWeight"]!));
        Assert.Equal("web-landing--0000007", (string?)ready["latestReadyRevisionName"]);
        Assert.Contains(leaving, new[] { "Deprovisioning", "Stopped" });
        Assert.False((bool)gone["active"]!);
        var last = DateTimeOffset.Parse((string)gone["lastActiveTime"]!, null);
        Assert.InRange(last, SandboxDriver.Start.AddSeconds(20), SandboxDriver.Start.AddSeconds(40));
    }

    [Fact]
    public async Task A_deactivated_revision_stays_active_for_15_to_70_seconds_and_was_last_active_when_it_began()
    {
        Driver.Clock.Advance(TimeSpan.FromSeconds(7));
        await Driver.PostAsync(Driver.Revision("rg-shop", "web-shop", "0000003") + "/deactivate");
        Driver.Clock.Advance(TimeSpan.FromSeconds(14));
        var going = await Driver.RevisionAsync("rg-shop", "web-shop", "0000003");
        Driver.Clock.Advance(TimeSpan.FromSeconds(57));
        var gone = await Driver.RevisionAsync("rg-shop", "web-shop", "0000003");

        Assert.Equal((true, "Deprovisioning", "Healthy"), State(going));
        Assert.False(going.ContainsKey("lastActiveTime"));
        Assert.Equal((false, "Stopped", "Healthy"), State(gone));
        Assert.Equal(0, (int)gone["replicas"]!);
        Assert.Equal("2025-11-03T09:30:07+00:00", (string?)gone["lastActiveTime"]);
    }

    [Fact]
    public async Task Quick_changes_leave_several_old_revisions_going_down_at_once_and_the_newest_with_all_the_weight()
    {
        var most = 0;
        for (var version = 7; version <= 12; version++)
        {
            await PatchAsync(Landing, NewImage.Replace("1.7.0", $"1.{version}.0", StringComparison.Ordinal));
            for (var second = 0; second < 30; second++)
            {
                Driver.Clock.Advance(TimeSpan.FromSeconds(1));
                most = Math.Max(most, (await GoingDown()).Length);
            }
        }

        Assert.True(most >= 2, $"{most} at once");
        var newest = (await Driver.ListAsync(Landing + "/revisions"))[^1]["properties"]!;
        Assert.Equal(100, (int)newest["trafficWeight"]!);

        async Task<JsonObject[]> GoingDown() => [.. (await Driver.ListAsync(Landing + "/revisions"))
            .Where(revision => (string?)revision["properties"]!["runningState"] == "Deprovisioning")];
    }

    [Fact]
    public async Task A_switch_to_multiple_does_not_rescue_the_revision_that_is_going_down()
    {
        await PatchAsync(Landing, NewImage);
        do
        {
            Driver.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        while ((string?)(await LandingAsync("0000006"))["runningState"] != "Deprovisioning" ||
            (string?)(await PropertiesAsync(Landing))["provisioningState"] == "InProgress");

        await PatchAsync(Landing, ModeMultiple);
        Driver.Clock.Advance(s_write);

        Assert.False((bool)(await LandingAsync("0000006"))["active"]!);
    }
}
