using System.Net;
using System.Text;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Server;

/// <summary>What a client of the server sees of the service itself.</summary>
public sealed class ServedAnswersTests
{
    private const string Version = "?api-version=2026-01-01";

    [Theory]
    [InlineData(false, "1.1")]
    [InlineData(true, "1.1")]
    [InlineData(true, "2.0")]
    public async Task An_app_comes_over_HTTP_and_HTTPS_as_it_comes_in_memory(bool https, string version)
    {
        await using var served = await ServedSandbox.StartAsync(https, System.Version.Parse(version));
        using var memory = new HttpClient(served.Sandbox, disposeHandler: false) { BaseAddress = served.Endpoint };
        memory.DefaultRequestHeaders.Authorization = new("Bearer", ServedSandbox.Token);

        using var response = await served.SendAsync(HttpMethod.Get, $"{served.Apps}/web-shop{Version}");
        using var expected = await memory.GetAsync($"{served.Apps}/web-shop{Version}");

        Assert.Equal(System.Version.Parse(version), response.Version);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(await expected.Content.ReadAsStringAsync(), await response.Content.ReadAsStringAsync());
        Assert.Equal(expected.Headers.Date, response.Headers.Date);
        Assert.Equal(expected.Content.Headers.ContentType, response.Content.Headers.ContentType);
        Assert.Equal(expected.Headers.GetValues("api-supported-versions"), response.Headers.GetValues("api-supported-versions"));
        Assert.True(response.Headers.Contains("x-ms-request-id"));
    }

