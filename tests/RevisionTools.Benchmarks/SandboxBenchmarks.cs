using BenchmarkDotNet.Attributes;
using RevisionTools.Sandbox;

namespace RevisionTools.Benchmarks;

/// <summary>
/// What the sandbox itself costs: reading the 20 revisions of an app out of a fleet, against a handler that has the same bytes ready.
/// </summary>
[MemoryDiagnoser]
public class SandboxBenchmarks : IDisposable
{
    private const int Revisions = 20;

    private readonly ContainerAppsSandbox _sandbox = new(
        new SandboxClock(new DateTimeOffset(2026, 1, 15, 9, 0, 0, TimeSpan.Zero)), SandboxScenario.Generate(apps: 50, Revisions));

    private readonly HttpClient _client;
    private readonly HttpClient _readyClient;
    private readonly Uri _address;

    public SandboxBenchmarks()
    {
        _sandbox.Throttling = false;
        _client = Client(_sandbox);
        var app = _sandbox.Export().Apps[0];
        _address = new Uri(
            $"/subscriptions/{_sandbox.SubscriptionId}/resourceGroups/{app.ResourceGroup}/providers/Microsoft.App/containerApps/{app.Name}" +
            "/revisions?api-version=2026-01-01",
            UriKind.Relative);
        _readyClient = Client(new ReadyBytes(_client.GetByteArrayAsync(_address).GetAwaiter().GetResult()));
    }

    [Benchmark(Baseline = true)]
    public Task<byte[]> Ready() => _readyClient.GetByteArrayAsync(_address);

    [Benchmark]
    public Task<byte[]> Sandbox() => _client.GetByteArrayAsync(_address);

    public void Dispose()
    {
        _client.Dispose();
        _readyClient.Dispose();
        _sandbox.Dispose();
        GC.SuppressFinalize(this);
    }

    private static HttpClient Client(HttpMessageHandler handler) => new(handler, disposeHandler: false)
    {
        BaseAddress = new Uri("https://management.azure.com"),
        DefaultRequestHeaders = { Authorization = new("Bearer", "sandbox") },
    };
}
