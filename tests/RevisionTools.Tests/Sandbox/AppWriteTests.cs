using System.Net;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox;

public sealed class AppWriteTests : IDisposable
{
    private const string NewImage =
        """{"properties":{"template":{"revisionSuffix":null,"containers":[{"name":"web-landing","image":"contososhop.azurecr.io/landing:1.7.0"}]}}}""";

    private const string ModeSingle = """{"properties":{"configuration":{"activeRevisionsMode":"single"}}}""";

    private readonly SandboxDriver _driver = new();

    private string Landing => _driver.App("rg-shop", "web-landing");

    private string Checkout => _driver.App("rg-shop", "web-checkout");

    public void Dispose() => _driver.Dispose();

    [Fact]
    public async Task Patch_answers_202_without_a_body_and_with_both_headers()
    {
        using var response = await _driver.SendAsync(HttpMethod.Patch, Landing, NewImage);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Contains("containerappOperationStatuses", Header(response, "Azure-AsyncOperation"), StringComparison.Ordinal);
        Assert.Contains("containerappOperationResults", Header(response, "Location"), StringComparison.Ordinal);
        Assert.Equal("5", Header(response, "Retry-After"));
        Assert.Equal("799", Header(response, "x-ms-ratelimit-remaining-subscription-resource-requests"));
    }

    [Fact]
    public async Task The_status_address_says_in_progress_and_after_at_most_35_seconds_succeeded()
    {
        using var accepted = await _driver.SendAsync(HttpMethod.Patch, Landing, NewImage);
        var address = Header(accepted, "Azure-AsyncOperation");
        var running = await _driver.GetAsync(address);
        var app = await _driver.GetAsync(Landing);
        _driver.Clock.Advance(TimeSpan.FromSeconds(35));
        var done = await _driver.GetAsync(address);

        Assert.Equal("InProgress", (string?)running["status"]);
        Assert.Equal("2025-11-03T09:30:00.0000000", (string?)running["startTime"]);
        Assert.Equal("InProgress", (string?)app["properties"]!["provisioningState"]);
        Assert.Equal("Succeeded", (string?)done["status"]);
        Assert.Equal("Succeeded", (string?)(await _driver.GetAsync(Landing))["properties"]!["provisioningState"]);
    }

    [Fact]
    public async Task The_result_address_answers_202_with_a_fresh_location_and_then_the_app()
    {
        using var accepted = await _driver.SendAsync(HttpMethod.Patch, Landing, NewImage);
        var first = Header(accepted, "Location");
        _driver.Clock.Advance(TimeSpan.FromSeconds(5));
        using var running = await _driver.SendAsync(HttpMethod.Get, first);
        _driver.Clock.Advance(TimeSpan.FromSeconds(30));
        var app = await _driver.GetAsync(Header(running, "Location"));

        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        Assert.NotEqual(first, Header(running, "Location"));
        Assert.Equal("web-landing", (string?)app["name"]);
    }

    [Fact]
    public async Task A_replacement_in_single_mode_follows_the_recorded_timeline()
    {
        await Write(HttpMethod.Patch, Landing, NewImage);
        _driver.Clock.Advance(TimeSpan.FromSeconds(18));
        var accepted = (await _driver.GetAsync(Landing))["properties"]!;
        var starting = await _driver.RevisionAsync("rg-shop", "web-landing", "0000007");
        var serving = await _driver.RevisionAsync("rg-shop", "web-landing", "0000006");
        _driver.Clock.Advance(TimeSpan.FromSeconds(22));
        var ready = (await _driver.GetAsync(Landing))["properties"]!;
        var leaving = (string)(await _driver.RevisionAsync("rg-shop", "web-landing", "0000006"))["runningState"]!;
        _driver.Clock.Advance(TimeSpan.FromSeconds(71));
        var gone = await _driver.RevisionAsync("rg-shop", "web-landing", "0000006");

        Assert.Equal("web-landing--0000007", (string?)accepted["latestRevisionName"]);
        Assert.Equal("web-landing--0000006", (string?)accepted["latestReadyRevisionName"]);
        Assert.Contains((string?)starting["runningState"], new[] { "Processing", "Activating" });
        Assert.Equal(100, (int)starting["trafficWeight"]!);
        Assert.Equal(("Running", 0), ((string?)serving["runningState"], (int)serving["trafficWeight"]!));
        Assert.Equal("web-landing--0000007", (string?)ready["latestReadyRevisionName"]);
        Assert.Contains(leaving, new[] { "Deprovisioning", "Stopped" });
        Assert.False((bool)gone["active"]!);
        var last = DateTimeOffset.Parse((string)gone["lastActiveTime"]!, null);
        Assert.InRange(last, SandboxDriver.Start.AddSeconds(20), SandboxDriver.Start.AddSeconds(40));
    }

