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

    [Theory]
    [InlineData("rg-data", "orders-worker", "0000003", true, "Provisioned", "Running", "Healthy", 1)]
    [InlineData("rg-shop", "web-landing", "k2v9x4d", false, "Provisioned", "Stopped", "Healthy", 0)]
    [InlineData("rg-shop", "web-search", "0000004", true, "Failed", "Failed", "Unhealthy", 1)]
    [InlineData("rg-shop", "api-images", "0000001", true, "Provisioned", "ScaledToZero", "None", 0)]
    public async Task Each_row_of_the_table_that_lasts_can_be_seen(
        string group, string app, string suffix, bool active, string provisioning, string running, string health, int leastReplicas)
    {
        var revision = await Driver.RevisionAsync(group, app, suffix);

        Assert.Equal((active, running, health), State(revision));
        Assert.Equal(provisioning, (string?)revision["provisioningState"]);
        Assert.InRange((int)revision["replicas"]!, leastReplicas, leastReplicas == 0 ? 0 : 100);
    }

    [Fact]
    public async Task A_revision_at_max_replicas_says_so()
    {
        var revision = (await Driver.ListAsync(Driver.App("rg-shop", "api-catalog") + "/revisions"))
            .Select(item => item["properties"]!).First(item => (string?)item["runningState"] == "RunningAtMaxScale");

        Assert.Equal((int)revision["template"]!["scale"]!["maxReplicas"]!, (int)revision["replicas"]!);
        Assert.Equal("Healthy", (string?)revision["healthState"]);
    }

    [Fact]
    public async Task A_revision_that_is_starting_has_no_health_yet_and_at_least_one_replica()
    {
        await PatchAsync(Landing, NewImage);
        var processing = await LandingAsync("0000007");
        await Driver.PostAsync(Driver.Revision("rg-data", "orders-worker", "b8j2l5v") + "/activate");
        var activating = await Driver.RevisionAsync("rg-data", "orders-worker", "b8j2l5v");

        Assert.Equal((true, "Processing", "None"), State(processing));
        Assert.Equal("Provisioning", (string?)processing["provisioningState"]);
        Assert.Equal((true, "Activating", "None"), State(activating));
        Assert.Equal("Provisioned", (string?)activating["provisioningState"]);
        Assert.True((int)processing["replicas"]! >= 1 && (int)activating["replicas"]! >= 1);
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
    }

    [Theory]
    [InlineData("1.7.0-crash", "1/1 Container crashing: web-landing", "Container crashing: web-landing")]
    [InlineData("1.7.0-missing", "1/1 Pending:ImagePullBackOff on legion", "Pending:ImagePullBackOff on legion")]
    public async Task A_failed_revision_tells_why(string tag, string details, string error)
    {
        await PatchAsync(Landing, NewImage.Replace("1.7.0", tag, StringComparison.Ordinal));
        Driver.Clock.Advance(s_write);

        var revision = await LandingAsync("0000007");

        Assert.Equal((details, error), ((string?)revision["runningStateDetails"], (string?)revision["provisioningError"]));
    }

    [Fact]
    public async Task The_words_are_open_and_a_new_one_can_come_without_notice() =>
        Assert.Equal("Rebalancing", (string?)(await Driver.RevisionAsync("rg-shop", "web-account", "d9w5q1x"))["runningState"]);
}
