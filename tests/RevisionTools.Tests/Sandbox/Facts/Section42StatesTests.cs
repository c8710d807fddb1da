using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.2: the words for the state of a revision.</summary>
public sealed class Section42StatesTests : FactTests
{
    [Fact]
    public async Task A_new_revision_goes_from_processing_over_activating_to_running()
    {
        await PatchAsync(Landing, NewImage);
        List<(string?, string?)> seen = [];
        for (var second = 0; second <= 41; second++)
        {
            var revision = await Driver.RevisionAsync("rg-shop", "web-landing", "0000007");
            seen.Add(((string?)revision["provisioningState"], (string?)revision["runningState"]));
            Driver.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([("Provisioning", "Processing"), ("Provisioned", "Activating"), ("Provisioned", "Running")], seen.Distinct());
    }

    [Fact]
    public async Task A_failed_revision_stays_failed_on_its_way_down_and_after_until_it_is_started_again()
    {
        var revision = Driver.Revision("rg-shop", "web-search", "0000004");
        await Driver.PostAsync(revision + "/deactivate");
        Driver.Clock.Advance(TimeSpan.FromSeconds(14));
        var going = await Read();
        var replica = (await Driver.ListAsync(revision + "/replicas"))[0];
        Driver.Clock.Advance(TimeSpan.FromSeconds(57));
        var gone = await Read();
        await Driver.PostAsync(revision + "/activate");
        var starting = await Read();
        Driver.Clock.Advance(TimeSpan.FromSeconds(31));
        var failed = await Read();

        Assert.Equal((true, "Deprovisioning", "Unhealthy"), State(going));
        Assert.Equal((false, "Stopped", "Unhealthy"), State(gone));
        Assert.Equal((true, "Activating", "None"), State(starting));
        Assert.Equal((true, "Failed", "Unhealthy"), State(failed));
        Assert.Equal("Failed Failed Provisioned Failed", Join("provisioningState"));
        Assert.Equal("error error - error", Join("provisioningError").Replace("Pending:ImagePullBackOff on legion", "error", StringComparison.Ordinal));
        Assert.Equal("NotRunning", (string?)replica["properties"]!["runningState"]);

        Task<JsonObject> Read() => Driver.RevisionAsync("rg-shop", "web-search", "0000004");
        string Join(string field) => string.Join(' ', new[] { going, gone, starting, failed }.Select(state => (string?)state[field] ?? "-"));
    }

    [Fact]
    public async Task A_revision_that_goes_down_stays_healthy_and_one_that_had_not_come_up_has_no_health()
    {
        var started = Driver.Revision("rg-data", "orders-worker", "b8j2l5v");
        await Driver.PostAsync(started + "/activate");
        await Driver.PostAsync(started + "/deactivate");
        await Driver.PostAsync(Driver.Revision("rg-shop", "web-shop", "0000003") + "/deactivate");

        Assert.Equal((true, "Deprovisioning", "None"), State(await Driver.RevisionAsync("rg-data", "orders-worker", "b8j2l5v")));
        Assert.Equal((true, "Deprovisioning", "Healthy"), State(await ShopAsync("0000003")));
        Driver.Clock.Advance(s_write);
        Assert.Equal((false, "Stopped", "None"), State(await Driver.RevisionAsync("rg-data", "orders-worker", "b8j2l5v")));
    }

    [Fact]
    public async Task The_words_are_open_and_a_new_one_can_come_without_notice() =>
        Assert.Equal("Rebalancing", (string?)(await Driver.RevisionAsync("rg-shop", "web-account", "d9w5q1x"))["runningState"]);
}
