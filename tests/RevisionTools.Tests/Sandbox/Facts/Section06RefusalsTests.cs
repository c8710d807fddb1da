using System.Net;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 6: what is not found, and what is refused.</summary>
public sealed class Section06RefusalsTests : FactTests
{
    private string Apps => Driver.Group("rg-shop") + "/providers/Microsoft.App/containerApps";

    [Theory]
    [InlineData("/rg-none/providers/Microsoft.App/containerApps", 404, "ResourceGroupNotFound")]
    [InlineData("/rg-none/providers/Microsoft.App/containerApps/x", 404, "ResourceGroupNotFound")]
    [InlineData("/rg-shop/providers/Microsoft.App/containerApps/none", 404, "ResourceNotFound")]
    [InlineData("/rg-shop/providers/Microsoft.App/containerApps/none/revisions", 404, "ParentResourceNotFound")]
    [InlineData("/rg-shop/providers/Microsoft.App/containerApps/none/revisions/none--1", 404, "ParentResourceNotFound")]
    public async Task What_arm_itself_does_not_find_comes_from_the_gateway(string path, int status, string code)
    {
        using var response = await Driver.SendAsync(HttpMethod.Get, Driver.Group("")[..^1] + path);
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal((status, code), ((int)response.StatusCode, (string?)JsonNode.Parse(body)!["error"]!["code"]));
        Assert.Equal("gateway", Assert.Single(response.Headers.GetValues("x-ms-failure-cause")));
    }

    [Fact]
    public async Task An_absent_app_is_told_in_the_words_of_the_service() => Assert.Equal(
        "The Resource 'Microsoft.App/containerApps/none' under resource group 'rg-shop' was not found. " +
        "For more details please go to https://aka.ms/ARMResourceNotFoundFix",
        (await Driver.ErrorAsync(HttpMethod.Get, Apps + "/none")).Message);