    [Fact]
    public async Task Addresses_in_answers_point_to_where_the_request_came_in()
    {
        await using var served = await ServedSandbox.StartAsync();
        served.Sandbox.PageSize = 1;

        var list = await served.ReadAsync(HttpMethod.Get, served.Apps + Version);
        using var patched = await served.SendAsync(HttpMethod.Patch, $"{served.Apps}/web-shop{Version}", """{"tags":{"a":"b"}}""");

        Assert.StartsWith(served.Endpoint.AbsoluteUri, (string?)list["nextLink"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, patched.StatusCode);
        Assert.Equal(0, patched.Content.Headers.ContentLength);
        Assert.Equal(served.Endpoint.Authority, patched.Headers.Location?.Authority);
        Assert.StartsWith(served.Endpoint.AbsoluteUri, Assert.Single(patched.Headers.GetValues("Azure-AsyncOperation")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "AuthenticationFailed")]
    [InlineData("Bearer another-token", "InvalidAuthenticationToken")]
    [InlineData("Basic dGhlLXRva2VuLW9mLXRoZS10ZXN0", "AuthenticationFailed")]
    public async Task A_missing_or_wrong_bearer_gets_401_with_a_challenge(string? authorization, string code)
    {
        await using var served = await ServedSandbox.StartAsync();
        served.Client.DefaultRequestHeaders.Authorization = null;

        using var response = await served.SendAsync(
            HttpMethod.Get, $"{served.Apps}/web-shop{Version}", edit: request => request.Headers.TryAddWithoutValidation("Authorization", authorization));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        Assert.Contains($"\"{code}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_route_gets_404_and_a_body_that_is_no_JSON_400()
    {
        await using var served = await ServedSandbox.StartAsync();

        var unknown = await served.ReadAsync(HttpMethod.Get, "/nothing/here" + Version, HttpStatusCode.NotFound);
        var bad = await served.ReadAsync(HttpMethod.Patch, $"{served.Apps}/web-shop{Version}", HttpStatusCode.BadRequest, "{");

        Assert.NotNull((string?)unknown["error"]?["code"]);
        Assert.Equal("InvalidRequestContent", (string?)bad["error"]?["code"]);
    }

    [Fact]
    public async Task A_body_beyond_4_MB_is_refused_with_413_and_never_reaches_the_service()
    {
        await using var served = await ServedSandbox.StartAsync();
        var body = new string(' ', (4 * 1024 * 1024) + 1);

        var known = await served.ReadAsync(HttpMethod.Patch, $"{served.Apps}/web-shop{Version}", HttpStatusCode.RequestEntityTooLarge, body);
        using var chunked = await served.SendAsync(HttpMethod.Patch, $"{served.Apps}/web-shop{Version}", edit: request =>
        {
            request.Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body)));
            request.Headers.TransferEncodingChunked = true;
        });

        Assert.Equal("RequestContentTooLarge", (string?)known["error"]?["code"]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
        Assert.Empty(served.Sandbox.Requests);
    }

    [Fact]
    public async Task An_answer_to_HEAD_has_headers_and_no_body()
    {
        await using var served = await ServedSandbox.StartAsync();

        using var response = await served.SendAsync(HttpMethod.Head, $"{served.Apps}/web-shop{Version}");

        Assert.True(response.Content.Headers.ContentLength > 0);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("HEAD", Assert.Single(served.Sandbox.Requests).Method);
    }

    [Fact]
    public async Task A_correlation_id_of_any_text_comes_back()
    {
        await using var served = await ServedSandbox.StartAsync();

        using var response = await served.SendAsync(
            HttpMethod.Get, $"{served.Apps}/web-shop{Version}", edit: request => request.Headers.Add("x-ms-correlation-request-id", "run 7"));

        Assert.Equal("run 7", Assert.Single(response.Headers.GetValues("x-ms-correlation-request-id")));
    }

    [Fact]
    public async Task A_correlation_id_that_no_answer_can_have_is_left_out()
    {
        await using var served = await ServedSandbox.StartAsync();

        using var response = await served.SendAsync(
            HttpMethod.Patch,
            $"{served.Apps}/web-shop{Version}",
            "{}",
            request => request.Headers.TryAddWithoutValidation("x-ms-correlation-request-id", "run\u001b7"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(response.Headers.GetValues("x-ms-request-id"), response.Headers.GetValues("x-ms-correlation-request-id"));
        Assert.Empty(served.Errors.ToString());
    }

    [Theory]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(304)]
    public async Task A_status_without_a_body_comes_without_one(int status)
    {
        await using var served = await ServedSandbox.StartAsync();
        served.Sandbox.Inject("Status", "GET", null, times: 1, status);

        using var response = await served.SendAsync(HttpMethod.Get, $"{served.Apps}/web-shop{Version}");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(served.Errors.ToString());
    }

    [Fact]
    public async Task A_browser_is_not_told_to_keep_localhost_on_HTTPS()
    {
        await using var served = await ServedSandbox.StartAsync(https: true);

        using var response = await served.SendAsync(HttpMethod.Get, $"{served.Apps}/web-shop{Version}");

        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_mistake_of_the_sandbox_is_a_500_and_named_where_errors_go()
    {
        await using var served = await ServedSandbox.StartAsync();
        served.Sandbox.Inject(new SandboxFault { Method = "GET", Before = _ => throw new InvalidOperationException("a mistake") });

        using var response = await served.SendAsync(HttpMethod.Get, $"{served.Apps}/web-shop{Version}");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("a mistake", served.Errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectionReset", false, 0)]
    [InlineData("ConnectionResetAfterWrite", false, 1)]
    [InlineData("ConnectionReset", true, 0)]
    [InlineData("ConnectionResetAfterWrite", true, 1)]
    public async Task A_lost_connection_is_lost_on_the_wire(string kind, bool https, int writes)
    {
        await using var served = await ServedSandbox.StartAsync(https, https ? HttpVersion.Version20 : HttpVersion.Version11);
        served.Sandbox.Inject(kind, "POST", null);

        await Assert.ThrowsAsync<HttpRequestException>(() => served.SendAsync(HttpMethod.Post, Deactivate(served)));

        Assert.Equal(writes, served.Sandbox.WriteCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cut_body_ends_before_its_promised_length(bool https)
    {
        await using var served = await ServedSandbox.StartAsync(https, https ? HttpVersion.Version20 : HttpVersion.Version11);
        served.Sandbox.Inject("TruncatedBody", "GET", null);
        using HttpRequestMessage request = new(HttpMethod.Get, $"{served.Apps}/web-shop{Version}")
        {
            Version = served.Client.DefaultRequestVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await served.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 1000);
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync());

        using var next = await served.SendAsync(HttpMethod.Get, $"{served.Apps}/web-shop{Version}");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData("Timeout", 0)]
    [InlineData("TimeoutAfterWrite", 1)]
    public async Task What_never_comes_lasts_until_the_caller_goes(string kind, int writes)
    {
        await using var served = await ServedSandbox.StartAsync();
        served.Sandbox.Inject(kind, "POST", null);
        using CancellationTokenSource patience = new();

        var waiting = served.Client.PostAsync(Deactivate(served), null, patience.Token);
        SpinWait.SpinUntil(() => served.Sandbox.Requests.Count == 1 && served.Sandbox.WriteCount == writes, TimeSpan.FromSeconds(30));
        Assert.False(waiting.IsCompleted);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(writes, served.Sandbox.WriteCount);
    }

    [Fact]
    public async Task Requests_that_are_held_end_with_the_server()
    {
        await using var served = await ServedSandbox.StartAsync();
        served.Sandbox.Inject("Hold", "GET", null);

        var waiting = served.SendAsync(HttpMethod.Get, $"{served.Apps}/web-shop{Version}");
        Assert.True(SpinWait.SpinUntil(() => served.Sandbox.InFlight == 1, TimeSpan.FromSeconds(30)));
        await served.StopAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => waiting);
    }

    private static string Deactivate(ServedSandbox served) => $"{served.Apps}/web-shop/revisions/web-shop--0000003/deactivate{Version}";
}
