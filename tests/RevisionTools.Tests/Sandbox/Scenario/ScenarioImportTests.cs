using System.Globalization;
using System.Text.Json.Nodes;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Sandbox;

public sealed class ScenarioImportTests
{
    private static readonly DateTimeOffset s_time = new(2026, 1, 15, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_live_app_answers_in_the_sandbox_as_Azure_CLI_printed_it()
    {
        using SandboxDriver driver = new(Imported());
        var app = await driver.GetAsync(driver.App("rg-live", "api-live"));
        var printed = JsonNode.Parse(Fixture.Read("AzureCli/containerapp-show.json"))!;

        Assert.Equal("11111111-2222-3333-4444-555555555555", driver.Sandbox.SubscriptionId);
        Assert.Equal((string?)printed["id"], (string?)app["id"]);
        Assert.Equal("West Europe", (string?)app["location"]);
        Assert.Equal("""{"team":"live"}""", app["tags"]!.ToJsonString());
        var properties = app["properties"]!;
        Assert.Equal("D4", (string?)properties["workloadProfileName"]);
        Assert.Equal((string?)printed["properties"]!["environmentId"], (string?)properties["environmentId"]);
        Assert.Equal("api-live--0000042", (string?)properties["latestRevisionName"]);
        Assert.Equal("api-live--0000041", (string?)properties["latestReadyRevisionName"]);
        Assert.Equal(50, (int)properties["configuration"]!["maxInactiveRevisions"]!);
        Assert.Equal(
            "api-live.internal.calmsea-0a1b2c3d.westeurope.azurecontainerapps.io", (string?)properties["configuration"]!["ingress"]!["fqdn"]);
        Assert.Equal("x", (string?)properties["template"]!["scale"]!["rules"]![0]!["http"]!["metadata"]!["other"]);
        Assert.Equal("2025-01-02T03:04:05.6789010", (string?)app["systemData"]!["createdAt"]);
    }

    [Fact]
    public async Task Its_revisions_keep_their_states_and_come_oldest_first()
    {
        using SandboxDriver driver = new(Imported());
        var printed = JsonNode.Parse(Fixture.Read("AzureCli/revision-list.json"))!.AsArray()
            .ToDictionary(revision => (string)revision!["name"]!, revision => revision!["properties"]!.AsObject());
        var revisions = await driver.ListAsync(driver.Revisions("rg-live", "api-live"));

        Assert.Equal(
            ["api-live--0000040", "api-live--0000041", "api-live--0000042"], revisions.Select(revision => (string?)revision["name"]));
        foreach (var revision in revisions)
        {
            foreach (var (name, value) in printed[(string)revision["name"]!].Where(field => field.Key != "template"))
            {
                Assert.Equal($"{name} {value}", $"{name} {revision["properties"]![name]}");
            }
        }
    }

    [Fact]
    public void Values_of_secrets_are_left_behind()
    {
        var json = Imported().ToJson();

        Assert.DoesNotContain("never-keep-this", json, StringComparison.Ordinal);
        Assert.Contains("db-password", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_revision_is_numbered_after_the_highest()
    {
        using SandboxDriver driver = new(Imported());
        using var accepted = await driver.SendAsync(
            HttpMethod.Patch,
            driver.App("rg-live", "api-live"),
            """{"properties":{"template":{"containers":[{"name":"api","image":"contoso.azurecr.io/api:43"}]}}}""");

        var app = await driver.GetAsync(driver.App("rg-live", "api-live"));

        Assert.Equal("api-live--0000043", (string?)app["properties"]!["latestRevisionName"]);
    }

    [Fact]
    public void A_revision_in_the_middle_of_its_end_goes_on_to_it()
    {
        var list = Fixture.Read("AzureCli/revision-list.json").Replace("Rebalancing", "Deprovisioning", StringComparison.Ordinal);
        var scenario = SandboxScenario.Import([Fixture.Read("AzureCli/containerapp-show.json")], [list], s_time);

        Assert.Equal(RevisionPhase.Deprovisioning, scenario.Apps[0].Revisions[1].State?.Phase);
    }

    [Fact]
    public void What_is_newer_than_this_machines_clock_sets_the_time_of_the_scenario()
    {
        var newest = s_time.AddMinutes(3);
        var list = JsonNode.Parse(Fixture.Read("AzureCli/revision-list.json"))!;
        list[1]!["properties"]!["createdTime"] = newest.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

        var scenario = SandboxScenario.Import([Fixture.Read("AzureCli/containerapp-show.json")], [list.ToJsonString()], s_time);

        Assert.Equal(newest, scenario.Time);
        Assert.Equal(s_time, Imported().Time);
    }

    [Fact]
    public async Task Revisions_that_are_missing_are_told_by_the_command_that_gives_them()
    {
        using SandboxDriver driver = new();
        var app = await driver.GetAsync(driver.App("rg-shop", "web-checkout"));
        var oldest = (await driver.ListAsync(driver.Revisions("rg-shop", "web-checkout")))[0];

        var error = Assert.Throws<ScenarioException>(() => SandboxScenario.Import([app.ToJsonString()], [oldest.ToJsonString()], SandboxDriver.Start));

        Assert.Contains("there is no revision 'web-checkout--v2-14'", error.Reason, StringComparison.Ordinal);
        Assert.Contains("az containerapp revision list --all", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_of_apps_and_ARM_lists_will_do_as_well()
    {
        var app = Fixture.Read("AzureCli/containerapp-show.json");
        var list = Fixture.Read("AzureCli/revision-list.json");

        Assert.Equal(Imported().ToJson(), SandboxScenario.Import([$"[{app}]"], [$"{{\"value\":{list}}}"], s_time).ToJson());
    }

    [Theory]
    [InlineData("nonsense", "[]", "apps[0]: ")]
    [InlineData("7", "[]", "apps[0]: an object or an array of objects is expected")]
    [InlineData("[]", "[]", "apps: there is no app in it")]
    [InlineData("{}", "[]", "apps[0].id: the resource id of a container app or of a revision is expected")]
    [InlineData("[7]", "[]", "apps[0][0]: an object is expected")]
    [InlineData(null, "[]", "apps[0]: no revision of 'api-live' is among the revisions")]
    public void What_Azure_CLI_does_not_print_is_refused(string? app, string revisions, string expected) =>
        Assert.StartsWith(
            expected,
            Assert.Throws<ScenarioException>(() => SandboxScenario.Import(
                [app ?? Fixture.Read("AzureCli/containerapp-show.json")], [revisions], s_time)).Message,
            StringComparison.Ordinal);

    [RecordingTheory]
    [InlineData("01_multiple_mode_traffic_2024-04.json", 26, 24)]
    [InlineData("01_multiple_mode_traffic_2024-04.json", 32, 33)]
    [InlineData("03_restart_deactivate_activate_replicas_delete_2024-05.json", 19, 20)]
    [InlineData("08_ingress_traffic_2025.json", 32, 33)]
    [InlineData("08_ingress_traffic_2025.json", 43, 46)]
    public async Task A_recorded_app_comes_back_field_for_field(string file, int app, int revisions)
    {
        var recording = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RecordingTheoryAttribute.Folder!, file)))!["interactions"]!.AsArray();
        var recordedApp = Answer(app);
        var recordedList = Answer(revisions);
        var time = recordedList["value"]!.AsArray().Max(revision => DateTimeOffset.Parse((string)revision!["properties"]!["createdTime"]!, null));
        using SandboxDriver driver = new(SandboxScenario.Import([recordedApp.ToJsonString()], [recordedList.ToJsonString()], time.AddSeconds(30)));
        var id = (string)recordedApp["id"]!;

        Same(recordedApp, await driver.GetAsync(id, VersionOf(app)), "runningStatus", "createdBy", "lastModifiedBy", "eventStreamEndpoint", "outboundIpAddresses", "customDomainVerificationId", "provisioningState");
        Same(recordedList, await driver.GetAsync(id + "/revisions", VersionOf(revisions)));

        JsonObject Answer(int index) => Interaction(index)["responseBody"]!.AsObject();

        string VersionOf(int index) => ((string)Interaction(index)["uri"]!).Split("api-version=")[1];

        JsonNode Interaction(int index) => recording.First(one => one!["index"]!.ToString() == $"{index}")!;
    }

    private static void Same(JsonObject expected, JsonObject actual, params string[] volatileFields) =>
        Assert.Equal(Normal(expected, volatileFields)!.ToJsonString(), Normal(actual, volatileFields)!.ToJsonString());

    private static JsonNode? Normal(JsonNode? node, string[] volatileFields) => node switch
    {
        JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, volatileFields.Contains(field.Key) ? null : Normal(field.Value, volatileFields)))),
        JsonArray items => new JsonArray([.. items.Select(item => Normal(item, volatileFields))]),
        _ => node?.DeepClone(),
    };

    private static SandboxScenario Imported() => SandboxScenario.Import(
        [Fixture.Read("AzureCli/containerapp-show.json")], [Fixture.Read("AzureCli/revision-list.json")], s_time);
}
