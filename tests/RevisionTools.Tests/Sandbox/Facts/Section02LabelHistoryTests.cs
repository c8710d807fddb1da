using System.Text.Json.Nodes;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 2 and its top: the label history.</summary>
public sealed class Section02LabelHistoryTests : IDisposable
{
    private const string Preview = "2025-10-02-preview";
    private const string Stable = "2026-07-01";

    private const string MovePatch = """
        {"properties":{"configuration":{"ingress":{"traffic":[{"revisionName":"web-checkout--v2-14","weight":90,"label":"stable"},
          {"revisionName":"web-checkout--v2-13","weight":10,"label":"canary"}]}}}}
        """;

    private readonly SandboxDriver _driver = new();

    private string App => _driver.App("rg-shop", "web-checkout");

    public void Dispose() => _driver.Dispose();

    [Fact]
    public async Task The_history_has_every_label_with_its_records_newest_first()
    {
        await MoveCanary();
        var history = await _driver.ListAsync(App + "/labelHistory", Preview);
        var canary = Records(history[0]);

        Assert.Equal(["canary", "previous", "stable"], history.Select(label => (string?)label["name"]));
        Assert.Equal(["web-checkout--v2-13", "web-checkout--v2-15"], canary.Select(record => (string?)record["revision"]));
        Assert.Equal("2025-11-03T09:30:00+00:00", (string?)canary[0]["start"]);
        Assert.False(canary[0].ContainsKey("stop"));
        Assert.Equal("2025-11-03T09:30:00+00:00", (string?)canary[1]["stop"]);
        Assert.All(canary, record => Assert.Equal("Succeeded", (string?)record["status"]));
    }

    [Theory]
    [InlineData("labelHistory", Preview)]
    [InlineData("labelHistories", Stable)]
    public async Task One_label_is_read_under_the_name_of_its_version(string segment, string version)
    {
        var label = await _driver.GetAsync($"{App}/{segment}/STABLE", version);

        Assert.Equal($"{App}/{segment}/stable", (string?)label["id"]);
        Assert.Equal("Microsoft.App/containerApps/" + segment, (string?)label["type"]);
        Assert.Equal("web-checkout--v2-14", (string?)Assert.Single(Records(label))["revision"]);
    }

    [Theory]
    [InlineData("", "Starting", "Succeeded")]
    [InlineData("-crash", "Starting", "Failed")]
    public async Task A_label_on_a_revision_that_is_starting_says_how_that_goes(string tag, string first, string then)
    {
        await _driver.WriteAsync(HttpMethod.Patch, App, """
            {"properties":{"configuration":{"ingress":{"traffic":[{"revisionName":"web-checkout--v3","weight":100,"label":"canary"}]}},
              "template":{"revisionSuffix":"v3","containers":[{"name":"web-checkout","image":"contososhop.azurecr.io/checkout:3TAG"}]}}}
            """.Replace("TAG", tag, StringComparison.Ordinal));
        var starting = await StatusAsync();
        _driver.Clock.Advance(TimeSpan.FromSeconds(41));

        Assert.Equal((first, then), (starting, await StatusAsync()));

        async Task<string?> StatusAsync() =>
            (string?)Records(await _driver.GetAsync(App + "/labelHistory/canary", Preview))[0]["status"];
    }

    [Fact]
    public async Task A_stale_read_shows_the_history_before_the_write_and_leaves_the_real_one_alone()
    {
        _driver.Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.StaleReads, Method = "PATCH", Duration = TimeSpan.FromSeconds(60) });
        using var patched = await _driver.SendAsync(HttpMethod.Patch, App, MovePatch);
        var stale = Records(await _driver.GetAsync(App + "/labelHistory/canary", Preview));
        _driver.Clock.Advance(TimeSpan.FromSeconds(60));
        var real = Records(await _driver.GetAsync(App + "/labelHistory/canary", Preview));

        Assert.Equal(["web-checkout--v2-15"], stale.Select(record => (string?)record["revision"]));
        Assert.Equal(["web-checkout--v2-13", "web-checkout--v2-15"], real.Select(record => (string?)record["revision"]));
    }

    [Fact]
    public async Task Delete_forgets_a_history_once_and_leaves_the_label()
    {
        using var first = await _driver.SendAsync(HttpMethod.Delete, App + "/labelHistories/canary", version: Stable);
        using var second = await _driver.SendAsync(HttpMethod.Delete, App + "/labelHistories/canary", version: Stable);

        Assert.Equal((200, 204), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.Equal(404, (await _driver.ErrorAsync(HttpMethod.Get, App + "/labelHistories/canary", version: Stable)).Status);
        Assert.Contains("\"canary\"", (await _driver.GetAsync(App)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_does_not_exist_at_an_older_version_nor_for_an_absent_app()
    {
        Assert.Equal("NoRegisteredProviderFound", (await _driver.ErrorAsync(HttpMethod.Get, App + "/labelHistory")).Code);
        Assert.Equal("ParentResourceNotFound", (await _driver.ErrorAsync(HttpMethod.Get, App + "-none/labelHistories", version: Stable)).Code);
    }

    private static JsonObject[] Records(JsonObject label) =>
        [.. label["properties"]!["records"]!.AsArray().Select(record => (JsonObject)record!)];

    private Task MoveCanary() => _driver.WriteAsync(HttpMethod.Patch, App, MovePatch);
}
