namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.5: traffic to revisions that are not active.</summary>
public sealed class Section45InactiveTrafficTests : FactTests
{
    [Fact]
    public async Task Traffic_to_an_inactive_revision_is_accepted_and_does_not_wake_it()
    {
        await Driver.PostAsync(Driver.Revision("rg-shop", "web-checkout", "v2-10") + "/deactivate");
        Driver.Clock.Advance(TimeSpan.FromSeconds(71));
        await PatchAsync(Checkout, """
            {"properties":{"configuration":{"ingress":{"traffic":[{"revisionName":"web-checkout--v2-10","weight":25},
              {"revisionName":"web-checkout--v2-14","weight":75}]}}}}
            """);
        var revision = await Driver.RevisionAsync("rg-shop", "web-checkout", "v2-10");

        Assert.Equal((false, 25), ((bool)revision["active"]!, (int)revision["trafficWeight"]!));
    }

    [Fact]
    public async Task The_only_serving_revision_may_be_deactivated_and_keeps_its_configured_weight()
    {
        (var status, _) = await Driver.PostAsync(Driver.Revision("rg-shop", "web-shop", "0000030") + "/deactivate");
        Driver.Clock.Advance(TimeSpan.FromSeconds(71));
        var revision = await Driver.RevisionAsync("rg-shop", "web-shop", "0000030");

        Assert.Equal(200, status);
        Assert.False((bool)revision["active"]!);
        Assert.Equal(100, (int)revision["trafficWeight"]!);
    }

    [Fact]
    public async Task A_revision_that_is_going_down_may_get_traffic_and_goes_down_with_it()
    {
        await Driver.PostAsync(Driver.Revision("rg-shop", "web-shop", "0000001") + "/deactivate");
        await PatchAsync(Shop, Traffic("""[{"latestRevision":true,"weight":25},{"revisionName":"web-shop--0000001","weight":75}]"""));
        Driver.Clock.Advance(s_write);

        var revision = await ShopAsync("0000001");

        Assert.Equal((false, "Stopped", "Healthy"), State(revision));
        Assert.Equal((0, 75), ((int)revision["replicas"]!, (int)revision["trafficWeight"]!));
    }

    [Fact]
    public async Task A_deactivated_revision_stays_in_the_table_so_that_the_active_ones_no_longer_make_100()
    {
        await Driver.PostAsync(Driver.Revision("rg-shop", "web-checkout", "v2-14") + "/deactivate");
        Driver.Clock.Advance(s_write);

        var active = (await Driver.ListAsync(Checkout + "/revisions")).Select(revision => revision["properties"]!).Where(revision => (bool)revision["active"]!);

        Assert.Equal(10, active.Sum(revision => (int)revision["trafficWeight"]!));
        Assert.Equal(3, (await PropertiesAsync(Checkout))["configuration"]!["ingress"]!["traffic"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_only_active_revision_may_be_deactivated()
    {
        Assert.Equal(200, (await Driver.PostAsync(Driver.Revision("rg-shop", "web-landing", "0000006") + "/deactivate")).Status);
        Driver.Clock.Advance(s_write);

        Assert.DoesNotContain(await Driver.ListAsync(Landing + "/revisions"), revision => (bool)revision["properties"]!["active"]!);
    }

    [Theory]
    [InlineData("restart")]
    [InlineData("deactivate")]
    [InlineData("activate")]
    public async Task A_revision_that_is_going_down_may_be_restarted_deactivated_and_activated(string action)
    {
        var revision = Driver.Revision("rg-shop", "web-shop", "0000003");
        await Driver.PostAsync(revision + "/deactivate");
        Driver.Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(200, (await Driver.PostAsync($"{revision}/{action}")).Status);
    }
}
