using System.Net;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 2: start, stop and secrets of an app, and its environment.</summary>
public sealed class Section02AppActionsTests : IDisposable
{
    private readonly SandboxDriver _driver = new();

    private string Worker => _driver.App("rg-data", "orders-worker");

    public void Dispose() => _driver.Dispose();

    [Theory]
    [InlineData("start")]
    [InlineData("stop")]
    public async Task Start_and_stop_answer_202_with_location_and_end_with_the_app(string action)
    {
        using var accepted = await _driver.SendAsync(HttpMethod.Post, $"{Worker}/{action}");
        _driver.Clock.Advance(TimeSpan.FromSeconds(35));
        var app = await _driver.GetAsync(Assert.Single(accepted.Headers.GetValues("Location")));

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.False(accepted.Headers.Contains("Azure-AsyncOperation"));
        Assert.Equal("orders-worker", (string?)app["name"]);
    }

    [Fact]
    public async Task A_stopped_app_says_so_its_revisions_are_down_and_a_start_brings_the_same_ones_up()
    {
        await _driver.WriteAsync(HttpMethod.Post, Worker + "/stop", null);
        _driver.Clock.Advance(TimeSpan.FromSeconds(71));
        var stopped = await StatusAsync();
        var active = await ActiveAsync();
        await _driver.WriteAsync(HttpMethod.Post, Worker + "/start", null);
        _driver.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal("Stopped", stopped);
        Assert.Empty(active);
        Assert.Equal("Running", await StatusAsync());
        Assert.Equal(["orders-worker--0000001", "orders-worker--0000002", "orders-worker--0000003"], await ActiveAsync());
    }

    [Fact]
    public async Task A_stop_of_an_absent_app_is_not_found() =>
        Assert.Equal(404, (await _driver.PostAsync(Worker + "-none/stop")).Status);

    [Fact]
    public async Task List_secrets_tells_the_values_and_no_other_answer_does()
    {
        await _driver.WriteAsync(HttpMethod.Patch, Worker, """
            {"properties":{"configuration":{"secrets":[{"name":"servicebus-connection","value":"top-secret"},{"name":"storage-key"}]}}}
            """);

        (var status, var body) = await _driver.PostAsync(Worker + "/listSecrets");

        Assert.Equal(200, status);
        Assert.Equal(
            """{"value":[{"name":"servicebus-connection","value":"top-secret"},{"name":"storage-key","value":"sandbox"}]}""", body);
        Assert.DoesNotContain("top-secret", (await _driver.GetAsync(Worker)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_never_paged()
    {
        _driver.Sandbox.PageSize = 1;

        (_, var body) = await _driver.PostAsync(Worker + "/listSecrets");

        Assert.Contains("servicebus-connection", body, StringComparison.Ordinal);
        Assert.Contains("storage-key", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revisions_are_read_under_detector_properties_in_the_same_shape() => Assert.Equal(
        (await _driver.GetAsync(Worker + "/revisions/orders-worker--0000003")).ToJsonString(),
        (await _driver.GetAsync(Worker + "/detectorProperties/revisions/orders-worker--0000003")).ToJsonString());

    [Fact]
    public async Task The_environment_of_an_app_can_be_read()
    {
        var app = (await _driver.GetAsync(Worker))["properties"]!;

        var environment = await _driver.GetAsync((string)app["environmentId"]!);

        Assert.Equal("Microsoft.App/managedEnvironments", (string?)environment["type"]);
        Assert.Equal("Succeeded", (string?)environment["properties"]!["provisioningState"]);
        var domain = (string?)environment["properties"]!["defaultDomain"];
        var revision = await _driver.RevisionAsync("rg-data", "orders-worker", "0000003");
        Assert.EndsWith($".{domain}", (string?)revision["fqdn"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_names_the_types_of_the_profiles_that_its_apps_run_on()
    {
        var app = (await _driver.GetAsync(_driver.App("rg-shop", "api-images")))["properties"]!;

        var environment = await _driver.GetAsync((string)app["environmentId"]!);

        Assert.Equal("gpu-t4", (string?)app["workloadProfileName"]);
        Assert.Equal(
            """[{"name":"Consumption","workloadProfileType":"Consumption"},{"name":"gpu-t4","workloadProfileType":"Consumption-GPU-NC8as-T4"}]""",
            environment["properties"]!["workloadProfiles"]!.ToJsonString());
    }

    [Fact]
    public async Task An_absent_environment_is_told_by_arm() => Assert.Equal(
        (404, "ResourceNotFound", "The Resource 'Microsoft.App/managedEnvironments/none' under resource group 'rg-data' was not found. " +
            "For more details please go to https://aka.ms/ARMResourceNotFoundFix"),
        await _driver.ErrorAsync(HttpMethod.Get, _driver.Group("rg-data") + "/providers/Microsoft.App/managedEnvironments/none"));

    private async Task<string?> StatusAsync() => (string?)(await _driver.GetAsync(Worker))["properties"]!["runningStatus"];

    private async Task<string[]> ActiveAsync() =>
    [
        .. (await _driver.ListAsync(Worker + "/revisions"))
            .Where(revision => (bool)revision["properties"]!["active"]!).Select(revision => (string)revision["name"]!),
    ];
}
