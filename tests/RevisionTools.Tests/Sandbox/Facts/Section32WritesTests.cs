using System.Net;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 3.2: PUT and PATCH of an app.</summary>
public sealed class Section32WritesTests : FactTests
{
    [Fact]
    public async Task Patch_answers_202_without_a_body_and_with_both_headers()
    {
        using var response = await Driver.SendAsync(HttpMethod.Patch, Landing, NewImage);

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
        using var accepted = await Driver.SendAsync(HttpMethod.Patch, Landing, NewImage);
        var address = Header(accepted, "Azure-AsyncOperation");
        var running = await Driver.GetAsync(address);
        var app = await Driver.GetAsync(Landing);
        Driver.Clock.Advance(TimeSpan.FromSeconds(35));
        var done = await Driver.GetAsync(address);

        Assert.Equal("InProgress", (string?)running["status"]);
        Assert.Equal("2025-11-03T09:30:00.0000000", (string?)running["startTime"]);
        Assert.Equal("InProgress", (string?)app["properties"]!["provisioningState"]);
        Assert.Equal("Succeeded", (string?)done["status"]);
        Assert.Equal("Succeeded", (string?)(await Driver.GetAsync(Landing))["properties"]!["provisioningState"]);
    }

    [Fact]
    public async Task The_result_address_answers_202_with_a_fresh_location_and_then_the_app()
    {
        using var accepted = await Driver.SendAsync(HttpMethod.Patch, Landing, NewImage);
        var first = Header(accepted, "Location");
        Driver.Clock.Advance(TimeSpan.FromSeconds(5));
        using var running = await Driver.SendAsync(HttpMethod.Get, first);
        Driver.Clock.Advance(TimeSpan.FromSeconds(30));
        var app = await Driver.GetAsync(Header(running, "Location"));

        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        Assert.NotEqual(first, Header(running, "Location"));
        Assert.Equal("web-landing", (string?)app["name"]);
    }

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
        driver.Clock.Advance(s_write);
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
        using var response = await Driver.SendAsync(HttpMethod.Put, Landing, """
            {"location":"North Europe","properties":{"configuration":{"activeRevisionsMode":"single"},
              "template":{"containers":[{"name":"web-landing","image":"contososhop.azurecr.io/landing:2.0.0"}]}}}
            """);
        var app = (await Driver.GetAsync(Landing))["properties"]!;

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Null(app["configuration"]!["ingress"]);
        Assert.Equal("web-landing--0000007", (string?)app["latestRevisionName"]);
    }

    [Fact]
    public async Task A_status_has_id_name_status_and_start_time()
    {
        using var patched = await Driver.SendAsync(HttpMethod.Patch, Landing, NewImage);

        var status = await Driver.GetAsync(Header(patched, "Azure-AsyncOperation"));

        Assert.Equal(["id", "name", "status", "startTime"], status.Select(field => field.Key));
        Assert.EndsWith($"/containerappOperationStatuses/{status["name"]}", (string?)status["id"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_client_is_asked_to_wait_five_seconds(string method)
    {
        using var accepted = await Driver.SendAsync(
            new HttpMethod(method), Landing, method == "PUT" ? """{"location":"North Europe"}""" : NewImage);
        using var status = await Driver.SendAsync(HttpMethod.Get, Header(accepted, "Azure-AsyncOperation"));

        Assert.Equal(("5", "5"), (Header(accepted, "Retry-After"), Header(status, "Retry-After")));
    }

    [Theory]
    [InlineData("/providers/Microsoft.App/containerApps/none", true)]
    [InlineData("/providers/Microsoft.App/containerApps/web-shop/revisions/none", false)]
    public async Task What_arm_answers_itself_has_a_failure_cause_and_what_the_provider_answers_has_not(string path, bool gateway)
    {
        using var response = await Driver.SendAsync(HttpMethod.Get, Driver.Group("rg-shop") + path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(gateway, response.Headers.TryGetValues("x-ms-failure-cause", out var cause) && cause.Single() == "gateway");
    }
}
