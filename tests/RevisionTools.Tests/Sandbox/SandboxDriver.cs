using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

/// <summary>Speaks to a sandbox over HttpClient, with a token and an api-version unless told otherwise.</summary>
internal sealed class SandboxDriver : IDisposable
{
    internal const string Version = "2026-01-01";
    internal static readonly DateTimeOffset Start = new(2025, 11, 3, 9, 30, 0, TimeSpan.Zero);

    private readonly HttpClient _client;

    internal SandboxDriver(int seed = 1, bool fleet = true, double rate = 0)
        : this(new SandboxClock(Start, rate), fleet ? SandboxScenario.Sample(seed) : new SandboxScenario(), seed)
    {
    }

    /// <summary>A sandbox that begins as a scenario says, at its time.</summary>
    internal SandboxDriver(SandboxScenario scenario)
        : this(new SandboxClock(scenario.Time ?? Start), scenario, seed: null)
    {
    }

    private SandboxDriver(SandboxClock clock, SandboxScenario scenario, int? seed)
    {
        Clock = clock;
        Sandbox = new ContainerAppsSandbox(clock, scenario, seed);
        _client = new HttpClient(Sandbox, disposeHandler: false) { BaseAddress = new Uri("https://management.azure.com") };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "a-token");
    }

    internal SandboxClock Clock { get; }

    internal ContainerAppsSandbox Sandbox { get; }

    internal HttpClient Client => _client;

    public void Dispose()
    {
        _client.Dispose();
        Sandbox.Dispose();
    }

    internal string Group(string group) => $"/subscriptions/{Sandbox.SubscriptionId}/resourceGroups/{group}";

    internal string App(string group, string app) => $"{Group(group)}/providers/Microsoft.App/containerApps/{app}";

    internal string Revisions(string group, string app) => App(group, app) + "/revisions";

    internal string Revision(string group, string app, string suffix) => $"{Revisions(group, app)}/{app}--{suffix}";

    internal Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body = null, string? version = Version, CancellationToken cancellationToken = default)
    {
        var address = version is null || path.Contains("api-version", StringComparison.Ordinal)
            ? path
            : $"{path}{(path.Contains('?') ? '&' : '?')}api-version={version}";
        HttpRequestMessage request = new(method, address);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return _client.SendAsync(request, cancellationToken);
    }

    /// <summary>Makes an environment, and the group that it is in.</summary>
    internal async Task MakeEnvironmentAsync(string id, string location = "North Europe")
    {
        var body = new JsonObject { ["location"] = location }.ToJsonString();
        var group = id[..id.IndexOf("/providers/", StringComparison.Ordinal)];
        using var made = await SendAsync(HttpMethod.Put, group, body, "2021-04-01");
        using var environment = await SendAsync(HttpMethod.Put, id, body);
        Assert.True(environment.IsSuccessStatusCode, await environment.Content.ReadAsStringAsync());
    }

    /// <summary>Reads a resource that must be there.</summary>
    internal async Task<JsonObject> GetAsync(string path, string version = Version)
    {
        using var response = await SendAsync(HttpMethod.Get, path, version: version);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return (JsonObject)JsonNode.Parse(text)!;
    }

    internal async Task<JsonObject[]> ListAsync(string path, string version = Version) =>
        [.. ((JsonArray)(await GetAsync(path, version))["value"]!).Select(item => (JsonObject)item!)];

    /// <summary>The properties of one revision.</summary>
    internal async Task<JsonObject> RevisionAsync(string group, string app, string suffix) =>
        (JsonObject)(await GetAsync(Revision(group, app, suffix)))["properties"]!;

    /// <summary>Sends a write that must be accepted, and lets its operation end.</summary>
    internal async Task WriteAsync(HttpMethod method, string path, string? body, string version = Version)
    {
        using var response = await SendAsync(method, path, body, version);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        while ((int)response.StatusCode is 201 or 202 && await IsRunningAsync(response))
        {
            Clock.Advance(TimeSpan.FromSeconds(5));
        }
    }

    internal async Task<(int Status, string Body)> PostAsync(string path, string? body = null, string version = Version)
    {
        using var response = await SendAsync(HttpMethod.Post, path, body, version);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The status and error code of an answer that is an error in the usual envelope.</summary>
    internal async Task<(int Status, string? Code, string? Message)> ErrorAsync(
        HttpMethod method, string path, string? body = null, string? version = Version)
    {
        using var response = await SendAsync(method, path, body, version);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())?["error"];
        return ((int)response.StatusCode, (string?)error?["code"], (string?)error?["message"]);
    }

    private async Task<bool> IsRunningAsync(HttpResponseMessage accepted)
    {
        if (accepted.Headers.TryGetValues("Azure-AsyncOperation", out var status))
        {
            return (string?)(await GetAsync(status.Single()))["status"] == "InProgress";
        }

        using var result = await SendAsync(HttpMethod.Get, accepted.Headers.GetValues("Location").Single());
        return (int)result.StatusCode == 202;
    }
}
