using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox;

public sealed class SampleFleetTests : IDisposable
{
    private readonly SandboxDriver _driver = new();

    public void Dispose() => _driver.Dispose();

    [Fact]
    public async Task The_fleet_has_eleven_apps_in_two_groups()
    {
        var apps = await _driver.ListAsync(
            $"/subscriptions/{_driver.Sandbox.SubscriptionId}/providers/Microsoft.App/containerApps");

        Assert.Equal(
            ["web-landing", "web-shop", "web-checkout", "web-search", "web-account", "api-catalog", "api-images",
                "orders-worker", "func-invoices", "notifications", "reports"],
            apps.Select(app => (string?)app["name"]));
        Assert.Equal(7, (await _driver.ListAsync(_driver.Group("rg-shop") + "/providers/Microsoft.App/containerApps")).Length);
        Assert.Equal(4, (await _driver.ListAsync(_driver.Group("RG-DATA") + "/providers/microsoft.app/containerapps")).Length);
    }

    [Fact]
    public async Task Web_shop_has_thirty_stale_active_revisions_beside_the_one_that_serves()
    {
        var revisions = await PropertiesOf("rg-shop", "web-shop");

        Assert.Equal(31, revisions.Length);
        Assert.All(revisions, revision => Assert.True((bool)revision["active"]!));
        Assert.Equal([.. Enumerable.Repeat(0, 30), 100], revisions.Select(revision => (int)revision["trafficWeight"]!));
        Assert.Contains(revisions, revision => (string?)revision["runningState"] == "ScaledToZero");
        Assert.Contains(revisions, revision => (string?)revision["runningState"] == "Running");
    }

    [Fact]
    public async Task Web_checkout_splits_ninety_to_ten_between_two_labels_and_keeps_one_at_zero()
    {
        JsonNode app = await _driver.GetAsync(_driver.App("rg-shop", "web-checkout"));

        Assert.Equal(
            """
            [{"revisionName":"web-checkout--v2-14","weight":90,"label":"stable"},{"revisionName":"web-checkout--v2-15","weight":10,"label":"canary"},{"revisionName":"web-checkout--v2-12","weight":0,"label":"previous"}]
            """,
            app["properties"]!["configuration"]!["ingress"]!["traffic"]!.ToJsonString());
        Assert.Equal([0, 0, 0, 0, 90, 10], (await PropertiesOf("rg-shop", "web-checkout")).Select(revision => (int)revision["trafficWeight"]!));
    }

    [Fact]
    public async Task Orders_worker_has_three_active_consumers_of_one_queue_and_no_ingress()
    {
        var app = (await _driver.GetAsync(_driver.App("rg-data", "orders-worker")))["properties"]!;
        JsonObject[] active = [.. (await PropertiesOf("rg-data", "orders-worker")).Where(revision => (bool)revision["active"]!)];

        Assert.Null(app["configuration"]!["ingress"]);
        Assert.Equal("", (string?)app["latestRevisionFqdn"]);
        Assert.Equal(3, active.Length);
        Assert.All(active, revision =>
        {
            var rule = revision["template"]!["scale"]!["rules"]![0]!["custom"]!;
            Assert.Equal("azure-servicebus", (string?)rule["type"]);
            Assert.Equal("orders", (string?)rule["metadata"]!["queueName"]);
            Assert.Equal("servicebus-connection", (string?)rule["auth"]![0]!["secretRef"]);
            Assert.Equal(0, (int)revision["trafficWeight"]!);
            Assert.NotEqual("", (string?)revision["fqdn"]);
        });
    }

    [Fact]
    public async Task Secrets_are_named_and_their_values_are_never_sent()
    {
        JsonNode app = await _driver.GetAsync(_driver.App("rg-data", "orders-worker"));

        Assert.Equal(
            """[{"name":"servicebus-connection"},{"name":"storage-key"}]""",
            app["properties"]!["configuration"]!["secrets"]!.ToJsonString());
    }

    [Fact]
    public async Task Func_invoices_is_a_function_app_whose_rules_are_not_shown()
    {
        JsonNode app = await _driver.GetAsync(_driver.App("rg-data", "func-invoices"));

        Assert.Equal("functionapp", (string?)app["kind"]);
        Assert.Equal("Multiple", (string?)app["properties"]!["configuration"]!["activeRevisionsMode"]);
        Assert.All(
            await PropertiesOf("rg-data", "func-invoices"), revision => Assert.Null(revision["template"]!["scale"]!["rules"]));
    }

