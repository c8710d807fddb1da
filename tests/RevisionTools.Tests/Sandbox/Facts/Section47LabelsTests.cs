using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 4.7 and 4.6: Labels mode and the modes around it.</summary>
public sealed class Section47LabelsTests : IDisposable
{
    private const string Preview = "2025-10-02-preview";

    private const string ToLabels = """
        {"properties":{"configuration":{"activeRevisionsMode":"labels","targetLabel":"label0","ingress":{"traffic":[
          {"revisionName":"web-checkout--v2-14","weight":100,"label":"label0"}]}}}}
        """;

    private const string NewRevision =
        """{"properties":{"configuration":{"targetLabel":"label1"},"template":{"revisionSuffix":"v2-16"}}}""";

    private readonly SandboxDriver _driver = new();

    private string App => _driver.App("rg-shop", "web-checkout");

    public void Dispose() => _driver.Dispose();

    [Fact]
    public async Task A_new_revision_gets_an_entry_of_weight_0_with_the_target_label_once_it_is_ready()
    {
        await EnterLabelsMode();
        await _driver.WriteAsync(HttpMethod.Patch, App, NewRevision, Preview);
        var starting = await TrafficAsync();
        _driver.Clock.Advance(TimeSpan.FromSeconds(41));

        const string First = """{"revisionName":"web-checkout--v2-14","weight":100,"label":"label0"}""";
        Assert.Equal($"[{First}]", starting);
        Assert.Equal($$"""[{{First}},{"revisionName":"web-checkout--v2-16","weight":0,"label":"label1"}]""", await TrafficAsync());
        Assert.True((bool)(await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-16"))["active"]!);
        Assert.True((bool)(await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-14"))["active"]!);
    }

    [Fact]
    public async Task A_label_that_is_on_another_revision_moves_with_its_weight_and_the_one_that_loses_it_goes_down()
    {
        await EnterLabelsMode();
        await _driver.WriteAsync(HttpMethod.Patch, App, NewRevision.Replace("label1", "label0", StringComparison.Ordinal), Preview);
        _driver.Clock.Advance(TimeSpan.FromSeconds(120));

        Assert.Equal("""[{"revisionName":"web-checkout--v2-16","weight":100,"label":"label0"}]""", await TrafficAsync());
        Assert.False((bool)(await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-14"))["active"]!);
    }

    [Fact]
    public async Task A_revision_that_loses_its_last_label_is_deactivated_by_the_service()
    {
        await EnterLabelsMode();
        await _driver.WriteAsync(HttpMethod.Patch, App, NewRevision, Preview);
        _driver.Clock.Advance(TimeSpan.FromSeconds(41));
        await _driver.WriteAsync(HttpMethod.Patch, App, """
            {"properties":{"configuration":{"ingress":{"traffic":[{"revisionName":"web-checkout--v2-16","weight":100,"label":"label1"}]}}}}
            """);
        var going = await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-14");
        _driver.Clock.Advance(TimeSpan.FromSeconds(71));

        Assert.Contains((string?)going["runningState"], new[] { "Deprovisioning", "Stopped" });
        Assert.False((bool)(await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-14"))["active"]!);
    }

    [Fact]
    public async Task Traffic_on_a_revision_that_went_down_is_stored_and_does_not_wake_it()
    {
        await EnterLabelsMode();
        await _driver.WriteAsync(HttpMethod.Patch, App, """
            {"properties":{"configuration":{"ingress":{"traffic":[{"revisionName":"web-checkout--v2-13","weight":75,"label":"b"},
              {"revisionName":"web-checkout--v2-14","weight":25,"label":"label0"}]}}}}
            """);
        var revision = await _driver.RevisionAsync("rg-shop", "web-checkout", "v2-13");

        Assert.Equal((false, "Stopped", 75), ((bool)revision["active"]!, (string?)revision["runningState"], (int)revision["trafficWeight"]!));
    }

    [Fact]
    public async Task A_stable_read_shows_the_mode_and_no_target_label()
    {
        await EnterLabelsMode();

        var stable = (JsonObject)(await _driver.GetAsync(App))["properties"]!["configuration"]!;
        var preview = (JsonObject)(await _driver.GetAsync(App, Preview))["properties"]!["configuration"]!;

        Assert.Equal("Labels", (string?)stable["activeRevisionsMode"]);
        Assert.False(stable.ContainsKey("targetLabel"));
        Assert.Equal("label0", (string?)preview["targetLabel"]);
    }

    [Theory]
    [InlineData(0, 400)]
    [InlineData(1, 202)]
    [InlineData(100, 202)]
    [InlineData(101, 400)]
    public async Task The_transition_threshold_is_1_to_100(int threshold, int status)
    {
        var patch = new JsonObject
        {
            ["properties"] = new JsonObject { ["configuration"] = new JsonObject { ["revisionTransitionThreshold"] = threshold } },
        };
        using var response = await _driver.SendAsync(HttpMethod.Patch, App, patch.ToJsonString(), Preview);

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 400)
        {
            Assert.Contains("revisionTransitionThreshold", await response.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("a", 202)]
    [InlineData("a-9", 202)]
    [InlineData("", 202)]
    [InlineData("9a", 400)]
    [InlineData("Blue", 400)]
    [InlineData("a_b", 400)]
    [InlineData("a1234567890123456789012345678901234567890123456789012345678901234", 400)]
    public async Task A_label_is_lower_case_alphanumerics_or_dashes_from_a_letter_on_at_most_64(string label, int status)
    {
        var patch = """{"properties":{"configuration":{"ingress":{"traffic":[{"latestRevision":true,"weight":100,"label":"LABEL"}]}}}}"""
            .Replace("LABEL", label, StringComparison.Ordinal);
        using var response = await _driver.SendAsync(HttpMethod.Patch, App, patch);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("multiple", 2)]
    [InlineData("single", 1)]
    public async Task Leaving_labels_mode_for_multiple_keeps_what_is_up_and_for_single_keeps_the_latest(string mode, int active)
    {
        await EnterLabelsMode();
        await _driver.WriteAsync(HttpMethod.Patch, App, NewRevision, Preview);
        _driver.Clock.Advance(TimeSpan.FromSeconds(120));
        await _driver.WriteAsync(
            HttpMethod.Patch, App, ModePatch(mode));
        _driver.Clock.Advance(TimeSpan.FromSeconds(120));

        Assert.Equal(active, (await _driver.ListAsync(App + "/revisions")).Count(revision => (bool)revision["properties"]!["active"]!));
    }

    [Theory]
    [InlineData("Multiple")]
    [InlineData("Labels")]
    public async Task Sticky_sessions_need_single_mode(string mode)
    {
        const string Code = "ContainerAppInvalidIngressStickySessionRevisionMode";
        var landing = _driver.App("rg-shop", "web-landing");
        await _driver.WriteAsync(
            HttpMethod.Patch, landing, """{"properties":{"configuration":{"ingress":{"stickySessions":{"affinity":"sticky"}}}}}""");

        (var status, var code, var message) = await _driver.ErrorAsync(HttpMethod.Patch, landing, ModePatch(mode));

        Assert.Equal((400, Code), (status, code));
        Assert.Contains("Single", message, StringComparison.Ordinal);
        Assert.Equal("Single", (string?)(await _driver.GetAsync(landing))["properties"]!["configuration"]!["activeRevisionsMode"]);
    }

    private static string ModePatch(string mode) =>
        """{"properties":{"configuration":{"activeRevisionsMode":"MODE"}}}""".Replace("MODE", mode, StringComparison.Ordinal);

    private async Task EnterLabelsMode()
    {
        await _driver.WriteAsync(HttpMethod.Patch, App, ToLabels, Preview);
        _driver.Clock.Advance(TimeSpan.FromSeconds(120));
    }

    private async Task<string> TrafficAsync() =>
        (await _driver.GetAsync(App))["properties"]!["configuration"]!["ingress"]!["traffic"]!.ToJsonString();
}
