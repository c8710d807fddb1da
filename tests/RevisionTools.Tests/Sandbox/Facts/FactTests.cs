using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>Tests of one section of ARM-FACTS on the sample fleet. Each is named after what the section says.</summary>
public abstract class FactTests : IDisposable
{
    private protected const string NewImage =
        """{"properties":{"template":{"revisionSuffix":null,"containers":[{"name":"web-landing","image":"contososhop.azurecr.io/landing:1.7.0"}]}}}""";

    private protected const string ModeSingle = """{"properties":{"configuration":{"activeRevisionsMode":"single"}}}""";

    private protected const string ModeMultiple = """{"properties":{"configuration":{"activeRevisionsMode":"multiple"}}}""";

    /// <summary>Longer than any write of an app takes, but for a few.</summary>
    private protected static readonly TimeSpan s_write = TimeSpan.FromMinutes(5);

    private protected SandboxDriver Driver { get; } = new();

    /// <summary>In Single mode, with one active revision of seven.</summary>
    private protected string Landing => Driver.App("rg-shop", "web-landing");

    /// <summary>In Multiple mode, with labels.</summary>
    private protected string Checkout => Driver.App("rg-shop", "web-checkout");

    /// <summary>In Multiple mode, with an entry for the latest revision.</summary>
    private protected string Shop => Driver.App("rg-shop", "web-shop");

    /// <summary>Without ingress.</summary>
    private protected string Worker => Driver.App("rg-data", "orders-worker");

    /// <inheritdoc/>
    public void Dispose()
    {
        Driver.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    private protected static (bool Active, string? Running, string? Health) State(JsonObject properties) =>
        ((bool)properties["active"]!, (string?)properties["runningState"], (string?)properties["healthState"]);

    private protected static (int, string?) Head((int Status, string? Code, string? Message) error) => (error.Status, error.Code);

    /// <summary>Sends a PATCH that must be accepted; its operation runs when this returns.</summary>
    private protected async Task PatchAsync(string path, string body)
    {
        using var response = await Driver.SendAsync(HttpMethod.Patch, path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Makes an app, and lets the operation end.</summary>
    private protected async Task<(string App, JsonNode Answer)> CreateAsync(string configuration)
    {
        var app = Driver.App("rg-shop", "fresh");
        using var created = await Driver.SendAsync(HttpMethod.Put, app, """
            {"location":"North Europe","properties":{"configuration":CONFIGURATION,"template":{"containers":[{"name":"fresh","image":"fresh:1"}]}}}
            """.Replace("CONFIGURATION", configuration, StringComparison.Ordinal));
        var body = await created.Content.ReadAsStringAsync();
        Assert.True(created.IsSuccessStatusCode, body);
        Driver.Clock.Advance(s_write);
        return (app, JsonNode.Parse(body)!);
    }

    private protected async Task<JsonNode> PropertiesAsync(string app) => (await Driver.GetAsync(app))["properties"]!;

    private protected Task<JsonObject> LandingAsync(string suffix) => Driver.RevisionAsync("rg-shop", "web-landing", suffix);

    private protected Task<JsonObject> ShopAsync(string suffix) => Driver.RevisionAsync("rg-shop", "web-shop", suffix);

    private protected static string Traffic(string entries) =>
        """{"properties":{"configuration":{"ingress":{"traffic":TRAFFIC}}}}""".Replace("TRAFFIC", entries, StringComparison.Ordinal);
}
