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
    public async Task A_start_from_inactive_takes_10_to_30_seconds()
    {
        await Driver.PostAsync(Driver.Revision("rg-shop", "web-search", "0000001") + "/activate");
        Driver.Clock.Advance(TimeSpan.FromSeconds(9.9));
        var starting = await Driver.RevisionAsync("rg-shop", "web-search", "0000001");
        Driver.Clock.Advance(TimeSpan.FromSeconds(20.1));
        var running = await Driver.RevisionAsync("rg-shop", "web-search", "0000001");

        Assert.Equal(("Activating", "Running"), ((string?)starting["runningState"], (string?)running["runningState"]));
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
}
