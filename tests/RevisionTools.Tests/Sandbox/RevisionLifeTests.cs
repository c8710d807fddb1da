using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox;

public sealed class RevisionLifeTests : IDisposable
{
    private readonly SandboxDriver _driver = new();

    public void Dispose() => _driver.Dispose();

    [Theory]
    [InlineData("0000001", "deactivate", "\"Deactivate succeeded\"")]
    [InlineData("k2v9x4d", "activate", "\"Activate succeeded\"")]
    [InlineData("0000006", "restart", "\"Restart succeeded\"")]
    public async Task Actions_answer_200_with_a_json_string(string suffix, string action, string expected)
    {
        (var status, var body) = await _driver.PostAsync($"{_driver.Revision("rg-shop", "web-landing", suffix)}/{action}");

        Assert.Equal((200, expected), (status, body));
    }

    [Fact]
    public async Task A_deactivated_revision_stays_active_for_15_to_70_seconds_and_was_last_active_when_it_began()
    {
        _driver.Clock.Advance(TimeSpan.FromSeconds(7));
        await _driver.PostAsync(_driver.Revision("rg-shop", "web-shop", "0000003") + "/deactivate");
        _driver.Clock.Advance(TimeSpan.FromSeconds(14));
        var going = await _driver.RevisionAsync("rg-shop", "web-shop", "0000003");
        _driver.Clock.Advance(TimeSpan.FromSeconds(57));
        var gone = await _driver.RevisionAsync("rg-shop", "web-shop", "0000003");

        Assert.Equal((true, "Deprovisioning", "Healthy"), State(going));
        Assert.False(going.ContainsKey("lastActiveTime"));
        Assert.Equal((false, "Stopped", "Healthy"), State(gone));
        Assert.Equal(0, (int)gone["replicas"]!);
        Assert.Equal("2025-11-03T09:30:07+00:00", (string?)gone["lastActiveTime"]);
    }

    [Fact]
    public async Task Shutdowns_take_different_times()
    {
        for (var index = 1; index <= 12; index++)
        {
            await _driver.PostAsync(_driver.Revision("rg-shop", "web-shop", $"{index:0000000}") + "/deactivate");
        }

        _driver.Clock.Advance(TimeSpan.FromSeconds(42));
        JsonObject[] revisions = [.. (await _driver.ListAsync(_driver.Revisions("rg-shop", "web-shop"))).Skip(1).Take(12)];

        Assert.Contains(revisions, revision => (bool)revision["properties"]!["active"]!);
        Assert.Contains(revisions, revision => !(bool)revision["properties"]!["active"]!);
    }

    [Fact]
    public async Task The_only_serving_revision_may_be_deactivated_and_keeps_its_configured_weight()
    {
        (var status, _) = await _driver.PostAsync(_driver.Revision("rg-shop", "web-shop", "0000030") + "/deactivate");
        _driver.Clock.Advance(TimeSpan.FromSeconds(71));
        var revision = await _driver.RevisionAsync("rg-shop", "web-shop", "0000030");

        Assert.Equal(200, status);
        Assert.False((bool)revision["active"]!);
        Assert.Equal(100, (int)revision["trafficWeight"]!);
    }

    [Fact]
    public async Task An_activated_revision_is_activating_for_10_to_30_seconds_and_then_runs()
    {
        await _driver.PostAsync(_driver.Revision("rg-data", "orders-worker", "b8j2l5v") + "/activate");
        var starting = await _driver.RevisionAsync("rg-data", "orders-worker", "b8j2l5v");
        _driver.Clock.Advance(TimeSpan.FromSeconds(9));
        var still = await _driver.RevisionAsync("rg-data", "orders-worker", "b8j2l5v");
        _driver.Clock.Advance(TimeSpan.FromSeconds(22));
        var running = await _driver.RevisionAsync("rg-data", "orders-worker", "b8j2l5v");
        var app = (await _driver.GetAsync(_driver.App("rg-data", "orders-worker")))["properties"]!;

        Assert.Equal((true, "Activating", "None"), State(starting));
        Assert.Equal((true, "Activating", "None"), State(still));
        Assert.Equal((true, "Running", "Healthy"), State(running));
        Assert.False(running.ContainsKey("lastActiveTime"));
        Assert.Equal("orders-worker--0000003", (string?)app["latestReadyRevisionName"]);
    }

    [Fact]
    public async Task Activation_in_single_mode_swaps_and_the_app_goes_on_naming_the_one_that_goes_down()
    {
        await _driver.PostAsync(_driver.Revision("rg-shop", "web-landing", "0000005") + "/activate");
        var latest = await _driver.RevisionAsync("rg-shop", "web-landing", "0000006");
        _driver.Clock.Advance(TimeSpan.FromSeconds(75));
        var old = await _driver.RevisionAsync("rg-shop", "web-landing", "0000005");
        var app = (await _driver.GetAsync(_driver.App("rg-shop", "web-landing")))["properties"]!;

        Assert.Equal("Deprovisioning", (string?)latest["runningState"]);
        Assert.Equal("Running", (string?)old["runningState"]);
        Assert.Equal(0, (int)old["trafficWeight"]!);
        Assert.False((bool)(await _driver.RevisionAsync("rg-shop", "web-landing", "0000006"))["active"]!);
        Assert.Equal("web-landing--0000006", (string?)app["latestRevisionName"]);
        Assert.Equal("web-landing--0000006", (string?)app["latestReadyRevisionName"]);
    }

