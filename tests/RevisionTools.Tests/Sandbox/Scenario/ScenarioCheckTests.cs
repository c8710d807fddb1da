using System.Text.Json.Nodes;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

public sealed class ScenarioCheckTests
{
    private const string Good = """
        {
          // Comments are allowed.
          "time": "2026-01-15T09:00:00Z",
          "resourceGroups": ["rg-empty"],
          "apps": [{
            "resourceGroup": "rg", "name": "web",
            "configuration": {"activeRevisionsMode": "Multiple",
              "ingress": {"targetPort": 80, "traffic": [{"revisionName": "web--v1", "weight": 90}, {"latestRevision": true, "weight": 10}]}},
            "template": {"containers": [{"name": "web", "image": "web:2"}], "scale": {"minReplicas": 2}},
            "revisions": [
              {"suffix": "v0", "createdTime": "-P30D", "active": false, "lastActiveTime": "-P9D", "image": "web:0"},
              {"suffix": "v1", "createdTime": "-P9DT1H", "image": "web:1", "template": {"scale": {"maxReplicas": 3}}},
              {"name": "web--v2", "createdTime": "2026-01-14T10:00:00Z"}]
          }],
          "faults": [{"kind": "status", "status": 503, "retryAfter": "PT3S"}]
        }
        """;

    [Fact]
    public async Task A_scenario_by_hand_becomes_the_state_that_it_describes()
    {
        using SandboxDriver driver = new(SandboxScenario.Parse(Good));
        driver.Sandbox.ClearFaults();

        var revisions = (await driver.ListAsync(driver.Revisions("rg", "web"))).Select(revision => revision["properties"]!).ToArray();

        Assert.Equal([false, true, true], revisions.Select(revision => (bool)revision["active"]!));
        Assert.Equal(["web:0", "web:1", "web:2"], revisions.Select(revision => (string?)revision["template"]!["containers"]![0]!["image"]));
        Assert.Equal([10, 3, 10], revisions.Select(revision => (int)revision["template"]!["scale"]!["maxReplicas"]!));
        Assert.Equal([0, 2, 2], revisions.Select(revision => (int)revision["replicas"]!));
        Assert.Equal([0, 90, 10], revisions.Select(revision => (int)revision["trafficWeight"]!));
        Assert.Equal("2026-01-06T08:00:00+00:00", (string?)revisions[1]["createdTime"]);
        Assert.Equal("2026-01-06T09:00:00+00:00", (string?)revisions[0]["lastActiveTime"]);
        Assert.Equal("web--v2", (string?)(await driver.GetAsync(driver.App("rg", "web")))["properties"]!["latestReadyRevisionName"]);
    }

    [Fact]
    public async Task A_revision_newer_than_the_latest_ready_one_is_still_starting()
    {
        using SandboxDriver driver = new(Changed("apps[0].latestReadyRevisionName", "\"web--v1\""));
        driver.Sandbox.ClearFaults();

        Assert.Equal("Activating", (string?)(await driver.RevisionAsync("rg", "web", "v2"))["runningState"]);
        driver.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Running", (string?)(await driver.RevisionAsync("rg", "web", "v2"))["runningState"]);
        Assert.Equal("web--v2", (string?)(await driver.GetAsync(driver.App("rg", "web")))["properties"]!["latestReadyRevisionName"]);
    }

