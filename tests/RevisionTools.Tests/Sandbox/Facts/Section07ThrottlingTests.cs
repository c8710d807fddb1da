using System.Net;
using System.Net.Http.Headers;
using System.Text;
using RevisionTools.Accounts;
using RevisionTools.Arm;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS section 7.</summary>
public sealed class Section07ThrottlingTests : IDisposable
{
    private const string Prefix = "x-ms-ratelimit-remaining-";
    private readonly SandboxDriver _driver = new();

    private string App => _driver.App("rg-shop", "web-landing");

    public void Dispose() => _driver.Dispose();

    [Fact]
    public async Task A_principal_has_250_reads_in_a_subscription_and_25_more_a_second()
    {
        Assert.Equal(250, await CountUntilThrottled(HttpMethod.Get, App));
        _driver.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(250, await CountUntilThrottled(HttpMethod.Get, App));

        _driver.Clock.Advance(TimeSpan.FromSeconds(10));
        await Spend(HttpMethod.Get, App, 200);
        _driver.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(150, await CountUntilThrottled(HttpMethod.Get, App));
    }

    [Theory]
    [InlineData("POST", "/revisions/web-landing--0000006/restart")]
    [InlineData("DELETE", "-absent")]
    public async Task A_principal_has_200_writes_or_deletes_and_10_more_a_second(string method, string path)
    {
        Assert.Equal(200, await CountUntilThrottled(new HttpMethod(method), App + path));
        _driver.Clock.Advance(TimeSpan.FromSeconds(20));
        await Spend(new HttpMethod(method), App + path, 200);
        _driver.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(30, await CountUntilThrottled(new HttpMethod(method), App + path));
    }

    [Fact]
    public async Task A_post_counts_as_a_write_and_the_classes_do_not_touch_each_other()
    {
        await CountUntilThrottled(HttpMethod.Post, App + "/revisions/web-landing--0000006/restart");

        using var read = await _driver.SendAsync(HttpMethod.Get, App);
        using var patch = await _driver.SendAsync(HttpMethod.Patch, App, "{}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (read.StatusCode, patch.StatusCode));
    }

    [Fact]
    public async Task A_refusal_is_429_with_a_wait_and_the_captured_body()
    {
        await CountUntilThrottled(HttpMethod.Get, App);

        using var response = await _driver.SendAsync(HttpMethod.Get, App);
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter!.Delta);
        Assert.Equal(["gateway"], response.Headers.GetValues("x-ms-failure-cause"));
        Assert.Matches(
            "^{\"error\":{\"code\":\"SubscriptionRequestsThrottled\",\"message\":\"Number of 'read' requests for subscription " +
            $"'{_driver.Sandbox.SubscriptionId}' actor '[-0-9a-f]{{36}}' exceeded. Please try again after '10' seconds.\"}}}}$",
            body);
    }

