using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Sandbox;

namespace RevisionTools.Benchmarks;

/// <summary>
/// Reading the 107 revisions of an app of the sample fleet: the client, with everything that it does to an answer, against reading the
/// same answer into a document of which nothing is looked at. Both include the sandbox's share.
/// </summary>
[MemoryDiagnoser]
public class ListBenchmarks : IDisposable
{
    private readonly ContainerAppsSandbox _sandbox = ContainerAppsSandbox.CreateSampleFleet(new SandboxClock(new DateTimeOffset(2026, 1, 15, 9, 0, 0, TimeSpan.Zero)));
    private readonly ContainerAppsClient _client;
    private readonly HttpClient _http;
    private readonly ContainerAppId _app;

    public ListBenchmarks()
    {
        _client = new ContainerAppsClient(ConnectionSettings.ForSandbox(_sandbox, _sandbox.Clock, _sandbox.SubscriptionId).Arm);
        _sandbox.Throttling = false;
        _app = new ContainerAppId(_sandbox.SubscriptionId, "rg-shop", "api-catalog");
        _http = new HttpClient(_sandbox, disposeHandler: false) { BaseAddress = new Uri("https://management.azure.com") };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", "sandbox");
    }

    [IterationSetup]
    public void Forget() => _sandbox.ClearRequests();

    [Benchmark(Baseline = true)]
    public async Task<int> Document()
    {
        using var response = await _http.GetAsync(new Uri($"{_app.Path}/revisions?api-version=2026-01-01", UriKind.Relative)).ConfigureAwait(false);
        var document = JsonNode.Parse(await response.Content.ReadAsStringAsync().ConfigureAwait(false))!;
        return document["value"]!.AsArray().Count;
    }

    [Benchmark]
    public async Task<int> Client()
    {
        var count = 0;
        await foreach (var _ in _client.ListRevisionsAsync(_app, CancellationToken.None).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    public void Dispose()
    {
        _http.Dispose();
        _sandbox.Dispose();
        GC.SuppressFinalize(this);
    }
}