    [Fact]
    public async Task Faults_of_a_scenario_strike()
    {
        using SandboxDriver driver = new(SandboxScenario.Parse(Good));

        using var answer = await driver.SendAsync(HttpMethod.Get, driver.App("rg", "web"));

        Assert.Equal((503, TimeSpan.FromSeconds(3)), ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta));
    }

    [Theory]
    [InlineData("bogus", "1", "$.bogus: there is no field 'bogus' here")]
    [InlineData("pageSize", "-1", "$.pageSize: 0 or more is expected")]
    [InlineData("pageSize", "\"7\"", "$.pageSize: a whole number is expected")]
    [InlineData("throttling", "0", "$.throttling: true or false is expected")]
    [InlineData("time", "\"yesterday\"", "$.time: an ISO 8601 time such as 2026-01-15T09:00:00Z is expected")]
    [InlineData("time", null, "$.apps[0].revisions[2].createdTime: an absolute time needs the scenario's own: give $.time")]
    [InlineData("subscriptionId", "\"x\"", "$.subscriptionId: 'x' is no GUID")]
    [InlineData("resourceGroups", "{}", "$.resourceGroups: an array is expected")]
    [InlineData("resourceGroups", "[\"a\",\"A\"]", "$.resourceGroups[1]: the group 'A' stands twice")]
    [InlineData("resourceGroups", "[\"a/b\"]", "$.resourceGroups[0]: 'a/b' is no name of a resource group")]
    [InlineData("apps", "null", "$.apps: null says nothing here; leave it out")]
    [InlineData("apps[0].name", null, "$.apps[0]: required and missing: 'name'")]
    [InlineData("apps[0].name", "\"Web_1\"", "$.apps[0].name: 'Web_1' is no name of an app: 2 to 32 lower-case letters, digits and single '-', first a letter, last no '-'")]
    [InlineData("apps[0].tags", "[]", "$.apps[0].tags: an object is expected")]
    [InlineData("apps[0].latestReadyRevisionName", "\"web--v9\"", "$.apps[0].latestReadyRevisionName: there is no revision 'web--v9'")]
    [InlineData("apps[0].configuration.activeRevisionsMode", "\"Both\"", "$.apps[0].configuration.activeRevisionsMode: one of Single, Multiple, Labels is expected")]
    [InlineData("apps[0].configuration.ingress", "[]", "$.apps[0].configuration.ingress: an object is expected")]
    [InlineData("apps[0].configuration.ingress.traffic[0].weight", "80", "$.apps[0].configuration.ingress.traffic: the weights sum to 90, not to 100")]
    [InlineData("apps[0].configuration.ingress.traffic[0].weight", "101", "$.apps[0].configuration.ingress.traffic[0].weight: a whole number from 0 to 100 is expected")]
    [InlineData("apps[0].configuration.ingress.traffic[0].revisionName", "\"web--v9\"", "$.apps[0].configuration.ingress.traffic[0].revisionName: there is no revision 'web--v9'")]
    [InlineData("apps[0].configuration.ingress.traffic[0].revisionName", null, "$.apps[0].configuration.ingress.traffic[0]: either revisionName or latestRevision: true is expected")]
    [InlineData("apps[0].template.containers", "{}", "$.apps[0].template.containers: an array is expected")]
    [InlineData("apps[0].template.containers[0].image", null, "$.apps[0].template.containers[0]: required and missing: 'image'")]
    [InlineData("apps[0].template.containers", "[]", "$.apps[0].revisions[2]: it has no image: give one here, or containers in a template")]
    [InlineData("apps[0].template.scale.minReplicas", "\"few\"", "$.apps[0].template.scale.minReplicas: a whole number from 0 to 1000 is expected")]
    [InlineData("apps[0].template.scale.minReplicas", "1001", "$.apps[0].template.scale.minReplicas: a whole number from 0 to 1000 is expected")]
    [InlineData("apps[0].revisions[1].replicas", "2000000000", "$.apps[0].revisions[1].replicas: 0 to 1000 is expected")]
    [InlineData("apps[0].revisions[1].createdTime", "\"soon\"", "$.apps[0].revisions[1].createdTime: an ISO 8601 time such as 2026-01-15T09:00:00Z, or a duration such as -P3DT2H, is expected")]
    [InlineData("apps[0].revisions[1].createdTime", null, "$.apps[0].revisions[1]: required and missing: 'createdTime'")]
    [InlineData("apps[0].revisions[1].createdTime", "\"PT1H\"", "$.apps[0].revisions[1].createdTime: it lies after the scenario's time")]
    [InlineData("apps[0].revisions[1].createdTime", "\"-P31D\"", "$.apps[0].revisions[1].createdTime: it is older than the revision before; the oldest comes first")]
    [InlineData("apps[0].revisions[0].lastActiveTime", "\"-P31D\"", "$.apps[0].revisions[0].lastActiveTime: it lies before createdTime")]
    [InlineData("apps[0].revisions[0].replicas", "1", "$.apps[0].revisions[0].replicas: an inactive revision has no replicas")]
    [InlineData("apps[0].revisions[0].runningState", "\"Odd\"", "$.apps[0].revisions[0].runningState: an inactive revision is Stopped")]
    [InlineData("apps[0].revisions[1].suffix", "\"v0\"", "$.apps[0].revisions[1].suffix: the app has a revision 'web--v0' already")]
    [InlineData("apps[0].revisions[1].suffix", null, "$.apps[0].revisions[1]: either name or suffix is expected")]
    [InlineData("apps[0].revisions[2].name", "\"api--v2\"", "$.apps[0].revisions[2].name: 'api--v2' does not begin with 'web--'")]
    [InlineData("apps[0].revisions[1].outcome", "\"explodes\"", "$.apps[0].revisions[1].outcome: one of ready, imagePullFails, containerCrashes, neverReady, degrades is expected")]
    [InlineData("apps[0].revisions[1].state", "{\"phase\":\"inactive\",\"since\":\"-P1D\"}", "$.apps[0].revisions[1].state.phase: it contradicts the revision's 'active'")]
    [InlineData("apps[0].revisions[1].state", "{\"phase\":\"deprovisioning\",\"since\":\"-PT9S\"}", "$.apps[0].revisions[1].state: required and missing: 'until', since this phase passes")]
    [InlineData("faults[0].kind", "\"quake\"", "$.faults[0].kind: one of status, connectionReset,")]
    [InlineData("faults[0].status", null, "$.faults[0]: required and missing: 'status', for the kind status")]
    [InlineData("faults[0].status", "100", "$.faults[0].status: an HTTP status from 200 to 599 is expected")]
    [InlineData("faults[0].duration", "\"P36526D\"", "$.faults[0].duration: it is longer than a hundred years")]
    [InlineData("faults[0].retryAfter", "3", "$.faults[0].retryAfter: an ISO 8601 duration such as PT10S is expected")]
    public void What_is_wrong_gets_one_line_with_its_path(string path, string? value, string expected)
    {
        var error = Assert.Throws<ScenarioException>(() => Changed(path, value));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.StartsWith(error.Path + ": ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_says_reaches_no_terminal_as_a_command()
    {
        var error = Assert.Throws<ScenarioException>(() => Changed("apps[0].name", "\"\\u001b[2Jweb\\u0007\""));

        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.Contains("[2Jweb", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scale_rule_of_an_odd_shape_scales_nothing()
    {
        using SandboxDriver driver = new(Changed("apps[0].template.scale", """{"minReplicas":2,"rules":[{"name":"odd","http":0,"tcp":[]}]}"""));
        driver.Sandbox.ClearFaults();

        Assert.Equal(2, (int)(await driver.RevisionAsync("rg", "web", "v2"))["replicas"]!);
    }

    [Fact]
    public void Two_apps_of_one_name_in_a_group_are_refused()
    {
        var scenario = SandboxScenario.Parse(Good);
        var twice = scenario with { Apps = [scenario.Apps[0], scenario.Apps[0] with { ResourceGroup = "RG" }] };

        var error = Assert.Throws<ScenarioException>(() => new ContainerAppsSandbox(new SandboxClock(scenario.Time!.Value), twice));

        Assert.Equal("$.apps[1].name: group 'RG' has an app 'web' already", error.Message);
    }

    [Theory]
    [InlineData("{\"pageSize\":1,\"pageSize\":2}", "$.pageSize: the field stands twice")]
    [InlineData("[]", "$: an object is expected")]
    public void Odd_JSON_is_refused(string json, string expected) =>
        Assert.Equal(expected, Assert.Throws<ScenarioException>(() => SandboxScenario.Parse(json)).Message);

    [Fact]
    public void Broken_JSON_and_a_missing_file_get_one_line()
    {
        Assert.DoesNotContain('\n', Assert.Throws<ScenarioException>(() => SandboxScenario.Parse("{\n\"apps\": [")).Message);
        Assert.Contains("no-such-file.json", Assert.Throws<ScenarioException>(() => SandboxScenario.Load("no-such-file.json")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_before_the_time_of_the_scenario_is_refused() => Assert.Throws<ArgumentException>(
        () => new ContainerAppsSandbox(new SandboxClock(SandboxDriver.Start), SandboxScenario.Parse(Good)));

    [Theory]
    [InlineData("2026-01-15T09:00:00Z")]
    [InlineData("2026-01-15T09:00:00.1234567Z")]
    [InlineData("-P3DT2H")]
    [InlineData("PT0.5S")]
    public void Times_keep_their_form(string text)
    {
        Assert.True(ScenarioTime.TryParse(text, out var time));
        Assert.Equal(text, time.ToString());
    }

    [Theory]
    [InlineData("P200Y")]
    [InlineData("1066-10-14")]
    [InlineData("15.1.2026")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_time_is_refused(string? text) => Assert.False(ScenarioTime.TryParse(text, out _));

    /// <summary>The good scenario with one value set (a JSON text) or, with null, removed.</summary>
    private static SandboxScenario Changed(string path, string? value)
    {
        var scenario = JsonNode.Parse(Good, documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!;
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            scenario = Follow(scenario, step);
        }

        var owner = (JsonObject)scenario;
        if (value is null)
        {
            owner.Remove(steps[^1]);
        }
        else
        {
            owner[steps[^1]] = JsonNode.Parse(value);
        }

        return SandboxScenario.Parse(scenario.Root.ToJsonString());
    }

    private static JsonNode Follow(JsonNode node, string step)
    {
        var parts = step.TrimEnd(']').Split('[');
        var next = node[parts[0]]!;
        return parts.Length == 1 ? next : next[int.Parse(parts[1])]!;
    }
}
