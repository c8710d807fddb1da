using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

public sealed class SandboxFaultTests : IDisposable
{
    private static readonly TimeSpan s_realLimit = TimeSpan.FromSeconds(30);
    private readonly SandboxDriver _driver = new();

    private ContainerAppsSandbox Sandbox => _driver.Sandbox;

    private string List => _driver.Revisions("rg-shop", "web-checkout");

    private string Deactivate => _driver.Revision("rg-shop", "web-checkout", "v2-10") + "/deactivate";

    public void Dispose() => _driver.Dispose();

    [Fact]
    public async Task Forbidden_names_the_action_that_is_missing_and_the_scope()
    {
        Sandbox.Inject("Status", "POST", "*/deactivate", status: 403);

        (var status, var code, var message) = await _driver.ErrorAsync(HttpMethod.Post, Deactivate);

        Assert.Equal((403, "AuthorizationFailed"), (status, code));
        Assert.Contains("to perform action 'Microsoft.App/containerApps/revisions/deactivate/action'", message, StringComparison.Ordinal);
        Assert.Contains("over scope '" + Deactivate[..^"/deactivate".Length] + "'", message, StringComparison.Ordinal);
        Assert.True((bool)(await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-10"))["active"]!);
    }

    [Fact]
    public async Task Throttling_has_a_retry_after_and_the_body_of_the_service()
    {
        Sandbox.Inject("status", null, null, status: 429);

        using var response = await _driver.SendAsync(HttpMethod.Get, List);
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter!.Delta);
        Assert.Contains("\"code\":\"SubscriptionRequestsThrottled\"", body, StringComparison.Ordinal);
        Assert.Contains("Number of 'read' requests for subscription", body, StringComparison.Ordinal);
        Assert.Contains("Please try again after '10' seconds.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_message_and_wait_can_be_given()
    {
        Sandbox.Inject(new SandboxFault
        {
            Status = 503,
            ErrorCode = "Busy",
            ErrorMessage = "Later.",
            RetryAfter = TimeSpan.FromSeconds(2.5),
        });

        using var response = await _driver.SendAsync(HttpMethod.Get, List);

        Assert.Equal("""{"error":{"code":"Busy","message":"Later."}}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(TimeSpan.FromSeconds(3), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task An_error_may_come_unwrapped_empty_or_with_any_body()
    {
        Sandbox.Inject(new SandboxFault { Status = 400, ErrorCode = "Old", ErrorMessage = "Shape.", Unwrapped = true });
        Sandbox.Inject(new SandboxFault { Status = 412, EmptyBody = true });
        Sandbox.Inject(new SandboxFault { Status = 200, Body = """{"status":"Failed"}""" });

        Assert.Equal((400, """{"code":"Old","message":"Shape."}"""), await Read());
        Assert.Equal((412, ""), await Read());
        Assert.Equal((200, """{"status":"Failed"}"""), await Read());
        Assert.Equal(200, (await Read()).Status);

        async Task<(int Status, string Body)> Read()
        {
            using var response = await _driver.SendAsync(HttpMethod.Get, List);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task The_first_matching_fault_with_times_left_wins()
    {
        Sandbox.Inject(new SandboxFault { Status = 500, Times = 2, Path = "*/REVISIONS", Method = "get" });
        Sandbox.Inject(new SandboxFault { Status = 502, Times = int.MaxValue });

        Assert.Equal("500 500 502 502 502", await Statuses(5));
        Sandbox.ClearFaults();
        Assert.Equal("200", await Statuses(1));
    }

    [Theory]
    [InlineData("DEACTIVATE", true)]
    [InlineData("web-checkout--v2-10/deactivate", true)]
    [InlineData("activate", true)]
    [InlineData("web-shop", false)]
    [InlineData("/deactivate", false)]
    [InlineData("deactivate*", false)]
    [InlineData("?deactivate", false)]
    [InlineData("", true)]
    public async Task A_text_without_wildcards_meets_a_path_that_has_it_anywhere_unless_it_is_a_whole_path(string path, bool meets)
    {
        Sandbox.Inject("Status", "POST", path, status: 403);

        Assert.Equal(meets ? 403 : 200, (await _driver.PostAsync(Deactivate)).Status);
    }

    [Fact]
    public async Task A_whole_path_meets_itself_only()
    {
        Sandbox.Inject("Status", null, Deactivate, int.MaxValue, status: 403);

        Assert.Equal(403, (await _driver.PostAsync(Deactivate)).Status);
        Assert.Equal("200", await Statuses(1));
    }

    [Fact]
    public async Task Skipped_requests_pass_and_a_fault_that_does_not_match_is_not_used_up()
    {
        Sandbox.Inject(new SandboxFault { Status = 500, Skip = 2, Path = "*/revision?" });
        Sandbox.Inject(new SandboxFault { Status = 502, Method = "PATCH" });
        Sandbox.Inject(new SandboxFault { Status = 504, Path = "*/revisions/*" });

        Assert.Equal("200 200 500 200", await Statuses(4));
    }

    [Fact]
    public async Task A_reset_before_the_write_leaves_the_revision_as_it_was()
    {
        Sandbox.Inject("ConnectionReset", "POST", null);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => _driver.PostAsync(Deactivate));

        Assert.IsType<IOException>(error.InnerException);
        Assert.Equal("Running", (string?)(await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-10"))["runningState"]);
        Assert.Equal(0, Sandbox.WriteCount);
        Assert.Null(Sandbox.Requests[0].Status);
    }

    [Fact]
    public async Task A_reset_after_the_write_has_taken_effect()
    {
        Sandbox.Inject("ConnectionResetAfterWrite", "POST", null);

        await Assert.ThrowsAsync<HttpRequestException>(() => _driver.PostAsync(Deactivate));

        Assert.Equal("Deprovisioning", (string?)(await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-10"))["runningState"]);
        Assert.Equal(1, Sandbox.WriteCount);
        Assert.Null(Sandbox.Requests[0].Status);
    }

    [Fact]
    public async Task A_truncated_body_ends_with_an_io_error_in_the_middle()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.TruncatedBody, Times = 2 });
        using HttpRequestMessage request = new(HttpMethod.Get, List + "?api-version=" + SandboxDriver.Version);
        using var response = await _driver.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        using MemoryStream read = new();

        var error = await Assert.ThrowsAsync<HttpIOException>(() => body.CopyToAsync(read));

        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
        Assert.Equal(response.Content.Headers.ContentLength / 2, read.Length);
        await Assert.ThrowsAsync<HttpRequestException>(() => _driver.GetAsync(List));
    }

    [Fact]
    public async Task Malformed_json_comes_with_200_and_ends_properly()
    {
        Sandbox.Inject("MalformedJson", null, null);

        using var response = await _driver.SendAsync(HttpMethod.Get, List);
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(body));
    }

    [Fact]
    public async Task A_held_request_counts_as_in_flight_and_goes_on_when_released()
    {
        Sandbox.Inject("Hold", "POST", null);
        Task<(int Status, string)> held = _driver.PostAsync(Deactivate);
        await Reached(1);

        Assert.False(held.IsCompleted);
        Assert.Equal("Running", (string?)(await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-10"))["runningState"]);
        Assert.Equal(0, Sandbox.WriteCount);
        Sandbox.ReleaseHeld();

        Assert.Equal(200, (await held.WaitAsync(s_realLimit)).Status);
        Assert.Equal("Deprovisioning", (string?)(await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-10"))["runningState"]);
        Assert.Equal(0, Sandbox.InFlight);
    }

    [Fact]
    public async Task A_held_request_can_be_cancelled_and_never_reaches_the_service()
    {
        Sandbox.Inject("Hold", null, null);
        using CancellationTokenSource source = new();
        var held = _driver.SendAsync(HttpMethod.Post, Deactivate, cancellationToken: source.Token);
        await Reached(1);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held.WaitAsync(s_realLimit));
        Assert.Equal(0, Sandbox.WriteCount);
        Assert.Equal(0, Sandbox.InFlight);
    }

    [Fact]
    public async Task A_deaf_request_ignores_cancellation_until_it_is_released()
    {
        Sandbox.Inject("HoldIgnoringCancellation", null, null);
        using HttpMessageInvoker invoker = new(Sandbox, disposeHandler: false);
        using HttpRequestMessage request = new(HttpMethod.Get, "https://management.azure.com" + List + "?api-version=2026-01-01");
        request.Headers.Add("Authorization", "Bearer a-token");
        using CancellationTokenSource source = new();
        var held = invoker.SendAsync(request, source.Token);
        await Reached(1);
        await source.CancelAsync();

        Assert.False(held.IsCompleted);
        Sandbox.ReleaseHeld();
        using var response = await held.WaitAsync(s_realLimit);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_foreign_next_link_stands_in_lists_only()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ForeignNextLink, Times = 2 });

        var list = await _driver.GetAsync(List);
        var app = await _driver.GetAsync(_driver.App("rg-shop", "web-checkout"));

        Assert.NotEqual("management.azure.com", new Uri((string)list["nextLink"]!).Host);
        Assert.False(app.ContainsKey("nextLink"));
    }

    [Fact]
    public async Task A_page_fault_cuts_one_list_into_pages()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Page, PageSize = 4 });

        var first = await _driver.GetAsync(List);
        var rest = await _driver.GetAsync((string)first["nextLink"]!);

        Assert.Equal(4, first["value"]!.AsArray().Count);
        Assert.Equal(2, rest["value"]!.AsArray().Count);
        Assert.False(rest.ContainsKey("nextLink"));
    }

    [Fact]
    public async Task A_second_operator_can_act_before_the_service_sees_the_request_or_before_the_answer_is_seen()
    {
        List<string> calls = [];
        Sandbox.Inject(new SandboxFault
        {
            Method = "GET",
            Before = sandbox =>
            {
                calls.Add("before");
                sandbox.Clock.Advance(TimeSpan.FromSeconds(90));
            },
            After = _ => calls.Add("after"),
        });
        await _driver.PostAsync(Deactivate);

        var revision = await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-10");

        Assert.Equal(["before", "after"], calls);
        Assert.Equal("Stopped", (string?)revision["runningState"]);
    }

    [Theory]
    [InlineData("Timeout", "Running", 0)]
    [InlineData("TimeoutAfterWrite", "Deprovisioning", 1)]
    public async Task A_time_out_may_come_before_or_after_the_write_took_effect(string kind, string state, int writes)
    {
        Sandbox.Inject(kind, "POST", null);

        var error = await Assert.ThrowsAsync<TaskCanceledException>(() => _driver.PostAsync(Deactivate));

        Assert.IsType<TimeoutException>(error.InnerException);
        Assert.Equal(state, (string?)(await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-10"))["runningState"]);
        Assert.Equal(writes, Sandbox.WriteCount);
    }

    [Fact]
    public async Task An_expired_token_is_challenged_with_the_claims_that_a_new_one_must_meet()
    {
        Sandbox.Inject("ExpiredToken", null, null);

        using var response = await _driver.SendAsync(HttpMethod.Get, List);
        var challenge = response.Headers.WwwAuthenticate.Single();
        var claims = Regex.Match(challenge.Parameter!, "claims=\"([^\"]+)\"").Groups[1].Value;

        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (response.StatusCode, challenge.Scheme));
        Assert.Contains("error=\"insufficient_claims\"", challenge.Parameter, StringComparison.Ordinal);
        Assert.Equal(
            SandboxDriver.Start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            (string?)JsonNode.Parse(Convert.FromBase64String(claims))!["access_token"]!["nbf"]!["value"]);
    }

    [Fact]
    public async Task Reads_may_lag_behind_a_write_for_a_while()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.StaleReads, Method = "POST", Duration = TimeSpan.FromSeconds(20) });

        await _driver.PostAsync(Deactivate);
        var before = await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-10");
        var listed = (await _driver.ListAsync(List))[0]["properties"]!;
        _driver.Clock.Advance(TimeSpan.FromSeconds(20));
        var after = await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-10");

        Assert.Equal(("Running", "Running"), ((string?)before["runningState"], (string?)listed["runningState"]));
        Assert.NotEqual("Running", (string?)after["runningState"]);
    }

    [Fact]
    public async Task A_deleted_app_may_be_seen_for_a_while_by_itself_and_in_the_list()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.StaleReads, Method = "DELETE", Duration = TimeSpan.FromMinutes(10) });
        using var delete = await _driver.SendAsync(HttpMethod.Delete, _driver.App("rg-shop", "web-shop"));
        _driver.Clock.Advance(TimeSpan.FromMinutes(9));

        Assert.Equal("web-shop", (string?)(await _driver.GetAsync(_driver.App("rg-shop", "web-shop")))["name"]);
        Assert.Contains("web-shop", await Names());
        _driver.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain("web-shop", await Names());

        async Task<IEnumerable<string?>> Names() =>
            (await _driver.ListAsync(_driver.Group("rg-shop") + "/providers/Microsoft.App/containerApps")).Select(app => (string?)app["name"]);
    }

    [Fact]
    public async Task A_new_app_may_be_unseen_for_a_while()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.StaleReads, Method = "PUT", Duration = TimeSpan.FromSeconds(5) });
        var app = _driver.App("rg-shop", "web-new");
        using var put = await _driver.SendAsync(HttpMethod.Put, app, """{"location":"North Europe","properties":{}}""");

        using var early = await _driver.SendAsync(HttpMethod.Get, app);
        var listed = await _driver.ListAsync(_driver.Group("rg-shop") + "/providers/Microsoft.App/containerApps");
        _driver.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NotFound), (put.StatusCode, early.StatusCode));
        Assert.DoesNotContain("web-new", listed.Select(item => (string?)item["name"]));
        Assert.Equal("web-new", (string?)(await _driver.GetAsync(app))["name"]);
    }

    [Fact]
    public async Task An_operation_may_stay_in_progress_past_its_time_out()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.OperationStuck, Method = "PATCH" });
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.OperationStuck, Method = "PATCH", Duration = TimeSpan.FromMinutes(20) });

        var forEver = await Patch("web-shop");
        var late = await Patch("web-checkout");

        _driver.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(("InProgress", "InProgress"), (await Status(forEver), await Status(late)));
        _driver.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(("InProgress", "Succeeded"), (await Status(forEver), await Status(late)));
        _driver.Clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal("InProgress", await Status(forEver));
    }

    [Fact]
    public async Task An_operation_may_end_failed_and_a_refused_write_does_not_pass_that_on()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.OperationFails, Method = "PATCH", ErrorMessage = "No luck." });
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.OperationFails, Method = "PATCH" });

        var failed = await Patch("web-shop");
        using var refused = await _driver.SendAsync(HttpMethod.Patch, _driver.App("rg-shop", "web-checkout"), "not JSON");
        var after = await Patch("web-checkout");
        _driver.Clock.Advance(TimeSpan.FromSeconds(35));

        var body = await _driver.GetAsync(failed);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(
            ("Failed", "ContainerAppOperationError", "No luck."),
            ((string?)body["status"], (string?)body["error"]!["code"], (string?)body["error"]!["message"]));
        Assert.Equal("Succeeded", await Status(after));
    }

    [Theory]
    [InlineData(SandboxFaultKind.OperationStuck)]
    [InlineData(SandboxFaultKind.OperationFails)]
    public async Task The_client_tells_an_operation_that_does_not_succeed(SandboxFaultKind kind)
    {
        Sandbox.Inject(new SandboxFault { Kind = kind, Method = "PATCH" });
        ContainerAppsClient azure = new(ConnectionSettings.ForSandbox(Sandbox, Sandbox.Clock, Sandbox.SubscriptionId).Arm);

        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => azure.UpdateAppAsync(
            new ContainerAppId(Sandbox.SubscriptionId, "rg-shop", "web-shop"), new JsonObject { ["tags"] = new JsonObject { ["a"] = "b" } }, TimeSpan.MaxValue, CancellationToken.None));

        Assert.Equal(kind is SandboxFaultKind.OperationStuck ? FailureKind.RevisionWaitTimeout : FailureKind.OperationFailed, failure.Kind);
    }

    [Fact]
    public async Task A_second_operator_acts_through_the_service_right_before_a_request()
    {
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.SecondOperator,
            Method = "GET",
            Intervention = new SandboxIntervention { Method = "post", Path = Deactivate },
        });

        var revision = await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-10");

        Assert.Equal("Deprovisioning", (string?)revision["runningState"]);
        Assert.Equal(0, Sandbox.WriteCount);
        Assert.Equal(
            [("GET", false, 200), ("POST", true, 200)],
            Sandbox.Requests.Select(request => (request.Method, request.IsIntervention, request.Status ?? 0)));
    }

    [Fact]
    public async Task The_services_clock_may_be_ahead_of_the_callers()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ClockSkew, Duration = TimeSpan.FromMinutes(7) });

        using var response = await _driver.SendAsync(HttpMethod.Get, List);

        Assert.Equal(TimeSpan.FromMinutes(7), response.Headers.Date - SandboxDriver.Start);
        Assert.Equal(TimeSpan.FromMinutes(7), Sandbox.ClockSkew);
    }

    [Fact]
    public async Task Chance_strikes_as_often_as_it_says_and_the_same_requests_for_the_same_seed()
    {
        Sandbox.Throttling = false;
        Sandbox.Inject(new SandboxFault { Status = 503, Chance = 0.3, Times = int.MaxValue });
        using SandboxDriver twin = new();
        twin.Sandbox.Throttling = false;
        twin.Sandbox.Inject(new SandboxFault { Status = 503, Chance = 0.3, Times = int.MaxValue });

        var statuses = await Statuses(_driver, 1000);

        Assert.InRange(statuses.Split(' ').Count(status => status == "503"), 250, 350);
        Assert.Equal(statuses, await Statuses(twin, 1000));
    }

    [Theory]
    [InlineData("Nonsense", 0)]
    [InlineData("42", 0)]
    [InlineData("Status", 0)]
    [InlineData("Status", 700)]
    public void A_fault_that_means_nothing_is_refused(string kind, int status) =>
        Assert.Throws<ArgumentException>(() => Sandbox.Inject(kind, null, null, status: status));

    [Fact]
    public async Task Faults_come_from_json_all_or_none()
    {
        var error = Assert.Throws<ScenarioException>(() => Sandbox.Inject(
            """[{"kind":"connectionReset"},{"kind":"status"}]"""));
        Assert.Equal("$[1]", error.Path);
        Assert.Equal("200", await Statuses(1));

        Sandbox.Inject("""{"kind":"status","status":502,"times":2,"retryAfter":"PT3S"}""");
        Assert.Equal("502 502 200", await Statuses(3));
    }

    [Theory]
    [InlineData(SandboxFaultKind.StaleReads)]
    [InlineData(SandboxFaultKind.ClockSkew)]
    [InlineData(SandboxFaultKind.SecondOperator)]
    public void A_fault_that_could_do_nothing_is_refused(SandboxFaultKind kind)
    {
        Assert.Throws<ScenarioException>(() => Sandbox.Inject(new SandboxFault { Kind = kind }));
        Assert.Throws<ScenarioException>(() => Sandbox.Inject(kind.ToString(), null, null));
    }

    /// <summary>Changes tags; where its operation can be polled.</summary>
    private async Task<string> Patch(string app)
    {
        using var response = await _driver.SendAsync(HttpMethod.Patch, _driver.App("rg-shop", app), """{"tags":{"a":"b"}}""");
        return new Uri(response.Headers.GetValues("Azure-AsyncOperation").Single()).PathAndQuery;
    }

    private async Task<string?> Status(string address) => (string?)(await _driver.GetAsync(address))["status"];

    /// <summary>Waits until so many requests are in flight.</summary>
    private async Task Reached(int count)
    {
        using CancellationTokenSource limit = new(s_realLimit);
        while (Sandbox.InFlight < count)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Task<string> Statuses(int count) => Statuses(_driver, count);

    private async Task<string> Statuses(SandboxDriver driver, int count)
    {
        List<int> statuses = [];
        for (var index = 0; index < count; index++)
        {
            using var response = await driver.SendAsync(HttpMethod.Get, List);
            statuses.Add((int)response.StatusCode);
        }

        return string.Join(' ', statuses);
    }
}