    [Theory]
    [InlineData("GET", "", "read")]
    [InlineData("POST", "/none--1/restart", "write")]
    public async Task The_child_of_an_absent_app_is_told_in_the_words_of_arm(string method, string path, string verb)
    {
        var error = await Driver.ErrorAsync(new HttpMethod(method), $"{Apps}/none/revisions{path}");

        Assert.Equal((404, "ParentResourceNotFound"), Head(error));
        Assert.StartsWith($"Failed to perform '{verb}' on resource(s) of type 'containerApps/revisions', because the parent resource '", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absent_group_is_told_in_the_words_of_arm() => Assert.Equal(
        (404, "ResourceGroupNotFound", "Resource group 'rg-none' could not be found."),
        await Driver.ErrorAsync(HttpMethod.Get, Driver.App("rg-none", "x")));

    [Fact]
    public async Task An_error_has_code_and_message_in_an_envelope()
    {
        using var response = await Driver.SendAsync(HttpMethod.Get, Apps + "/none");
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

        Assert.Equal(["error"], body.Select(field => field.Key));
        Assert.Equal(["code", "message"], body["error"]!.AsObject().Select(field => field.Key));
    }

    [Theory]
    [InlineData("/web-shop/revisions/web-shop--none", "ContainerAppRevisionNotFound")]
    [InlineData("/web-shop/revisions/web-shop--none/replicas", "ContainerAppRevisionNotFound")]
    [InlineData("/web-shop/revisions/web-shop--0000030/replicas/none", "ContainerAppReplicaNotFound")]
    public async Task An_absent_revision_or_replica_is_told_by_the_provider(string path, string code)
    {
        using var response = await Driver.SendAsync(HttpMethod.Get, Apps + path);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;

        Assert.Equal((HttpStatusCode.NotFound, code), (response.StatusCode, (string?)error["code"]));
        Assert.False(response.Headers.Contains("x-ms-failure-cause"));
    }

    [Fact]
    public async Task While_an_operation_runs_every_other_write_of_the_app_gets_409_and_reads_and_other_apps_go_on()
    {
        await PatchAsync(Landing, NewImage);

        (var status, var code, var message) = await Driver.ErrorAsync(HttpMethod.Patch, Landing, ModeSingle);
        Assert.Equal((409, "ContainerAppOperationInProgress"), (status, code));
        Assert.Contains("OperationId: '", message, StringComparison.Ordinal);
        Assert.Equal(409, (await Driver.ErrorAsync(HttpMethod.Put, Landing, """{"location":"North Europe"}""")).Status);
        foreach (var action in new[] { "activate", "deactivate", "restart" })
        {
            Assert.Equal(409, (await Driver.PostAsync($"{Driver.Revision("rg-shop", "web-landing", "0000006")}/{action}")).Status);
        }

        Assert.Equal(200, (await Driver.PostAsync(Driver.Revision("rg-shop", "web-shop", "0000001") + "/deactivate")).Status);
        Driver.Clock.Advance(TimeSpan.FromSeconds(35));
        Assert.Equal(200, (await Driver.PostAsync(Driver.Revision("rg-shop", "web-landing", "0000006") + "/restart")).Status);
    }

    [Fact]
    public async Task An_invalid_name_is_told_in_the_reported_words() => Assert.Equal(
        (
            400,
            "ContainerAppInvalidRevisionName",
            "Revision name has an invalid value 'Bad'. A revision name must consist of lower case alphanumeric characters or '-', start " +
            "with an alphabetic character, and end with an alphanumeric character. The length of the revision name must not be more " +
            "than a combined 54 characters with the container app name."),
        await Driver.ErrorAsync(HttpMethod.Patch, Checkout, """{"properties":{"template":{"revisionSuffix":"Bad"}}}"""));

    [Fact]
    public async Task Scale_rules_of_a_function_app_are_refused() => Assert.Equal(
        (400, "FunctionAppCannotSetScaleRules"),
        Head(await Driver.ErrorAsync(
            HttpMethod.Patch,
            Driver.App("rg-data", "func-invoices"),
            """{"properties":{"template":{"scale":{"rules":[{"name":"r","http":{"metadata":{}}}]}}}}""")));

    [Fact]
    public async Task A_revision_that_is_going_down_can_be_activated_again()
    {
        var revision = Driver.Revision("rg-shop", "web-checkout", "v2-11");
        await Driver.PostAsync(revision + "/deactivate");
        Driver.Clock.Advance(TimeSpan.FromSeconds(4));
        (var status, _) = await Driver.PostAsync(revision + "/activate");
        Driver.Clock.Advance(TimeSpan.FromSeconds(80));

        Assert.Equal(200, status);
        Assert.Equal("Running", (string?)(await Driver.RevisionAsync("rg-shop", "web-checkout", "v2-11"))["runningState"]);
    }

    [Fact]
    public async Task Doing_what_is_done_already_is_accepted_and_changes_nothing()
    {
        var active = await Text("v2-11");
        await Driver.PostAsync(Driver.Revision("rg-shop", "web-checkout", "v2-11") + "/activate");

        Assert.Equal(active, await Text("v2-11"));
        (var status, _) = await Driver.PostAsync(Driver.Revision("rg-shop", "web-landing", "k2v9x4d") + "/deactivate");
        Assert.Equal(200, status);
        Assert.False((bool)(await Driver.RevisionAsync("rg-shop", "web-landing", "k2v9x4d"))["active"]!);

        async Task<string> Text(string suffix) =>
            (await Driver.RevisionAsync("rg-shop", "web-checkout", suffix)).ToJsonString();
    }

    [Fact]
    public async Task Restarting_an_inactive_revision_is_refused() => Assert.Equal(
        (400, "RevisionOperationError", "Error restarting revision web-landing--k2v9x4d. Details The revision is not active."),
        await Driver.ErrorAsync(HttpMethod.Post, Driver.Revision("rg-shop", "web-landing", "k2v9x4d") + "/restart"));

    [Theory]
    [InlineData(null, 400, "MissingApiVersionParameter")]
    [InlineData("2019-01-01", 400, "NoRegisteredProviderFound")]
    [InlineData("nonsense", 400, "NoRegisteredProviderFound")]
    public async Task An_api_version_that_is_missing_or_unknown_is_refused(string? version, int status, string code)
    {
        (var actual, var actualCode, _) = await Driver.ErrorAsync(HttpMethod.Get, Apps, version: version);

        Assert.Equal((status, code), (actual, actualCode));
    }

    [Fact]
    public async Task An_api_version_that_resources_do_not_have_is_refused()
    {
        (var status, var code, _) = await Driver.ErrorAsync(HttpMethod.Get, "/subscriptions", version: "2026-01-01");

        Assert.Equal((400, "InvalidApiVersionParameter"), (status, code));
    }
}