    [Fact]
    public async Task Before_the_wait_is_over_a_request_gets_what_is_left_of_it_and_is_not_served()
    {
        await CountUntilThrottled(HttpMethod.Get, App);
        _driver.Clock.Advance(TimeSpan.FromSeconds(7));

        using var early = await _driver.SendAsync(HttpMethod.Get, App);
        _driver.Clock.Advance(TimeSpan.FromSeconds(3));
        using var late = await _driver.SendAsync(HttpMethod.Get, App);

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(3)), (early.StatusCode, early.Headers.RetryAfter!.Delta));
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
    }

    [Fact]
    public async Task Another_principal_has_buckets_of_his_own_and_the_object_id_of_a_token_is_what_counts()
    {
        await CountUntilThrottled(HttpMethod.Get, App, Token("one", "first"));

        using var renewed = await Send(HttpMethod.Get, App, Token("one", "second"));
        using var other = await Send(HttpMethod.Get, App, Token("two", "first"));

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (renewed.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task All_principals_together_have_fifteen_times_the_bucket_of_one()
    {
        for (var principal = 0; principal < 15; principal++)
        {
            await Spend(HttpMethod.Get, App, 250, $"principal-{principal}");
        }

        using var fresh = await Send(HttpMethod.Get, App, "fresh");

        Assert.Equal(HttpStatusCode.TooManyRequests, fresh.StatusCode);
    }

    [Fact]
    public async Task Calls_above_subscriptions_count_in_the_tenants_own_buckets()
    {
        await CountUntilThrottled(HttpMethod.Get, App);

        using var list = await _driver.SendAsync(HttpMethod.Get, "/subscriptions", version: "2022-12-01");

        Assert.Equal("249", Header(list, "tenant-reads"));
        Assert.Null(Header(list, "subscription-reads"));
    }

    [Theory]
    [InlineData("GET", "", "subscription-reads", "249", "subscription-global-reads", "3749")]
    [InlineData("POST", "/revisions/web-landing--0000006/restart", "subscription-writes", "199", "subscription-global-writes", "2999")]
    [InlineData("DELETE", "-absent", "subscription-deletes", "199", "subscription-global-deletes", "2999")]
    public async Task The_header_of_what_is_left_differs_by_verb(string method, string path, string own, string left, string all, string allLeft)
    {
        using var response = await _driver.SendAsync(new HttpMethod(method), App + path);

        Assert.Equal((left, allLeft), (Header(response, own), Header(response, all)));
        Assert.Null(Header(response, "subscription-resource-requests"));
    }

    [Fact]
    public async Task Put_and_patch_show_the_providers_own_bucket_in_place_of_the_writes()
    {
        using var response = await _driver.SendAsync(HttpMethod.Patch, App, """{"tags":{"a":"b"}}""");

        Assert.Equal("799", Header(response, "subscription-resource-requests"));
        Assert.Null(Header(response, "subscription-writes"));
        Assert.Null(Header(response, "subscription-global-writes"));
    }

    [Fact]
    public async Task The_providers_bucket_refills_with_40_a_second()
    {
        using var first = await _driver.SendAsync(HttpMethod.Patch, App, """{"tags":{"a":"b"}}""");
        using var refused = await _driver.SendAsync(HttpMethod.Patch, App, """{"tags":{"a":"c"}}""");
        _driver.Clock.Advance(TimeSpan.FromSeconds(1.0 / 40));
        using var later = await _driver.SendAsync(HttpMethod.Patch, App, """{"tags":{"a":"c"}}""");

        Assert.Equal(["799", "798", "798"], new[] { first, refused, later }.Select(answer => Header(answer, "subscription-resource-requests")));
    }

    [Fact]
    public async Task Throttling_can_be_switched_off_and_the_headers_go_on_counting()
    {
        _driver.Sandbox.Throttling = false;

        await Spend(HttpMethod.Get, App, 300);
        using var response = await _driver.SendAsync(HttpMethod.Get, App);

        Assert.Equal((HttpStatusCode.OK, "0"), (response.StatusCode, Header(response, "subscription-reads")));
    }

    [Fact]
    public async Task A_client_that_honours_the_wait_reads_a_thousand_times_in_half_a_minute_of_the_clock()
    {
        var sandbox = _driver.Sandbox;
        ContainerAppsClient azure = new(ConnectionSettings.ForSandbox(sandbox, sandbox.Clock, sandbox.SubscriptionId).Arm);
        var start = _driver.Clock.GetUtcNow();

        for (var index = 0; index < 1000; index++)
        {
            await azure.GetAppAsync(new ContainerAppId(sandbox.SubscriptionId, "rg-shop", "web-landing"), CancellationToken.None);
        }

        Assert.InRange((_driver.Clock.GetUtcNow() - start).TotalSeconds, 30, 40);
        Assert.Equal(3, _driver.Sandbox.Requests.Count(request => request.Status == 429));
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(Prefix + name, out var values) ? values.Single() : null;

    /// <summary>A JWT without a signature.</summary>
    private static string Token(string objectId, string id)
    {
        var claims = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"oid":"{{objectId}}","jti":"{{id}}"}"""));
        return $"e30.{claims.TrimEnd('=').Replace('+', '-').Replace('/', '_')}.x";
    }

    private async Task<int> CountUntilThrottled(HttpMethod method, string path, string? token = null)
    {
        for (var count = 0; ; count++)
        {
            using var response = await Send(method, path, token);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return count;
            }
        }
    }

    private async Task Spend(HttpMethod method, string path, int count, string? token = null)
    {
        for (var index = 0; index < count; index++)
        {
            using var response = await Send(method, path, token);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, response.StatusCode);
        }
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? token)
    {
        using HttpRequestMessage request = new(method, $"{path}?api-version={SandboxDriver.Version}");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await _driver.Client.SendAsync(request);
    }
}
