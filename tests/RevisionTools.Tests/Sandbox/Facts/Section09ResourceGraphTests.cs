using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 9: Resource Graph over container apps.</summary>
public sealed class Section09ResourceGraphTests : IDisposable
{
    private const string Apps = "Resources | where type =~ 'Microsoft.App/containerApps'";
    private const string Version = "2024-04-01";

    private readonly SandboxDriver _driver = new();

    public void Dispose() => _driver.Dispose();

    [Theory]
    [InlineData("2021-03-01")]
    [InlineData("2022-10-01")]
    [InlineData("2024-04-01")]
    public async Task All_apps_are_found_with_the_type_in_lower_case(string version)
    {
        var answer = await QueryAsync(Apps, version: version);

        Assert.Equal(["totalRecords", "count", "data", "facets", "resultTruncated"], answer.Select(field => field.Key));
        Assert.Equal((11, 11, "false"), ((int)answer["totalRecords"]!, (int)answer["count"]!, (string?)answer["resultTruncated"]));
        Assert.All(Rows(answer), row => Assert.Equal("microsoft.app/containerapps", (string?)row["type"]));
    }

    [Fact]
    public async Task Properties_are_whole()
    {
        var row = Assert.Single(Rows(await QueryAsync(Apps + " | where name =~ 'WEB-CHECKOUT' | project id, properties")));
        var app = await _driver.GetAsync(_driver.App("rg-shop", "web-checkout"));

        Assert.Equal(["id", "properties"], row.Select(field => field.Key));
        Assert.Equal(app["properties"]!.ToJsonString(), row["properties"]!.ToJsonString());
    }

    [Theory]
    [InlineData(" | where resourceGroup =~ 'RG-Data'", "func-invoices notifications orders-worker reports")]
    [InlineData(" | where resourceGroup == 'RG-Data'", "")]
    [InlineData(" | where name startswith 'API'", "api-catalog api-images")]
    [InlineData(" | where name matches regex '^web-(shop|search)$'", "web-search web-shop")]
    [InlineData(" | where name in~ ('Web-Shop', 'reports')", "reports web-shop")]
    [InlineData(" | where name in ('Web-Shop', 'reports')", "reports")]
    [InlineData(" and kind == 'functionapp'", "func-invoices")]
    [InlineData(" and resourceGroup =~ \"rg-data\" | where name matches regex @'s$'", "func-invoices notifications reports")]
    [InlineData("\n| where location == 'westeurope'\n| order by id desc", "api-images reports")]
    public async Task The_named_shapes_filter(string clauses, string expected)
    {
        var names = Rows(await QueryAsync(Apps + clauses + " | project name")).Select(row => (string)row["name"]!);

        Assert.Equal(expected, string.Join(' ', names.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("asc", "api-catalog api-images")]
    [InlineData("desc", "api-images api-catalog")]
    [InlineData("", "api-images api-catalog")]
    public async Task Rows_come_in_the_order_that_was_asked_for(string way, string expected) => Assert.Equal(
        expected,
        string.Join(' ', Rows(await QueryAsync($"{Apps} | where name startswith 'api-' | order by name {way}")).Select(row => (string?)row["name"])));

    [Fact]
    public async Task Subscriptions_narrow_the_search()
    {
        var own = $"\"{_driver.Sandbox.SubscriptionId.ToUpperInvariant()}\"";

        Assert.Equal(11, (int)(await QueryAsync(Apps, subscriptions: own))["count"]!);
        Assert.Equal(0, (int)(await QueryAsync(Apps, subscriptions: $"\"{Guid.Empty}\""))["count"]!);
        Assert.Equal(11, (int)(await QueryAsync($"{Apps} | where subscriptionId in~ ('{_driver.Sandbox.SubscriptionId}')"))["count"]!);
    }

    [Fact]
    public async Task Pages_follow_the_skip_token_and_make_the_whole()
    {
        var whole = Rows(await QueryAsync(Apps + " | project id | order by id asc")).Select(row => (string?)row["id"]);
        List<string?> paged = [];
        List<int> sizes = [];
        string? token = null;
        do
        {
            var page = await QueryAsync(
                Apps + " | project id | order by id asc", token is null ? "{\"$top\":4}" : $$"""{"$top":4,"$skipToken":"{{token}}"}""");
            sizes.Add((int)page["count"]!);
            paged.AddRange(Rows(page).Select(row => (string?)row["id"]));
            token = (string?)page["$skipToken"];
        }
        while (token is not null);

        Assert.Equal([4, 4, 3], sizes);
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task Rows_without_ids_cannot_be_paged_and_say_that_they_were_cut()
    {
        var answer = await QueryAsync(Apps + " | project name", "{\"$top\":4}");

        Assert.Equal("true", (string?)answer["resultTruncated"]);
        Assert.False(answer.ContainsKey("$skipToken"));
    }

    [Theory]
    [InlineData("Resources | summarize count() by type", "{}")]
    [InlineData("ResourceContainers", "{}")]
    [InlineData("", "{}")]
    [InlineData("Resources | project Id", "{}")]
    [InlineData("Resources | where name matches regex '('", "{}")]
    [InlineData("Resources | where properties.x == 'a'", "{}")]
    [InlineData("Resources", "{\"$top\":0}")]
    [InlineData("Resources", "{\"$skipToken\":\"?\"}")]
    [InlineData("Resources", "{\"resultFormat\":\"table\"}")]
    public async Task Anything_else_is_refused_with_the_details_of_resource_graph(string query, string options)
    {
        (var status, var body) = await _driver.PostAsync(Address, Body(query, options, ""), Version);

        var error = JsonNode.Parse(body)!["error"]!;
        Assert.Equal((400, "BadRequest"), (status, (string?)error["code"]));
        Assert.StartsWith("Please provide below info when asking for support: timestamp = ", (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal(2, error["details"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_version_of_another_provider_is_refused() => Assert.Equal(
        "NoRegisteredProviderFound", (await _driver.ErrorAsync(HttpMethod.Post, Address, Body(Apps, "{}", ""), "2026-01-01")).Code);

    private const string Address = "/providers/Microsoft.ResourceGraph/resources";

    private static string Body(string query, string options, string subscriptions) =>
        $$"""{"subscriptions":[{{subscriptions}}],"query":{{JsonValue.Create(query).ToJsonString()}},"options":{{options}}}""";

    private static JsonObject[] Rows(JsonObject answer) => [.. answer["data"]!.AsArray().Select(row => (JsonObject)row!)];

    private async Task<JsonObject> QueryAsync(string query, string options = "{}", string subscriptions = "", string version = Version)
    {
        (var status, var body) = await _driver.PostAsync(Address, Body(query, options, subscriptions), version);
        Assert.True(status == 200, body);
        return (JsonObject)JsonNode.Parse(body)!;
    }
}
