namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.10: no downtime.</summary>
public sealed class Section410DowntimeTests : FactTests
{
    [Theory]
    [InlineData("1.7.0-missing", "Failed", "Pending:ImagePullBackOff on legion")]
    [InlineData("1.7.0-crash", "Failed", "Container crashing: web-landing")]
    [InlineData("1.7.0-stuck", "Activating", null)]
    public async Task A_revision_that_is_never_ready_leaves_the_old_one_serving(string tag, string running, string? error)
    {
        await PatchAsync(Landing, NewImage.Replace("1.7.0", tag));
        Driver.Clock.Advance(TimeSpan.FromHours(1));
        var revision = await Driver.RevisionAsync("rg-shop", "web-landing", "0000007");

        Assert.Equal(running, (string?)revision["runningState"]);
        Assert.Equal(error, (string?)revision["provisioningError"]);
        Assert.Equal("Running", (string?)(await Driver.RevisionAsync("rg-shop", "web-landing", "0000006"))["runningState"]);
        Assert.Equal("web-landing--0000006", (string?)(await Driver.GetAsync(Landing))["properties"]!["latestReadyRevisionName"]);
    }

    [Fact]
    public async Task In_single_mode_the_old_revision_runs_until_the_new_one_is_ready()
    {
        await PatchAsync(Landing, NewImage);
        while ((string?)(await PropertiesAsync(Landing))["latestReadyRevisionName"] == "web-landing--0000006")
        {
            Assert.Equal("Running", (string?)(await LandingAsync("0000006"))["runningState"]);
            Driver.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("Running", (string?)(await LandingAsync("0000007"))["runningState"]);
        Assert.Equal("Deprovisioning", (string?)(await LandingAsync("0000006"))["runningState"]);
    }

    [Fact]
    public async Task In_multiple_mode_the_latest_ready_name_tells_where_requests_go_until_the_new_one_is_ready()
    {
        await PatchAsync(Shop, """{"properties":{"template":{"revisionSuffix":"next"}}}""");
        while ((string?)(await PropertiesAsync(Shop))["latestReadyRevisionName"] == "web-shop--0000030")
        {
            Assert.Contains((string?)(await ShopAsync("next"))["runningState"], new[] { "Processing", "Activating" });
            Driver.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("Running", (string?)(await ShopAsync("next"))["runningState"]);
        Assert.True((bool)(await ShopAsync("0000030"))["active"]!);
    }
}
