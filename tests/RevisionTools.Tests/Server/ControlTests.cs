using System.Net;
using System.Text.Json.Nodes;
using RevisionTools.Sandbox;

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
    public async Task Advance_stops_where_no_scenario_could_say_the_time()
    {
        await using var served = await ServedSandbox.StartAsync();
        var now = served.Sandbox.Clock.GetUtcNow();
        served.Sandbox.Clock.Advance(new DateTimeOffset(2899, 12, 31, 0, 0, 0, TimeSpan.Zero) - now);

        var answer = await served.ReadAsync(HttpMethod.Post, "/_sandbox/advance?seconds=86400", HttpStatusCode.BadRequest);

        Assert.Contains("2900", (string?)answer["error"]?["message"], StringComparison.Ordinal);
        await served.ReadAsync(HttpMethod.Post, "/_sandbox/advance?seconds=86399");
    }

    [Fact]
    public async Task The_scenario_is_a_file_that_a_server_can_start_from()
    {
        await using var served = await ServedSandbox.StartAsync();
        using var delete = await served.SendAsync(HttpMethod.Delete, $"{served.Apps}/web-shop?api-version=2026-01-01");
        await served.ReadAsync(HttpMethod.Post, "/_sandbox/advance?seconds=300");

        using var answer = await served.SendAsync(HttpMethod.Get, "/_sandbox/scenario");
        var scenario = SandboxScenario.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(10, scenario.Apps.Count);
        Assert.Equal(served.Sandbox.Clock.GetUtcNow(), scenario.Time);
    }

    [Fact]
    public async Task Held_requests_go_on_when_released()
    {
        await using var served = await ServedSandbox.StartAsync();
        served.Sandbox.Inject("Hold", "GET", "containerApps");
        var held = served.SendAsync(HttpMethod.Get, $"{served.Apps}?api-version=2026-01-01");
        while (served.Sandbox.InFlight == 0)
        {
            await Task.Yield();
        }

        using var released = await served.SendAsync(HttpMethod.Post, "/_sandbox/release");
        using var answer = await held;

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.OK), (released.StatusCode, answer.StatusCode));
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

    [Fact]
    public async Task The_state_can_be_served_again_and_has_counters()
    {
        await using var served = await ServedSandbox.StartAsync();
        using var patched = await served.SendAsync(HttpMethod.Patch, $"{served.Apps}/web-shop?api-version=2026-01-01", """{"tags":{"a":"b"}}""");
        var app = await served.ReadAsync(HttpMethod.Get, $"{served.Apps}/web-shop?api-version=2026-01-01");

        var state = await served.ReadAsync(HttpMethod.Get, "/_sandbox/state");
        using ContainerAppsSandbox again = new(
            new SandboxClock(served.Sandbox.Clock.GetUtcNow()), SandboxScenario.Parse(state["scenario"]!.ToJsonString()));
        using HttpClient client = new(again, disposeHandler: false) { BaseAddress = served.Endpoint };
        client.DefaultRequestHeaders.Authorization = new("Bearer", ServedSandbox.Token);

        Assert.Equal(app.ToJsonString(), JsonNode.Parse(await client.GetStringAsync($"{served.Apps}/web-shop?api-version=2026-01-01"))!.ToJsonString());
        Assert.Equal((2, 1, 0), ((int)state["counters"]!["requests"]!, (int)state["counters"]!["writes"]!, (int)state["counters"]!["inFlight"]!));
        Assert.Equal(
            [("subscription", "write", 199), ("subscription", "read", 249), ("subscription-global", "write", 2999), ("subscription-global", "read", 3749)],
            ((JsonArray)state["counters"]!["buckets"]!).Select(bucket => ((string)bucket!["scope"]!, (string)bucket["class"]!, (int)bucket["left"]!)));
    }

    [Fact]
    public async Task The_state_counts_what_each_revision_has_consumed()
    {
        await using var served = await ServedSandbox.StartAsync();
        await served.ReadAsync(HttpMethod.Post, "/_sandbox/advance?seconds=86400");

        var queues = (JsonArray)(await served.ReadAsync(HttpMethod.Get, "/_sandbox/state"))["counters"]!["queues"]!;
        var timer = Assert.Single(queues, queue => (string?)queue!["name"] == "func-invoices/SendReminders")!;

        Assert.Equal((true, 1), ((bool)timer["isTimer"]!, (int)timer["arrived"]!));
        Assert.All(timer["consumed"]!.AsObject(), revision => Assert.StartsWith("func-invoices--", revision.Key, StringComparison.Ordinal));
        Assert.Equal(served.Sandbox.Queues.Count, queues.Count);
    }

    [Theory]
    [InlineData("""{"kind":"status","status":503,"method":"get","path":"*/web-shop"}""")]
    [InlineData("""[{"kind":"status","status":503,"times":1},{"kind":"connectionReset","method":"DELETE"}]""")]
    public async Task Faults_are_added_one_or_many_and_cleared(string faults)
    {
        await using var served = await ServedSandbox.StartAsync();
        var app = $"{served.Apps}/web-shop?api-version=2026-01-01";

        using var added = await served.SendAsync(HttpMethod.Post, "/_sandbox/faults", faults);
        await served.ReadAsync(HttpMethod.Get, app, HttpStatusCode.ServiceUnavailable);
        await served.ReadAsync(HttpMethod.Get, app);
        using var more = await served.SendAsync(HttpMethod.Post, "/_sandbox/faults", faults);
        using var cleared = await served.SendAsync(HttpMethod.Delete, "/_sandbox/faults");
        await served.ReadAsync(HttpMethod.Get, app);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (added.StatusCode, cleared.StatusCode));
    }

    [Theory]
    [InlineData("""{"kind":"status","status":503,"path":7}""", "$.path", "a text is expected")]
    [InlineData("""[{"kind":"connectionReset"},{"kind":"status","status":199}]""", "$[1].status", "200 to 599")]
    [InlineData("""{"kind":"clockSkew","duration":"-P36526D"}""", "$.duration", "a hundred years")]
    [InlineData("""[{"kind":"connectionReset"},{"kind":"earthquake"}]""", "$[1].kind", "one of status, connectionReset")]
    [InlineData("""{"kind":"connectionReset","colour":"red"}""", "$.colour", "no field 'colour'")]
    [InlineData("{", "$", "")]
    [InlineData("", "$", "")]
    public async Task A_bad_fault_is_refused_with_path_and_reason_and_none_is_added(string faults, string path, string reason)
    {
        await using var served = await ServedSandbox.StartAsync();

        var refusal = await served.ReadAsync(HttpMethod.Post, "/_sandbox/faults", HttpStatusCode.BadRequest, faults);

        Assert.Equal(path, (string?)refusal["error"]?["path"]);
        Assert.Contains(reason, (string?)refusal["error"]?["message"], StringComparison.Ordinal);
        await served.ReadAsync(HttpMethod.Get, $"{served.Apps}/web-shop?api-version=2026-01-01");
    }

    [Fact]
    public async Task A_control_body_beyond_1_MB_is_refused()
    {
        await using var served = await ServedSandbox.StartAsync();

        await served.ReadAsync(HttpMethod.Post, "/_sandbox/faults", HttpStatusCode.RequestEntityTooLarge, new string(' ', (1024 * 1024) + 1));
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