    [Fact]
    public async Task A_revision_that_is_going_down_can_be_activated_again()
    {
        var revision = _driver.Revision("rg-shop", "web-checkout", "v2-11");
        await _driver.PostAsync(revision + "/deactivate");
        _driver.Clock.Advance(TimeSpan.FromSeconds(4));
        (var status, _) = await _driver.PostAsync(revision + "/activate");
        _driver.Clock.Advance(TimeSpan.FromSeconds(80));

        Assert.Equal(200, status);
        Assert.Equal("Running", (string?)(await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-11"))["runningState"]);
    }

    [Fact]
    public async Task Doing_what_is_done_already_is_accepted_and_changes_nothing()
    {
        var active = await Text("v2-11");
        await _driver.PostAsync(_driver.Revision("rg-shop", "web-checkout", "v2-11") + "/activate");

        Assert.Equal(active, await Text("v2-11"));
        (var status, _) = await _driver.PostAsync(_driver.Revision("rg-shop", "web-landing", "k2v9x4d") + "/deactivate");
        Assert.Equal(200, status);
        Assert.False((bool)(await _driver.RevisionAsync("rg-shop", "web-landing", "k2v9x4d"))["active"]!);

        async Task<string> Text(string suffix) =>
            (await _driver.RevisionAsync("rg-shop", "web-checkout", suffix)).ToJsonString();
    }

    [Fact]
    public async Task Restart_replaces_the_replicas_and_is_refused_for_an_inactive_revision()
    {
        var revision = _driver.Revision("rg-shop", "web-shop", "0000030");
        var before = await _driver.ListAsync(revision + "/replicas");
        _driver.Clock.Advance(TimeSpan.FromMinutes(1));
        await _driver.PostAsync(revision + "/restart");
        var after = await _driver.ListAsync(revision + "/replicas");

        Assert.Equal(4, before.Length);
        Assert.Equal(4, after.Length);
        Assert.Empty(Names(before).Intersect(Names(after)));
        Assert.Equal("2025-11-03T09:31:00Z", (string?)after[0]["properties"]!["createdTime"]);
        Assert.Equal(400, (await _driver.PostAsync(_driver.Revision("rg-shop", "web-landing", "k2v9x4d") + "/restart")).Status);

        static IEnumerable<string?> Names(JsonObject[] replicas) => replicas.Select(replica => (string?)replica["name"]);
    }

    [Fact]
    public async Task A_replica_is_found_by_name_with_a_trailing_slash_too()
    {
        var replicas = _driver.Revision("rg-shop", "web-checkout", "v2-14") + "/replicas";
        var first = (await _driver.ListAsync(replicas))[0];

        var found = await _driver.GetAsync($"{replicas}/{first["name"]}/");

        Assert.Equal(first.ToJsonString(), found.ToJsonString());
        Assert.Matches("^web-checkout--v2-14-[0-9a-f]{10}-[a-z0-9]{5}$", (string?)found["name"]);
    }

    [Fact]
    public async Task An_inactive_or_sleeping_revision_has_no_replicas()
    {
        Assert.Empty(await _driver.ListAsync(_driver.Revision("rg-shop", "web-landing", "k2v9x4d") + "/replicas"));
        Assert.Empty(await _driver.ListAsync(_driver.Revision("rg-shop", "api-images", "0000001") + "/replicas"));
    }

    [Fact]
    public async Task The_replica_of_a_failed_revision_waits_for_its_image()
    {
        var replicas = await _driver.ListAsync(_driver.Revision("rg-shop", "web-search", "0000004") + "/replicas");

        var container = Assert.Single(replicas)["properties"]!["containers"]![0]!;
        Assert.Equal("NotRunning", (string?)replicas[0]["properties"]!["runningState"]);
        Assert.False((bool)container["ready"]!);
        Assert.Equal("Container is waiting with reason: ImagePullBackOff on legion.", (string?)container["runningStateDetails"]);
    }

    [Fact]
    public async Task A_failed_revision_stays_failed_on_its_way_down_and_after_until_it_is_started_again()
    {
        var revision = _driver.Revision("rg-shop", "web-search", "0000004");
        await _driver.PostAsync(revision + "/deactivate");
        _driver.Clock.Advance(TimeSpan.FromSeconds(14));
        var going = await Read();
        var replica = (await _driver.ListAsync(revision + "/replicas"))[0];
        _driver.Clock.Advance(TimeSpan.FromSeconds(57));
        var gone = await Read();
        await _driver.PostAsync(revision + "/activate");
        var starting = await Read();
        _driver.Clock.Advance(TimeSpan.FromSeconds(31));
        var failed = await Read();

        Assert.Equal((true, "Deprovisioning", "Unhealthy"), State(going));
        Assert.Equal((false, "Stopped", "Unhealthy"), State(gone));
        Assert.Equal((true, "Activating", "None"), State(starting));
        Assert.Equal((true, "Failed", "Unhealthy"), State(failed));
        Assert.Equal("Failed Failed Provisioned Failed", Join("provisioningState"));
        Assert.Equal("error error - error", Join("provisioningError").Replace("Pending:ImagePullBackOff on legion", "error", StringComparison.Ordinal));
        Assert.Equal("NotRunning", (string?)replica["properties"]!["runningState"]);

        Task<JsonObject> Read() => _driver.RevisionAsync("rg-shop", "web-search", "0000004");
        string Join(string field) => string.Join(' ', new[] { going, gone, starting, failed }.Select(state => (string?)state[field] ?? "-"));
    }

    private static (bool Active, string? Running, string? Health) State(JsonObject properties) =>
        ((bool)properties["active"]!, (string?)properties["runningState"], (string?)properties["healthState"]);
}
