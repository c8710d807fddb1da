using System.Text.Json.Nodes;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 8 and its top: functions and scale rules of function apps, and recording 18.</summary>
public sealed class Section08FunctionsTests : IDisposable
{
    private const string Preview = "2025-10-02-preview";
    private const string Stable = "2026-07-01";

    private const string OverridePatch =
        """{"properties":{"template":{"scale":{"allowScalingRuleOverride":true,"rules":[{"name":"q","custom":{"type":"azure-queue"}}]}}}}""";

    private readonly SandboxDriver _driver = new();

    private string App => _driver.App("rg-data", "func-invoices");

    private string Revision => _driver.Revision("rg-data", "func-invoices", "0000004");

    public void Dispose() => _driver.Dispose();

    [RecordingTheory]
    [InlineData("18_functions_of_a_revision_2025.json")]
    public async Task Functions_of_a_revision_have_the_recorded_shape_in_the_preview(string file)
    {
        var recording = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RecordingTheoryAttribute.Folder!, file)))!;

        var actual = await _driver.GetAsync(Revision + "/functions", Preview);

        Assert.Equal(JsonShape.Of(recording["interactions"]![0]!["responseBody"]), JsonShape.Of(actual));
    }

    [Fact]
    public async Task Functions_of_a_revision_carry_trigger_language_and_the_address_at_the_apps_own_host()
    {
        var functions = await _driver.ListAsync(Revision + "/functions", Preview);

        Assert.Equal(
            ["PreviewInvoice httpTrigger", "SendReminders timerTrigger", "CreateInvoice queueTrigger"],
            functions.Select(function => $"{function["properties"]!["name"]} {function["properties"]!["triggerType"]}"));
        var fqdn = (string?)(await _driver.GetAsync(App))["properties"]!["configuration"]!["ingress"]!["fqdn"];
        Assert.Equal($"https://{fqdn}/api/previewinvoice", (string?)functions[0]["properties"]!["invokeUrlTemplate"]);
        Assert.EndsWith("/revisions/func-invoices--0000004/functions/PreviewInvoice", (string?)functions[0]["id"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_of_the_app_are_those_of_its_latest_revision_and_have_a_state_since_2026_07_01()
    {
        var function = await _driver.GetAsync(App + "/functions/sendreminders", Stable);

        Assert.Equal("func-invoices/SendReminders", (string?)function["name"]);
        Assert.Equal("Microsoft.App/containerApps/functions", (string?)function["type"]);
        Assert.Equal("Enabled", (string?)function["properties"]!["state"]);
        Assert.Equal(3, (await _driver.ListAsync(App + "/functions", Stable)).Length);
    }

    [Fact]
    public async Task Each_revision_answers_with_its_own_functions_and_a_new_one_has_those_of_the_newest()
    {
        var scenario = SandboxScenario.Parse("""
            {"apps":[{"resourceGroup":"rg","name":"func","kind":"functionapp","configuration":{"activeRevisionsMode":"Multiple"},
              "template":{"containers":[{"name":"func","image":"func:1"}]},
              "functions":[{"name":"Nightly","triggerType":"timerTrigger","source":"0 0 2 * * *"}],
              "revisions":[
                {"suffix":"a","createdTime":"-PT9H"},
                {"suffix":"b","createdTime":"-PT3H","functions":[{"name":"Ship","triggerType":"queueTrigger","source":"parcels"}]}]}]}
            """);
        using var driver = new SandboxDriver(scenario);
        using var again = new SandboxDriver(driver.Sandbox.Export());
        using var patched = await again.SendAsync(HttpMethod.Patch, again.App("rg", "func"), """{"properties":{"template":{"revisionSuffix":"c"}}}""");

        foreach (var (suffix, name) in new[] { ("a", "Nightly"), ("b", "Ship"), ("c", "Ship") })
        {
            var function = Assert.Single(await again.ListAsync(again.Revision("rg", "func", suffix) + "/functions", Preview));
            Assert.Equal(name, (string?)function["properties"]!["name"]);
        }
    }

    [Fact]
    public async Task Functions_are_pageable()
    {
        _driver.Sandbox.PageSize = 2;

        var first = await _driver.GetAsync(App + "/functions", Stable);
        var second = await _driver.GetAsync((string)first["nextLink"]!);

        Assert.Equal((2, 1), (first["value"]!.AsArray().Count, second["value"]!.AsArray().Count));
        Assert.False(second.ContainsKey("nextLink"));
    }

    [Fact]
    public async Task Functions_of_an_absent_revision_get_500_by_the_service()
    {
        using var response = await _driver.SendAsync(
            HttpMethod.Get, App + "/revisions/nonexistent-revision/functions/HttpExample", version: Preview);

        Assert.Equal(500, (int)response.StatusCode);
        Assert.Equal("service", Assert.Single(response.Headers.GetValues("x-ms-failure-cause")));
        Assert.True(response.Headers.Contains("api-supported-versions"));
        Assert.Equal(
            """{"error":{"code":"InternalServerError","message":"Internal server error occurred. Failed to retrieve functions for revision nonexistent-revision"}}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Functions_do_not_exist_at_an_older_version()
    {
        (var status, var code, var message) = await _driver.ErrorAsync(HttpMethod.Get, App + "/functions", version: "2026-01-01");

        Assert.Equal((400, "NoRegisteredProviderFound"), (status, code));
        Assert.Contains("for type 'containerApps/functions'. The supported api-versions are '2025-10-02-preview,", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absent_function_or_app_is_not_found_and_an_app_without_functions_has_an_empty_list()
    {
        (var status, var code, _) = await _driver.ErrorAsync(HttpMethod.Get, App + "/functions/none", version: Stable);

        Assert.Equal((404, "FunctionNotFound"), (status, code));
        Assert.Equal("ParentResourceNotFound", (await _driver.ErrorAsync(HttpMethod.Get, App + "-none/functions", version: Stable)).Code);
        Assert.Empty(await _driver.ListAsync(_driver.App("rg-shop", "web-shop") + "/functions", Stable));
    }

    [Fact]
    public async Task A_new_revision_takes_over_the_functions_of_the_one_before()
    {
        await _driver.WriteAsync(HttpMethod.Patch, App, """{"properties":{"template":{"revisionSuffix":"next"}}}""");

        Assert.Equal(3, (await _driver.ListAsync(App + "/revisions/func-invoices--next/functions", Stable)).Length);
    }

    [Fact]
    public async Task A_function_app_shows_no_scale_rules() => Assert.Null(
        (await _driver.GetAsync(App))["properties"]!["template"]!["scale"]!["rules"]);

    [Theory]
    [InlineData("2026-03-02-preview")]
    [InlineData(Stable)]
    public async Task An_override_lets_a_function_app_set_its_own_scale_rules(string version)
    {
        await _driver.WriteAsync(HttpMethod.Patch, App, OverridePatch, version);

        var shown = (await _driver.GetAsync(App, version))["properties"]!["template"]!["scale"]!;
        Assert.True((bool)shown["allowScalingRuleOverride"]!);
        Assert.Single(shown["rules"]!.AsArray());
        var revisions = App + "/revisions/func-invoices--0000005";
        Assert.True((bool)(await _driver.GetAsync(revisions, version))["properties"]!["template"]!["scale"]!["allowScalingRuleOverride"]!);
        Assert.False(((JsonObject)(await _driver.GetAsync(revisions))["properties"]!["template"]!["scale"]!).ContainsKey("allowScalingRuleOverride"));
        Assert.False(((JsonObject)(await _driver.GetAsync(App))["properties"]!["template"]!["scale"]!).ContainsKey("allowScalingRuleOverride"));
    }

    [Fact]
    public async Task Rules_without_the_override_or_with_it_at_an_older_version_are_refused()
    {
        var off = OverridePatch.Replace("true", "false", StringComparison.Ordinal);

        Assert.Equal("FunctionAppCannotSetScaleRules", (await _driver.ErrorAsync(HttpMethod.Patch, App, off, Stable)).Code);
        Assert.Equal("FunctionAppCannotSetScaleRules", (await _driver.ErrorAsync(HttpMethod.Patch, App, OverridePatch)).Code);
    }

    [Fact]
    public async Task Switching_the_override_off_while_rules_are_there_is_refused_and_with_an_empty_array_it_is_not()
    {
        await _driver.WriteAsync(HttpMethod.Patch, App, OverridePatch, Stable);
        const string Off = """{"properties":{"template":{"scale":{"allowScalingRuleOverride":false}}}}""";
        const string OffAndEmpty = """{"properties":{"template":{"scale":{"allowScalingRuleOverride":false,"rules":[]}}}}""";

        Assert.Equal((400, "FunctionAppCannotSetScaleRules"), Head(await _driver.ErrorAsync(HttpMethod.Patch, App, Off, Stable)));
        await _driver.WriteAsync(HttpMethod.Patch, App, OffAndEmpty, Stable);
    }

    [Fact]
    public async Task An_override_on_another_kind_of_app_is_not_applicable() => Assert.Equal(
        (400, "AllowScalingRuleOverrideNotApplicable"),
        Head(await _driver.ErrorAsync(HttpMethod.Patch, _driver.App("rg-shop", "web-shop"), OverridePatch, Stable)));

    private static (int, string?) Head((int Status, string? Code, string? Message) error) => (error.Status, error.Code);
}
