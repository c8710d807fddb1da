using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox;

public sealed class RevisionLifeTests : IDisposable
{
    private readonly SandboxDriver _driver = new();

    public void Dispose() => _driver.Dispose();

    [Fact]
    public async Task Shutdowns_take_different_times()
    {
        for (var index = 1; index <= 12; index++)
        {
            await _driver.PostAsync(_driver.Revision("rg-shop", "web-shop", $"{index:0000000}") + "/deactivate");
        }

        _driver.Clock.Advance(TimeSpan.FromSeconds(42));
        JsonObject[] revisions = [.. (await _driver.ListAsync(_driver.Revisions("rg-shop", "web-shop"))).Skip(1).Take(12)];

        Assert.Contains(revisions, revision => (bool)revision["properties"]!["active"]!);
        Assert.Contains(revisions, revision => !(bool)revision["properties"]!["active"]!);
    }

    [Fact]
    public async Task An_activated_revision_is_activating_for_10_to_30_seconds_and_then_runs()
    {
        await _driver.PostAsync(_driver.Revision("rg-data", "orders-worker", "b8j2l5v") + "/activate");
        var starting = await _driver.RevisionAsync("rg-data", "orders-worker", "b8j2l5v");
        _driver.Clock.Advance(TimeSpan.FromSeconds(9));
        var still = await _driver.RevisionAsync("rg-data", "orders-worker", "b8j2l5v");
        _driver.Clock.Advance(TimeSpan.FromSeconds(22));
        var running = await _driver.RevisionAsync("rg-data", "orders-worker", "b8j2l5v");
        var app = (await _driver.GetAsync(_driver.App("rg-data", "orders-worker")))["properties"]!;

        Assert.Equal((true, "Activating", "None"), State(starting));
        Assert.Equal((true, "Activating", "None"), State(still));
        Assert.Equal((true, "Running", "Healthy"), State(running));
        Assert.False(running.ContainsKey("lastActiveTime"));
        Assert.Equal("orders-worker--0000003", (string?)app["latestReadyRevisionName"]);
    }

    private static (bool Active, string? Running, string? Health) State(JsonObject properties) =>
        ((bool)properties["active"]!, (string?)properties["runningState"], (string?)properties["healthState"]);
}