    [Fact]
    public async Task Web_search_has_a_failed_newest_revision_while_the_latest_ready_one_serves()
    {
        var app = (await _driver.GetAsync(_driver.App("rg-shop", "web-search")))["properties"]!;
        var failed = (await PropertiesOf("rg-shop", "web-search"))[^1];

        Assert.Equal("web-search--0000004", (string?)app["latestRevisionName"]);
        Assert.Equal("web-search--0000003", (string?)app["latestReadyRevisionName"]);
        Assert.Equal("Failed", (string?)failed["provisioningState"]);
        Assert.Equal("Failed", (string?)failed["runningState"]);
        Assert.Equal("Unhealthy", (string?)failed["healthState"]);
        Assert.Equal(100, (int)failed["trafficWeight"]!);
        Assert.Contains("ImagePullBackOff", (string?)failed["provisioningError"], StringComparison.Ordinal);
        Assert.Contains("ImagePullBackOff", (string?)failed["runningStateDetails"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Web_account_has_a_running_state_that_nobody_has_heard_of() =>
        Assert.Equal("Rebalancing", (string?)(await _driver.RevisionAsync("rg-shop", "web-account", "d9w5q1x"))["runningState"]);

    [Fact]
    public async Task Api_catalog_has_more_than_a_hundred_inactive_revisions_and_a_few_active()
    {
        var revisions = await PropertiesOf("rg-shop", "api-catalog");

        Assert.Equal(104, revisions.Count(revision => !(bool)revision["active"]!));
        Assert.Equal(3, revisions.Count(revision => (string?)revision["runningState"] == "RunningAtMaxScale"));
        Assert.All(revisions.Where(revision => !(bool)revision["active"]!), revision =>
        {
            Assert.Equal("Stopped", (string?)revision["runningState"]);
            Assert.Equal(0, (int)revision["replicas"]!);
            Assert.NotNull(revision["lastActiveTime"]);
        });
    }

    [Fact]
    public async Task Every_list_is_oldest_first_and_none_is_from_the_future()
    {
        foreach (var app in await _driver.ListAsync(
            $"/subscriptions/{_driver.Sandbox.SubscriptionId}/providers/Microsoft.App/containerApps"))
        {
            DateTimeOffset[] created =
            [
                .. (await _driver.ListAsync((string)app["id"]! + "/revisions"))
                    .Select(revision => DateTimeOffset.Parse((string)revision["properties"]!["createdTime"]!, null)),
            ];

            Assert.Equal(created.Order(), created);
            Assert.True(created[^1] < SandboxDriver.Start);
        }
    }

    [Fact]
    public async Task Equal_seeds_answer_byte_for_byte_alike_and_others_do_not()
    {
        Assert.Equal(await Everything(seed: 7), await Everything(seed: 7));
        Assert.NotEqual(await Everything(seed: 7), await Everything(seed: 8));
    }

    private static async Task<string> Everything(int seed)
    {
        using SandboxDriver driver = new(seed);
        List<string> answers = [];
        var apps = $"/subscriptions/{driver.Sandbox.SubscriptionId}/providers/Microsoft.App/containerApps";
        foreach (var app in await driver.ListAsync(apps))
        {
            foreach (var revision in await driver.ListAsync((string)app["id"]! + "/revisions"))
            {
                await driver.PostAsync((string)revision["id"]! + "/deactivate");
                using var replicas = await driver.SendAsync(HttpMethod.Get, (string)revision["id"]! + "/replicas");
                answers.Add(replicas.Headers + await replicas.Content.ReadAsStringAsync());
            }

            driver.Clock.Advance(TimeSpan.FromSeconds(40));
            using var list = await driver.SendAsync(HttpMethod.Get, (string)app["id"]! + "/revisions");
            answers.Add(list.Headers + await list.Content.ReadAsStringAsync());
        }

        return string.Join('\n', answers);
    }

    private async Task<JsonObject[]> PropertiesOf(string group, string app) =>
        [.. (await _driver.ListAsync(_driver.Revisions(group, app))).Select(revision => (JsonObject)revision["properties"]!)];
}
