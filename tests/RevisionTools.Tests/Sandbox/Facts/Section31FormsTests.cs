using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 3.1: casing, ids, dates, nulls.</summary>
public sealed class Section31FormsTests : FactTests
{
    [Fact]
    public async Task The_types_and_ids_of_apps_revisions_and_replicas_are_cased_as_recorded()
    {
        var app = await Driver.GetAsync(Landing);
        var revision = await Driver.GetAsync(Landing + "/revisions/web-landing--0000006");
        var replica = (await Driver.ListAsync(Landing + "/revisions/web-landing--0000006/replicas"))[0];

        Assert.Equal("Microsoft.App/containerApps", (string?)app["type"]);
        Assert.Equal("Microsoft.App/containerapps/revisions", (string?)revision["type"]);
        Assert.Equal("Microsoft.App/containerapps/revisions/replicas", (string?)replica["type"]);
        Assert.EndsWith("/providers/Microsoft.App/containerapps/web-landing", (string?)app["id"], StringComparison.Ordinal);
        Assert.EndsWith("/containerApps/web-landing/revisions/web-landing--0000006", (string?)revision["id"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Modes_and_transports_sent_in_lower_case_come_back_capitalised()
    {
        await PatchAsync(Landing, """{"properties":{"configuration":{"activeRevisionsMode":"multiple","ingress":{"transport":"http2"}}}}""");

        var configuration = (await PropertiesAsync(Landing))["configuration"]!;
        Assert.Equal(("Multiple", "Http2"), ((string?)configuration["activeRevisionsMode"], (string?)configuration["ingress"]!["transport"]));
    }

    [Fact]
    public async Task Dates_of_revisions_have_an_offset_those_of_replicas_a_z_and_those_of_apps_and_operations_neither()
    {
        var inactive = await LandingAsync("k2v9x4d");
        var replica = (await Driver.ListAsync(Landing + "/revisions/web-landing--0000006/replicas"))[0];
        using var patched = await Driver.SendAsync(HttpMethod.Patch, Landing, ModeMultiple);
        var operation = await Driver.GetAsync(Header(patched, "Azure-AsyncOperation"));
        var systemData = (await Driver.GetAsync(Landing))["systemData"]!;

        const string Second = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}";
        Assert.Matches(Second + "[+]00:00$", (string?)inactive["createdTime"]);
        Assert.Matches(Second + "[+]00:00$", (string?)inactive["lastActiveTime"]);
        Assert.Matches(Second + "Z$", (string?)replica["properties"]!["createdTime"]);
        Assert.Matches(Second + "[.][0-9]{6,7}$", (string?)systemData["createdAt"]);
        Assert.Matches(Second + "[.][0-9]{6,7}$", (string?)systemData["lastModifiedAt"]);
        Assert.Matches(Second + "[.][0-9]{6,7}$", (string?)operation["startTime"]);
    }

    [Fact]
    public async Task The_dates_of_an_answer_to_put_end_in_z()
    {
        using var put = await Driver.SendAsync(HttpMethod.Put, Landing, """{"location":"North Europe"}""");
        var systemData = JsonNode.Parse(await put.Content.ReadAsStringAsync())!["systemData"]!;

        Assert.EndsWith("Z", (string?)systemData["lastModifiedAt"], StringComparison.Ordinal);
        Assert.DoesNotContain("Z", (string?)(await Driver.GetAsync(Landing))["systemData"]!["lastModifiedAt"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_leaves_out_what_it_has_not_and_its_template_says_null()
    {
        var running = await LandingAsync("0000006");

        Assert.DoesNotContain(running, field => field.Key is "lastActiveTime" or "provisioningError" or "runningStateDetails");
        var template = (JsonObject)running["template"]!;
        foreach (var field in new[] { "initContainers", "volumes", "serviceBinds", "terminationGracePeriodSeconds" })
        {
            Assert.True(template.TryGetPropertyValue(field, out var value) && value is null, field);
        }
    }

    [Fact]
    public async Task An_app_says_null_where_it_has_nothing_but_leaves_out_tags()
    {
        (var created, _) = await CreateAsync("{}");
        var app = await Driver.GetAsync(created);

        Assert.False(app.ContainsKey("tags"));
        var configuration = (JsonObject)app["properties"]!["configuration"]!;
        Assert.True(configuration.TryGetPropertyValue("ingress", out var ingress) && ingress is null);
        Assert.True(configuration.TryGetPropertyValue("dapr", out var dapr) && dapr is null);
    }

    [Fact]
    public async Task The_latest_revision_is_not_named_in_the_answer_that_creates_the_app()
    {
        (_, var answer) = await CreateAsync("{}");

        Assert.False(answer["properties"]!.AsObject().ContainsKey("latestRevisionName"));
    }

    [Fact]
    public async Task An_app_has_fields_that_the_stable_types_lack_and_more_in_preview_versions()
    {
        var stable = (JsonObject)(await Driver.GetAsync(Landing))["properties"]!;
        var preview = (JsonObject)(await Driver.GetAsync(Landing, "2025-02-02-preview"))["properties"]!;

        Assert.Equal("[]", stable["delegatedIdentities"]!.ToJsonString());
        Assert.False(stable.ContainsKey("patchingMode"));
        Assert.Equal("Automatic", (string?)preview["patchingMode"]);
    }

    [Fact]
    public async Task Weights_sent_as_text_come_back_as_numbers()
    {
        await PatchAsync(Shop, Traffic("""[{"latestRevision":true,"weight":"70"},{"revisionName":"web-shop--0000001","weight":"30"}]"""));

        Assert.Equal(
            """[{"weight":70,"latestRevision":true},{"revisionName":"web-shop--0000001","weight":30}]""",
            (await PropertiesAsync(Shop))["configuration"]!["ingress"]!["traffic"]!.ToJsonString());
    }

    [Fact]
    public async Task Only_set_fields_of_a_traffic_entry_come_back()
    {
        await PatchAsync(Shop, Traffic("""[{"revisionName":"web-shop--0000001","weight":100,"latestRevision":false,"label":null}]"""));

        Assert.Equal(
            """[{"revisionName":"web-shop--0000001","weight":100}]""",
            (await PropertiesAsync(Shop))["configuration"]!["ingress"]!["traffic"]!.ToJsonString());
    }
}