    [Fact]
    public async Task A_new_revision_goes_from_processing_over_activating_to_running()
    {
        await Write(HttpMethod.Patch, Landing, NewImage);
        List<(string?, string?)> seen = [];
        for (var second = 0; second <= 41; second++)
        {
            var revision = await _driver.RevisionAsync("rg-shop", "web-landing", "0000007");
            seen.Add(((string?)revision["provisioningState"], (string?)revision["runningState"]));
            _driver.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([("Provisioning", "Processing"), ("Provisioned", "Activating"), ("Provisioned", "Running")], seen.Distinct());
    }

    [Theory]
    [InlineData("1.7.0-missing", "Failed", "Pending:ImagePullBackOff on legion")]
    [InlineData("1.7.0-crash", "Failed", "Container crashing: web-landing")]
    [InlineData("1.7.0-stuck", "Activating", null)]
    public async Task A_revision_that_is_never_ready_leaves_the_old_one_serving(string tag, string running, string? error)
    {
        await Write(HttpMethod.Patch, Landing, NewImage.Replace("1.7.0", tag));
        _driver.Clock.Advance(TimeSpan.FromHours(1));
        var revision = await _driver.RevisionAsync("rg-shop", "web-landing", "0000007");

        Assert.Equal(running, (string?)revision["runningState"]);
        Assert.Equal(error, (string?)revision["provisioningError"]);
        Assert.Equal("Running", (string?)(await _driver.RevisionAsync("rg-shop", "web-landing", "0000006"))["runningState"]);
        Assert.Equal("web-landing--0000006", (string?)(await _driver.GetAsync(Landing))["properties"]!["latestReadyRevisionName"]);
    }

    [Theory]
    [InlineData("""{"properties":{"configuration":{"maxInactiveRevisions":20}}}""")]
    [InlineData("""{"tags":{"stage":"test"}}""")]
    [InlineData("""{"properties":{"template":{"scale":{"maxReplicas":10}}}}""")]
    public async Task What_does_not_change_the_template_makes_no_revision(string patch)
    {
        var before = (await _driver.ListAsync(Landing + "/revisions")).Length;

        await Write(HttpMethod.Patch, Landing, patch);

        Assert.Equal(before, (await _driver.ListAsync(Landing + "/revisions")).Length);
    }

    [Fact]
    public async Task Patch_merges_objects_replaces_arrays_and_removes_by_null()
    {
        await Write(HttpMethod.Patch, Checkout, """
            {"tags":{"owner":null,"stage":"test"},"properties":{"configuration":{"ingress":{"traffic":[
              {"revisionName":"web-checkout--v2-15","weight":"100","latestRevision":false,"label":null}]}}}}
            """);
        var app = await _driver.GetAsync(Checkout);

        Assert.Equal("""{"stage":"test"}""", app["tags"]!.ToJsonString());
        var ingress = app["properties"]!["configuration"]!["ingress"]!;
        Assert.Equal("""[{"revisionName":"web-checkout--v2-15","weight":100}]""", ingress["traffic"]!.ToJsonString());
        Assert.Equal(8080, (int)ingress["targetPort"]!);
        Assert.Equal(100, (int)(await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-15"))["trafficWeight"]!);
    }

    [Fact]
    public async Task Traffic_to_an_inactive_revision_is_accepted_and_does_not_wake_it()
    {
        await _driver.PostAsync(_driver.Revision("rg-shop", "web-checkout", "v2-10") + "/deactivate");
        _driver.Clock.Advance(TimeSpan.FromSeconds(71));
        await Write(HttpMethod.Patch, Checkout, """
            {"properties":{"configuration":{"ingress":{"traffic":[{"revisionName":"web-checkout--v2-10","weight":25},
              {"revisionName":"web-checkout--v2-14","weight":75}]}}}}
            """);
        var revision = await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-10");

        Assert.Equal((false, 25), ((bool)revision["active"]!, (int)revision["trafficWeight"]!));
    }

    [Theory]
    [InlineData("""[{"latestRevision":true,"weight":90}]""")]
    [InlineData("""[{"revisionName":"web-checkout--gone","weight":100}]""")]
    [InlineData("""[{"latestRevision":true,"weight":100,"label":"a"},{"revisionName":"web-checkout--v2-14","weight":0,"label":"a"}]""")]
    public async Task A_traffic_array_that_breaks_the_rules_is_refused_and_nothing_changes(string traffic)
    {
        var before = (await _driver.GetAsync(Checkout)).ToJsonString();

        (var status, _, _) = await _driver.ErrorAsync(
            HttpMethod.Patch, Checkout, """{"properties":{"configuration":{"ingress":{"traffic":TRAFFIC}}}}""".Replace("TRAFFIC", traffic));

        Assert.Equal(400, status);
        Assert.Equal(before, (await _driver.GetAsync(Checkout)).ToJsonString());
    }

    [Fact]
    public async Task While_an_operation_runs_every_other_write_of_the_app_gets_409_and_reads_and_other_apps_go_on()
    {
        await Write(HttpMethod.Patch, Landing, NewImage);

        (var status, var code, var message) = await _driver.ErrorAsync(HttpMethod.Patch, Landing, ModeSingle);
        Assert.Equal((409, "ContainerAppOperationInProgress"), (status, code));
        Assert.Contains("OperationId: '", message, StringComparison.Ordinal);
        Assert.Equal(409, (await _driver.ErrorAsync(HttpMethod.Put, Landing, """{"location":"North Europe"}""")).Status);
        foreach (var action in new[] { "activate", "deactivate", "restart" })
        {
            Assert.Equal(409, (await _driver.PostAsync($"{_driver.Revision("rg-shop", "web-landing", "0000006")}/{action}")).Status);
        }

        Assert.Equal(200, (await _driver.PostAsync(_driver.Revision("rg-shop", "web-shop", "0000001") + "/deactivate")).Status);
        _driver.Clock.Advance(TimeSpan.FromSeconds(35));
        Assert.Equal(200, (await _driver.PostAsync(_driver.Revision("rg-shop", "web-landing", "0000006") + "/restart")).Status);
    }

    [Fact]
    public async Task A_switch_to_single_mode_leaves_the_latest_ready_revision()
    {
        await Write(HttpMethod.Patch, _driver.App("rg-shop", "web-shop"), ModeSingle);
        _driver.Clock.Advance(TimeSpan.FromSeconds(71));
        var revisions = await _driver.ListAsync(_driver.Revisions("rg-shop", "web-shop"));

        Assert.Equal("web-shop--0000030", (string?)Assert.Single(revisions, revision => (bool)revision["properties"]!["active"]!)["name"]);
    }

    [Theory]
    [InlineData("v2-13", 400, "InvalidParameterValueInContainerTemplate")]
    [InlineData("Bad", 400, "ContainerAppInvalidRevisionName")]
    [InlineData("a--b", 400, "ContainerAppInvalidRevisionName")]
    [InlineData("a23456789012345678901234567890123456789012", 400, "ContainerAppInvalidRevisionName")]
    public async Task A_suffix_that_is_taken_or_malformed_is_refused(string suffix, int status, string code) =>
        Assert.Equal((status, code), Head(await _driver.ErrorAsync(
            HttpMethod.Patch, Checkout, """{"properties":{"template":{"revisionSuffix":"SUFFIX"}}}""".Replace("SUFFIX", suffix))));

    [Fact]
    public async Task A_suffix_names_the_revision()
    {
        await Write(HttpMethod.Patch, Checkout, """{"properties":{"template":{"revisionSuffix":"v2-16"}}}""");

        Assert.Equal("web-checkout--v2-16", (string?)(await _driver.GetAsync(Checkout))["properties"]!["latestRevisionName"]);
    }

    [Fact]
    public async Task Scale_rules_of_a_function_app_are_refused() => Assert.Equal(
        (400, "FunctionAppCannotSetScaleRules"),
        Head(await _driver.ErrorAsync(
            HttpMethod.Patch,
            _driver.App("rg-data", "func-invoices"),
            """{"properties":{"template":{"scale":{"rules":[{"name":"r","http":{"metadata":{}}}]}}}}""")));

    [Fact]
    public async Task Put_makes_an_app_in_a_new_group_and_its_first_revision_is_ready_when_the_operation_ends()
    {
        using SandboxDriver driver = new(fleet: false);
        using var group = await driver.SendAsync(
            HttpMethod.Put, driver.Group("rg-new"), """{"location":"northeurope"}""", "2021-04-01");
        using var created = await driver.SendAsync(HttpMethod.Put, driver.App("rg-new", "hello"), """
            {"location":"North Europe","properties":{"configuration":{"activeRevisionsMode":"multiple","ingress":{"external":true,
              "targetPort":80,"transport":"auto","traffic":null}},"template":{"containers":[{"name":"hello","image":"hello:1"}]}}}
            """);
        var body = JsonNode.Parse(await created.Content.ReadAsStringAsync())!["properties"]!;
        driver.Clock.Advance(TimeSpan.FromSeconds(245));
        var status = await driver.GetAsync(Header(created, "Azure-AsyncOperation"));
        var app = (await driver.GetAsync(driver.App("rg-new", "hello")))["properties"]!;

        Assert.Equal(HttpStatusCode.Created, group.StatusCode);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.False(created.Headers.Contains("Location"));
        Assert.Equal("PT15M", Header(created, "x-ms-async-operation-timeout"));
        Assert.Equal("InProgress", (string?)body["provisioningState"]);
        Assert.Null(body["latestRevisionName"]);
        Assert.Equal("Succeeded", (string?)status["status"]);
        Assert.Matches("^hello--[a-z0-9]{7}$", (string?)app["latestRevisionName"]);
        Assert.Equal((string?)app["latestRevisionName"], (string?)app["latestReadyRevisionName"]);
        Assert.Equal("""[{"weight":100,"latestRevision":true}]""", app["configuration"]!["ingress"]!["traffic"]!.ToJsonString());
        Assert.Equal("Multiple", (string?)app["configuration"]!["activeRevisionsMode"]);
    }

    [Fact]
    public async Task Put_of_an_app_that_is_there_replaces_it_and_answers_201_too()
    {
        using var response = await _driver.SendAsync(HttpMethod.Put, Landing, """
            {"location":"North Europe","properties":{"configuration":{"activeRevisionsMode":"single"},
              "template":{"containers":[{"name":"web-landing","image":"contososhop.azurecr.io/landing:2.0.0"}]}}}
            """);
        var app = (await _driver.GetAsync(Landing))["properties"]!;

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Null(app["configuration"]!["ingress"]);
        Assert.Equal("web-landing--0000007", (string?)app["latestRevisionName"]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"a":1,"a":2}""")]
    public async Task A_body_that_is_no_object_is_refused(string body) =>
        Assert.Equal((400, "InvalidRequestContent"), Head(await _driver.ErrorAsync(HttpMethod.Patch, Landing, body)));

    [Fact]
    public async Task Values_of_the_wrong_kind_do_not_break_the_sandbox()
    {
        await Write(HttpMethod.Patch, Landing, """
            {"properties":{"configuration":{"activeRevisionsMode":7,"ingress":{"external":"yes","traffic":"all"}},
              "template":{"containers":{},"scale":[]}}}
            """);

        Assert.NotNull(await _driver.GetAsync(Landing));
        Assert.NotEmpty(await _driver.ListAsync(Landing + "/revisions"));
    }

    private static (int, string?) Head((int Status, string? Code, string? Message) error) => (error.Status, error.Code);

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    private async Task Write(HttpMethod method, string path, string body)
    {
        using var response = await _driver.SendAsync(method, path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
