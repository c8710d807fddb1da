using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using RevisionTools.Accounts;
using RevisionTools.Sandbox;
using RevisionTools.Sandbox.Server.Serve;

namespace RevisionTools.Tests.Server;

/// <summary>The sample fleet behind a server on a free port, and a real client of it.</summary>
internal sealed class ServedSandbox : IAsyncDisposable
{
    internal const string Token = "the-token-of-the-test";

    private readonly SandboxServer _server;

    private ServedSandbox(bool https)
    {
        Sandbox = ContainerAppsSandbox.CreateSampleFleet(new SandboxClock(new DateTimeOffset(2026, 1, 15, 9, 0, 0, TimeSpan.Zero)));
        _server = new SandboxServer(Sandbox, new SandboxServerOptions { UseHttps = https, Token = Token, Errors = Errors });
    }

    internal ContainerAppsSandbox Sandbox { get; }

    internal StringWriter Errors { get; } = new(CultureInfo.InvariantCulture);

    internal HttpClient Client { get; private set; } = null!;

    internal Uri Endpoint => _server.Endpoint;

    internal string? AuthorityPem => _server.AuthorityPem;

    internal string Group => $"/subscriptions/{Sandbox.SubscriptionId}/resourceGroups/rg-shop";

    internal string Apps => $"{Group}/providers/Microsoft.App/containerApps";

    internal static async Task<ServedSandbox> StartAsync(bool https = false, Version? version = null)
    {
        ServedSandbox served = new(https);
        await served._server.StartAsync();
        served.Client = new HttpClient(Transport(served.AuthorityPem))
        {
            BaseAddress = served.Endpoint,
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        served.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return served;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        Sandbox.Dispose();
        await Errors.DisposeAsync();
    }

    internal Task StopAsync() => _server.StopAsync();

    internal Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, Action<HttpRequestMessage>? edit = null)
    {
        HttpRequestMessage request = new(method, path)
        {
            Version = Client.DefaultRequestVersion,
            VersionPolicy = Client.DefaultVersionPolicy,
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        edit?.Invoke(request);
        return Client.SendAsync(request);
    }

    internal async Task<JsonObject> ReadAsync(HttpMethod method, string path, HttpStatusCode expected = HttpStatusCode.OK, string? body = null)
    {
        using var response = await SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode}: {text}");
        return (JsonObject)JsonNode.Parse(text)!;
    }

    private static SocketsHttpHandler Transport(string? authorityPem) =>
        LoopbackEndpoint.CreateTransport(authorityPem is null ? null : X509Certificate2.CreateFromPem(authorityPem));
}
