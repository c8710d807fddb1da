using System.Net;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

public sealed class SandboxServiceTests : IDisposable
{
    private readonly SandboxDriver _driver = new();

    private string Apps => _driver.Group("rg-shop") + "/providers/Microsoft.App/containerApps";

    public void Dispose() => _driver.Dispose();

    [Theory]
    [InlineData("2022-12-01")]
    [InlineData("2020-01-01")]
    public async Task The_subscription_is_listed(string version)
    {
        var subscription = Assert.Single(await _driver.ListAsync("/subscriptions", version));

        Assert.Equal(_driver.Sandbox.SubscriptionId, (string?)subscription["subscriptionId"]);
        Assert.Equal(_driver.Sandbox.TenantId, (string?)subscription["tenantId"]);
        Assert.Equal("Enabled", (string?)subscription["state"]);
        Assert.Equal("Sandbox", (string?)subscription["displayName"]);
        Assert.True(Guid.TryParse(_driver.Sandbox.SubscriptionId, out _));
    }

    [Fact]
    public async Task The_groups_are_listed() => Assert.Equal(
        ["rg-data", "rg-shop"],
        (await _driver.ListAsync($"/subscriptions/{_driver.Sandbox.SubscriptionId}/resourceGroups", "2021-04-01"))
            .Select(group => (string?)group["name"]));

    [Fact]
    public async Task A_request_without_a_token_gets_401_with_a_challenge()
    {
        _driver.Client.DefaultRequestHeaders.Authorization = null;

        using var response = await _driver.SendAsync(HttpMethod.Get, Apps);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task Unknown_paths_methods_subscriptions_and_operations_are_refused()
    {
        var operation = $"/subscriptions/{_driver.Sandbox.SubscriptionId}/providers/Microsoft.App/locations/x/containerappOperationStatuses/";

        Assert.Equal(404, (await _driver.ErrorAsync(HttpMethod.Get, "/nowhere")).Status);
        Assert.Equal(404, (await _driver.ErrorAsync(HttpMethod.Get, "/")).Status);
        Assert.Equal("MethodNotAllowed", (await _driver.ErrorAsync(HttpMethod.Put, Apps + "/web-shop/revisions/web-shop--0000030")).Code);
        Assert.Equal("SubscriptionNotFound", (await _driver.ErrorAsync(
            HttpMethod.Get, $"/subscriptions/{Guid.Empty}/providers/Microsoft.App/containerApps")).Code);
        Assert.Equal(404, (await _driver.ErrorAsync(HttpMethod.Get, operation + Guid.Empty)).Status);
        Assert.Equal(404, (await _driver.ErrorAsync(HttpMethod.Get, operation + "none")).Status);
    }

    [Fact]
    public async Task Any_host_is_answered_and_addresses_in_answers_point_back_to_it()
    {
        _driver.Sandbox.PageSize = 1;

        var page = await _driver.GetAsync("http://127.0.0.1:8080" + Apps);

        Assert.StartsWith("http://127.0.0.1:8080/subscriptions/", (string?)page["nextLink"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_request_is_logged_in_order_with_its_status()
    {
        await _driver.GetAsync(Apps + "/web-shop");
        _driver.Clock.Advance(TimeSpan.FromSeconds(3));
        await _driver.PostAsync(Apps + "/web-shop/revisions/web-shop--none/deactivate");

        Assert.Equal(
            [
                new SandboxRequest(SandboxDriver.Start, "GET", $"{Apps}/web-shop?api-version=2026-01-01", 200, IsWrite: false),
                new SandboxRequest(
                    SandboxDriver.Start.AddSeconds(3),
                    "POST",
                    $"{Apps}/web-shop/revisions/web-shop--none/deactivate?api-version=2026-01-01",
                    404,
                    IsWrite: true),
            ],
            _driver.Sandbox.Requests);
        Assert.Equal(1, _driver.Sandbox.WriteCount);
        _driver.Sandbox.ClearRequests();
        Assert.Empty(_driver.Sandbox.Requests);
        Assert.Equal(0, _driver.Sandbox.WriteCount);
    }

    [Fact]
    public async Task Answers_carry_ids_and_the_correlation_id_of_the_caller()
    {
        _driver.Client.DefaultRequestHeaders.Add("x-ms-correlation-request-id", "mine");

        Assert.True(Guid.TryParse(await Header(HttpMethod.Get, Apps, "x-ms-request-id"), out _));
        Assert.Equal("mine", await Header(HttpMethod.Get, Apps, "x-ms-correlation-request-id"));
        Assert.Contains("2026-01-01", await Header(HttpMethod.Get, Apps, "api-supported-versions"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_synchronous_path_answers_as_well()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, Apps + "?api-version=2026-01-01");
        using var response = _driver.Client.Send(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Many_callers_at_once_get_whole_answers()
    {
        Task<int>[] callers = [.. Enumerable.Range(0, 64).Select(async index =>
        {
            await _driver.PostAsync($"{Apps}/web-shop/revisions/web-shop--{(index % 29) + 1:0000000}/deactivate");
            return (await _driver.ListAsync(Apps + "/web-shop/revisions")).Length;
        })];

        Assert.All(await Task.WhenAll(callers), count => Assert.Equal(31, count));
        Assert.Equal(64, _driver.Sandbox.WriteCount);
        Assert.Equal(128, _driver.Sandbox.Requests.Count);
        Assert.Equal(0, _driver.Sandbox.InFlight);
    }

    private async Task<string> Header(HttpMethod method, string path, string name)
    {
        using var response = await _driver.SendAsync(method, path);
        return Assert.Single(response.Headers.GetValues(name));
    }
}
