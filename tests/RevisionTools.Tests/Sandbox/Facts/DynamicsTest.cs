using System.Text.Json.Nodes;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>A test of what happens by itself in time, on an app <c>work</c> that the test makes in an empty sandbox.</summary>
public abstract class DynamicsTest : IDisposable
{
    internal const string GroupName = "rg";
    internal const string AppName = "work";

    private protected DynamicsTest() => Driver = new SandboxDriver(fleet: false);

    private protected SandboxDriver Driver { get; }

    private protected string Path => Driver.App(GroupName, AppName);

    private protected SandboxTenant Tenant => Driver.Sandbox.Tenant;

    private protected SandboxApp App => Tenant.FindApp(GroupName, AppName)!;

    private protected DateTimeOffset Now => Driver.Clock.GetUtcNow();

    public void Dispose()
    {
        Driver.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the app in Multiple mode, with its first revision <c>work--a</c>, and waits until that is up.</summary>
    private protected async Task CreateAsync(string scale = "{}", string? traffic = null, string mode = "multiple", bool ingress = true, string image = "work:1")
    {
        await PutAsync(scale, traffic, mode, ingress, image);
        Advance(seconds: 245);
    }

    private protected async Task<HttpResponseMessage> PutAsync(
        string scale = "{}", string? traffic = null, string mode = "multiple", bool ingress = true, string image = "work:1")
    {
        using var group = await Driver.SendAsync(HttpMethod.Put, Driver.Group(GroupName), """{"location":"northeurope"}""", "2021-04-01");
        var table = ingress ? $$$$"""{"external":true,"targetPort":80,"traffic":{{{{traffic ?? "null"}}}}}""" : "null";
        return await Driver.SendAsync(HttpMethod.Put, Path, $$$$"""
            {"location":"North Europe","properties":{"configuration":{"activeRevisionsMode":"{{{{mode}}}}","ingress":{{{{table}}}}},
              "template":{"revisionSuffix":"a","containers":[{"name":"work","image":"{{{{image}}}}"}],"scale":{{{{scale}}}}}}}
            """);
    }

    /// <summary>Makes a further revision and waits for the write, not for the revision.</summary>
    private protected Task AddRevisionAsync(string suffix, string image = "work:1") =>
        PatchAsync($$$$"""{"template":{"revisionSuffix":"{{{{suffix}}}}","containers":[{"name":"work","image":"{{{{image}}}}"}]}}""");

    private protected async Task PatchAsync(string properties)
    {
        using var response = await Driver.SendAsync(HttpMethod.Patch, Path, $$$$"""{"properties":{{{{properties}}}}}""");
        Assert.Equal(202, (int)response.StatusCode);
        Driver.Clock.Advance(App.Operation!.EndTime - Now);
    }

    private protected Task SetTrafficAsync(params (string Suffix, int Weight)[] entries)
    {
        var traffic = entries.Select(entry => $$$$"""{"revisionName":"{{{{AppName}}}}--{{{{entry.Suffix}}}}","weight":{{{{entry.Weight}}}}}""");
        return PatchAsync($$$$"""{"configuration":{"ingress":{"traffic":[{{{{string.Join(',', traffic)}}}}]}}}""");
    }

    private protected async Task DeactivateAsync(string suffix)
    {
        await Driver.PostAsync(Driver.Revision(GroupName, AppName, suffix) + "/deactivate");
        Advance(seconds: 70);
    }

    private protected void SetLoad(double requestsPerSecond) => new AppLifecycle(Tenant).SetLoad(App, requestsPerSecond, Now);

    private protected void Advance(int seconds = 0, int minutes = 0, int hours = 0) =>
        Driver.Clock.Advance(new TimeSpan(hours, minutes, seconds));

    private protected Task<JsonObject> RevisionAsync(string suffix) => Driver.RevisionAsync(GroupName, AppName, suffix);

    private protected async Task<(string? Running, string? Health, int Replicas)> StateAsync(string suffix)
    {
        var revision = await RevisionAsync(suffix);
        return ((string?)revision["runningState"], (string?)revision["healthState"], (int)revision["replicas"]!);
    }

    private protected async Task<JsonObject> AppAsync() => (JsonObject)(await Driver.GetAsync(Path))["properties"]!;

    private protected async Task<string[]> NamesAsync() =>
        [.. (await Driver.ListAsync(Path + "/revisions")).Select(revision => ((string)revision["name"]!).Split("--")[1])];
}
