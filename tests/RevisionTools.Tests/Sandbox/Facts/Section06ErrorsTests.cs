using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 6: errors.</summary>
public sealed class Section06ErrorsTests : IDisposable
{
    private readonly SandboxDriver _driver = new();

    private string Worker => _driver.App("rg-data", "orders-worker");

    private string Landing => _driver.App("rg-shop", "web-landing");

    public void Dispose() => _driver.Dispose();

    [Fact]
    public async Task Activation_is_refused_when_a_registry_of_the_revision_is_no_longer_configured()
    {
        await _driver.WriteAsync(HttpMethod.Patch, Landing, """
            {"properties":{"configuration":{"registries":[{"server":"contososhop.azurecr.io","identity":"system"}]},
              "template":{"revisionSuffix":"a"}}}
            """);
        _driver.Clock.Advance(TimeSpan.FromSeconds(120));
        await _driver.WriteAsync(HttpMethod.Patch, Landing, """
            {"properties":{"configuration":{"registries":[]},"template":{"revisionSuffix":"b"}}}
            """);
        _driver.Clock.Advance(TimeSpan.FromSeconds(120));

        (var status, var body) = await _driver.PostAsync(Landing + "/revisions/web-landing--a/activate");

        var error = JsonNode.Parse(body)!["error"]!;
        Assert.Equal((400, "RevisionOperationError"), (status, (string?)error["code"]));
        Assert.Equal(
            "Error activating revision web-landing--a. Details Reason: Bad Request. Body: {\"error\":\"the revision you are trying to " +
            "activate web-landing--a references registry contososhop.azurecr.io which is no longer defined, please add registry " +
            "contososhop.azurecr.io back and try again\",\"success\":false}",
            (string?)error["message"]);

        // The next one, made while there was no login, needs none.
        await _driver.WriteAsync(HttpMethod.Patch, Landing, """{"properties":{"template":{"revisionSuffix":"c"}}}""");
        _driver.Clock.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(200, (await _driver.PostAsync(Landing + "/revisions/web-landing--b/activate")).Status);
    }

    [Theory]
    [InlineData("""[{"name":"storage-key"}]""", 400)]
    [InlineData("""[{"name":"storage-key"},{"name":"servicebus-connection"}]""", 200)]
    public async Task Activation_is_refused_when_a_secret_of_the_revision_is_no_longer_configured(string secrets, int expected)
    {
        await _driver.WriteAsync(
            HttpMethod.Patch, Worker, """{"properties":{"configuration":{"secrets":SECRETS}}}""".Replace("SECRETS", secrets, StringComparison.Ordinal));

        (var status, var body) = await _driver.PostAsync(_driver.Revision("rg-data", "orders-worker", "b8j2l5v") + "/activate");

        Assert.Equal(expected, status);
        if (expected == 400)
        {
            Assert.Contains("\"RevisionOperationError\"", body, StringComparison.Ordinal);
            Assert.Contains("references secret ", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Activation_of_an_active_revision_asks_for_no_secret()
    {
        await _driver.WriteAsync(HttpMethod.Patch, Worker, """{"properties":{"configuration":{"secrets":[]}}}""");

        Assert.Equal(200, (await _driver.PostAsync(_driver.Revision("rg-data", "orders-worker", "0000003") + "/activate")).Status);
    }

    [Fact]
    public async Task A_registry_whose_password_is_no_secret_is_refused_in_the_recorded_words() => Assert.Equal(
        (400, "ContainerAppRegistriesPasswordSecretRefNotFound", "PasswordSecretRef 'pull' defined for registry server 'a.azurecr.io' not found."),
        await _driver.ErrorAsync(
            HttpMethod.Patch,
            Worker,
            """{"properties":{"configuration":{"registries":[{"server":"a.azurecr.io","username":"u","passwordSecretRef":"pull"}]}}}"""));

    [Fact]
    public async Task An_app_in_an_absent_environment_is_refused_in_the_recorded_words_and_is_not_made()
    {
        var id = _driver.Group("rg-data") + "/providers/Microsoft.App/managedEnvironments/none";
        var app = _driver.App("rg-data", "homeless");
        var body =
            """{"location":"North Europe","properties":{"environmentId":"ENVIRONMENT","template":{"containers":[{"name":"a","image":"a:1"}]}}}"""
                .Replace("ENVIRONMENT", id, StringComparison.Ordinal);

        Assert.Equal(
            (400, "ManagedEnvironmentNotProvisioned", $"The environment '{id}' has not been provisioned successfully."),
            await _driver.ErrorAsync(HttpMethod.Put, app, body));
        Assert.Equal(404, (await _driver.ErrorAsync(HttpMethod.Get, app)).Status);
        await _driver.MakeEnvironmentAsync(id);
        await _driver.WriteAsync(HttpMethod.Put, app, body);
    }

    [Theory]
    [InlineData("GET", "/revisions", "read", "containerApps/revisions")]
    [InlineData("GET", "/revisions/x/replicas", "read", "containerApps/revisions")]
    [InlineData("POST", "/revisions/x/activate", "write", "containerApps/revisions")]
    public async Task The_child_of_an_absent_app_is_told_by_arm(string method, string path, string verb, string type) => Assert.Equal(
        (404, "ParentResourceNotFound", $"Failed to perform '{verb}' on resource(s) of type '{type}', because the parent resource " +
            $"'{Worker}-none' could not be found."),
        await _driver.ErrorAsync(new HttpMethod(method), Worker + "-none" + path));

    [Theory]
    [InlineData("/nowhere", "MissingSubscription")]
    [InlineData("/subscriptions/x/resourceGroups/y/providers/Contoso.Things/things", "InvalidResourceNamespace")]
    [InlineData("/subscriptions/x/resourceGroups/y/providers/Microsoft.App/jobs/z", "InvalidResourceType")]
    public async Task An_unknown_path_is_told_by_what_of_it_arm_knows(string path, string code)
    {
        using var response = await _driver.SendAsync(HttpMethod.Get, path);

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal(code, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]);
        Assert.Equal("gateway", Assert.Single(response.Headers.GetValues("x-ms-failure-cause")));
    }

    [Fact]
    public async Task Errors_of_the_provider_list_its_versions_and_errors_of_arm_do_not()
    {
        using var provider = await _driver.SendAsync(HttpMethod.Get, Worker + "/revisions/none");
        using var gateway = await _driver.SendAsync(HttpMethod.Get, Worker + "-none");

        Assert.True(provider.Headers.Contains("api-supported-versions"));
        Assert.False(gateway.Headers.Contains("api-supported-versions"));
    }
}
