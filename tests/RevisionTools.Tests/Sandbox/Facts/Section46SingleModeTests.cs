namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.6: Single mode, and switches to it.</summary>
public sealed class Section46SingleModeTests : FactTests
{
    [Fact]
    public async Task A_switch_to_single_mode_leaves_the_latest_ready_revision()
    {
        await PatchAsync(Driver.App("rg-shop", "web-shop"), ModeSingle);
        Driver.Clock.Advance(TimeSpan.FromSeconds(71));
        var revisions = await Driver.ListAsync(Driver.Revisions("rg-shop", "web-shop"));

        Assert.Equal("web-shop--0000030", (string?)Assert.Single(revisions, revision => (bool)revision["properties"]!["active"]!)["name"]);
    }

    [Fact]
    public async Task A_switch_to_single_mode_starts_the_latest_ready_revision_where_no_other_would_be_left()
    {
        await Driver.PostAsync(Driver.Revision("rg-shop", "web-shop", "0000030") + "/deactivate");
        Driver.Clock.Advance(TimeSpan.FromMinutes(2));
        await PatchAsync(Driver.App("rg-shop", "web-shop"), ModeSingle);
        Driver.Clock.Advance(TimeSpan.FromMinutes(2));
        var revisions = await Driver.ListAsync(Driver.Revisions("rg-shop", "web-shop"));

        Assert.Equal("web-shop--0000030", (string?)Assert.Single(revisions, revision => (bool)revision["properties"]!["active"]!)["name"]);
    }

    [Fact]
    public async Task Activation_in_single_mode_swaps_and_the_app_goes_on_naming_the_one_that_goes_down()
    {
        await Driver.PostAsync(Driver.Revision("rg-shop", "web-landing", "0000005") + "/activate");
        var latest = await Driver.RevisionAsync("rg-shop", "web-landing", "0000006");
        Driver.Clock.Advance(TimeSpan.FromSeconds(75));
        var old = await Driver.RevisionAsync("rg-shop", "web-landing", "0000005");
        var app = (await Driver.GetAsync(Driver.App("rg-shop", "web-landing")))["properties"]!;

        Assert.Equal("Deprovisioning", (string?)latest["runningState"]);
        Assert.Equal("Running", (string?)old["runningState"]);
        Assert.Equal(0, (int)old["trafficWeight"]!);
        Assert.False((bool)(await Driver.RevisionAsync("rg-shop", "web-landing", "0000006"))["active"]!);
        Assert.Equal("web-landing--0000006", (string?)app["latestRevisionName"]);
        Assert.Equal("web-landing--0000006", (string?)app["latestReadyRevisionName"]);
    }

    [Fact]
    public async Task Single_is_the_default()
    {
        (var app, _) = await CreateAsync("{}");

        Assert.Equal("Single", (string?)(await PropertiesAsync(app))["configuration"]!["activeRevisionsMode"]);
    }

    [Fact]
    public async Task After_a_swap_the_next_template_makes_a_third_revision_and_the_activated_one_goes_down()
    {
        await Driver.PostAsync(Driver.Revision("rg-shop", "web-landing", "0000005") + "/activate");
        Driver.Clock.Advance(s_write);
        await PatchAsync(Landing, NewImage);
        Driver.Clock.Advance(s_write);

        var active = Assert.Single(await Driver.ListAsync(Landing + "/revisions"), revision => (bool)revision["properties"]!["active"]!);

        Assert.Equal("web-landing--0000007", (string?)active["name"]);
        Assert.False((bool)(await LandingAsync("0000005"))["active"]!);
    }
}
