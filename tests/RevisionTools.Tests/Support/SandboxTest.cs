using System.Text.Json;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Sandbox.Server.Rehearse;

namespace RevisionTools.Tests.Support;

/// <summary>A test of work on the sample fleet, through the real client.</summary>
public abstract class SandboxTest : IDisposable
{
    private readonly string _group;

    /// <param name="group">The resource group of the shop's apps.</param>
    private protected SandboxTest(string group = "rg-shop")
    {
        _group = group;
        Sandbox = ContainerAppsSandbox.CreateSampleFleet(new SandboxClock(new DateTimeOffset(2026, 1, 15, 9, 0, 0, TimeSpan.Zero)));
        if (group != "rg-shop")
        {
            using var fleet = Sandbox;
            var scenario = fleet.Export();
            Sandbox = new ContainerAppsSandbox(fleet.Clock, scenario with { Apps = [.. scenario.Apps.Select(app => app.ResourceGroup == "rg-shop" ? app with { ResourceGroup = group } : app)] });
        }

        Azure = new ContainerAppsClient(ConnectionSettings.ForSandbox(Sandbox, Sandbox.Clock, Sandbox.SubscriptionId).Arm with { Random = new Random(1) });
    }

    private protected ContainerAppsSandbox Sandbox { get; }

    private protected ContainerAppsClient Azure { get; }

    private protected CollectingOutput Output { get; } = new();

    private protected ContainerAppId Shop(string app) => new(Sandbox.SubscriptionId, _group, app);

    private protected ContainerAppId Data(string app) => new(Sandbox.SubscriptionId, "rg-data", app);

    private protected Task<AppSnapshot> ReadAsync(ContainerAppId app) => new SnapshotReader(Azure).ReadAsync(app, CancellationToken.None);

    /// <summary>Somebody else sets an app's traffic table: sent past the client, and under way when this returns.</summary>
    private protected void StartTraffic(ContainerAppId app, params (string Revision, int Weight, string? Label)[] entries)
    {
        using var somebody = new HttpClient(Sandbox, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"https://management.azure.com{app.Path}?api-version=2026-01-01");
        request.Headers.Authorization = new("Bearer", "somebody");
        var traffic = entries.Select(entry => new { revisionName = entry.Revision, weight = entry.Weight, label = entry.Label });
        request.Content = new StringContent(
            JsonSerializer.Serialize(new { properties = new { configuration = new { ingress = new { traffic } } } }), System.Text.Encoding.UTF8, "application/json");
        using var response = somebody.Send(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The same, and over when this returns.</summary>
    private protected void SetTraffic(ContainerAppId app, params (string Revision, int Weight, string? Label)[] entries)
    {
        StartTraffic(app, entries);
        Sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes down what the test used.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing) => Sandbox.Dispose();
}
