using System.Net;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Server;

/// <summary>The calls below /_sandbox.</summary>
public sealed class ControlTests
{
    [Fact]
    public async Task Advance_moves_the_clock_and_says_where_it_stands()
    {
        await using var served = await ServedSandbox.StartAsync();

        var answer = await served.ReadAsync(HttpMethod.Post, "/_sandbox/advance?seconds=90.5");

        Assert.Equal("2026-01-15T09:01:30.5+00:00", (string?)answer["time"]);
        Assert.Equal(new DateTimeOffset(2026, 1, 15, 9, 1, 30, 500, TimeSpan.Zero), served.Sandbox.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?seconds=")]
    [InlineData("?seconds=-1")]
    [InlineData("?seconds=soon")]
    [InlineData("?seconds=NaN")]
    [InlineData("?seconds=1e300")]
    public async Task Advance_refuses_what_is_no_time(string query)
    {
        await using var served = await ServedSandbox.StartAsync();

        await served.ReadAsync(HttpMethod.Post, "/_sandbox/advance" + query, HttpStatusCode.BadRequest);

        Assert.Equal(new DateTimeOffset(2026, 1, 15, 9, 0, 0, TimeSpan.Zero), served.Sandbox.Clock.GetUtcNow());
    }

    [Fact]
    public async Task The_log_has_every_request_in_order_and_no_control_call()
    {
        await using var served = await ServedSandbox.StartAsync();
        var app = $"{served.Apps}/web-shop?api-version=2026-01-01";
        using var read = await served.SendAsync(HttpMethod.Get, app);
        using var unknown = await served.SendAsync(HttpMethod.Post, "/nothing");
        await served.ReadAsync(HttpMethod.Post, "/_sandbox/advance?seconds=1");
        using var write = await served.SendAsync(HttpMethod.Patch, app, "{}");

        var log = (JsonArray)(await served.ReadAsync(HttpMethod.Get, "/_sandbox/log"))["value"]!;

        Assert.Equal(
            [("GET", app, 200, false), ("POST", "/nothing", 404, true), ("PATCH", app, 202, true)],
            log.Select(line => ((string)line!["method"]!, (string)line["path"]!, (int)line["status"]!, (bool)line["isWrite"]!)));
        Assert.Equal("2026-01-15T09:00:01+00:00", (string?)log[2]!["time"]);
    }

    [Fact]
    public async Task The_log_can_be_cleared()
    {
        await using var served = await ServedSandbox.StartAsync();
        using var read = await served.SendAsync(HttpMethod.Get, "/subscriptions?api-version=2022-12-01");

        using var cleared = await served.SendAsync(HttpMethod.Delete, "/_sandbox/log");

        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
        Assert.Empty((JsonArray)(await served.ReadAsync(HttpMethod.Get, "/_sandbox/log"))["value"]!);
    }

    [Theory]
    [InlineData("GET", "/_sandbox/log")]
    [InlineData("POST", "/_sandbox/advance?seconds=1")]
    [InlineData("DELETE", "/_sandbox/faults")]
    public async Task Control_asks_for_no_token_but_lets_in_no_web_page(string method, string path)
    {
        await using var served = await ServedSandbox.StartAsync();
        served.Client.DefaultRequestHeaders.Authorization = null;

        using var let = await served.SendAsync(new HttpMethod(method), path);
        using var page = await served.SendAsync(new HttpMethod(method), path, edit: request => request.Headers.Add("Origin", "http://localhost:3000"));
        using var sandboxed = await served.SendAsync(new HttpMethod(method), path, edit: request => request.Headers.Add("Origin", "null"));
        using var rebound = await served.SendAsync(new HttpMethod(method), path, edit: request => request.Headers.Host = "evil.example.net");

        Assert.True(let.IsSuccessStatusCode);
        Assert.Equal(
            [HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], [page.StatusCode, sandboxed.StatusCode, rebound.StatusCode]);
    }

    [Theory]
    [InlineData("GET", "/_sandbox", HttpStatusCode.NotFound)]
    [InlineData("GET", "/_sandbox/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/_sandbox/advance", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/_sandbox/state", HttpStatusCode.MethodNotAllowed)]
    public async Task Other_control_calls_are_refused_in_words(string method, string path, HttpStatusCode expected)
    {
        await using var served = await ServedSandbox.StartAsync();

        var answer = await served.ReadAsync(new HttpMethod(method), path, expected);

        Assert.Contains("/_sandbox", (string?)answer["error"]?["message"], StringComparison.Ordinal);
        Assert.Empty(served.Sandbox.Requests);
    }
}
