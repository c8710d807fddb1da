using System.Text;
using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;
using RevisionTools.Templates;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Changes;

/// <summary>What changes of an app beside what was asked for is warned of, and what was agreed to is not.</summary>
public sealed class SideEffectTests : SandboxTest
{
    private static readonly RevisionRequest s_image = new() { Change = new TemplateChange { Images = new Dictionary<string, string> { [""] = "contososhop.azurecr.io/x:9" } } };

    [Fact]
    public async Task A_revision_that_goes_down_while_traffic_is_set_is_warned_of()
    {
        var plan = new TrafficPlan(await ReadAsync(Shop("web-checkout")), new AllToEdit(new TrafficTarget("web-checkout--v2-14"), allowNotReady: false));
        WhenChanged(() => Send(HttpMethod.Post, $"{Shop("web-checkout").Path}/revisions/web-checkout--v2-10/deactivate"));

        await new TrafficChanger(Azure, TimeSpan.FromMinutes(5), Output).RunAsync([plan], CancellationToken.None);

        Assert.Equal(["The app 'web-checkout': revision 'web-checkout--v2-10' was Ready and is Deactivating."], Output.Warnings);
        Assert.True(Assert.Single(Output.Results<TrafficChange>()).HasWritten);
    }

    [Fact]
    public async Task A_revision_that_goes_down_with_its_last_label_as_agreed_to_is_not_warned_of()
    {
        var app = Shop("web-checkout");
        Send(HttpMethod.Patch, app.Path, """
            { "properties": { "configuration": { "activeRevisionsMode": "Labels", "targetLabel": "next", "ingress": { "traffic": [
              { "revisionName": "web-checkout--v2-14", "weight": 100, "label": "stable" }, { "revisionName": "web-checkout--v2-12", "weight": 0, "label": "previous" } ] } } } }
            """, "2025-10-02-preview");
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(5));
        var snapshot = await ReadAsync(app);
        var plan = new TrafficPlan(snapshot, new TakeOffLabelsEdit([TrafficTargets.Find("label:previous", snapshot)]));
        Assert.True(snapshot.Find("web-checkout--v2-12")!.IsStanding);
        Assert.Equal(["web-checkout--v2-12"], plan.GoingDown);
        WhenChanged(() => { });

        await new TrafficChanger(Azure, TimeSpan.FromMinutes(5), Output).RunAsync([plan], CancellationToken.None);

        Assert.False((await ReadAsync(app)).Find("web-checkout--v2-12")!.IsStanding);
        Assert.True(Assert.Single(Output.Results<TrafficChange>()).HasWritten);
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task A_revision_that_goes_down_while_the_limit_is_set_is_warned_of()
    {
        var forecast = RetentionForecast.Of(await ReadAsync(Shop("web-checkout")), 50);
        WhenChanged(() => Send(HttpMethod.Post, $"{Shop("web-checkout").Path}/revisions/web-checkout--v2-10/deactivate"));

        await new RetentionChanger(Azure, null, TimeSpan.FromMinutes(5), Output).ChangeAsync(forecast, CancellationToken.None);

        Assert.Equal(
            ["The app 'web-checkout' has changed beyond its limit: revision 'web-checkout--v2-10' was Ready and is Deactivating."], Output.Warnings);
    }

    [Fact]
    public async Task In_single_mode_a_revision_of_somebody_else_is_told()
    {
        WhenChanged(() =>
        {
            Send(HttpMethod.Patch, Shop("web-landing").Path, """{ "properties": { "template": { "scale": { "maxReplicas": 3 } } } }""");
            Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        });

        var made = await MakeAsync("web-landing", s_image);

        var foreign = (await ReadAsync(Shop("web-landing"))).App.LatestRevisionName;
        Assert.NotEqual(made.Name, foreign);
        Assert.Contains($"While revision '{made.Name}' was made: revision '{foreign}' is new.", Output.Warnings);
    }

    [Fact]
    public async Task A_pin_that_somebody_undoes_is_told()
    {
        WhenChanged(() =>
        {
            Send(HttpMethod.Patch, Shop("api-catalog").Path, """{ "properties": { "configuration": { "ingress": { "traffic": [{ "latestRevision": true, "weight": 100 }] } } } }""");
            Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        });

        await MakeAsync("api-catalog", s_image with { PinTraffic = true });

        Assert.Contains(Output.Warnings, warning => warning.StartsWith(
            "The traffic of 'api-catalog' was pinned, and follows the newest revision again: [", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revision_that_goes_down_while_the_label_is_put_on_is_told()
    {
        WhenChanged(() => Send(HttpMethod.Post, $"{Shop("web-checkout").Path}/revisions/web-checkout--v2-10/deactivate"), skip: 1);

        var made = await MakeAsync("web-checkout", s_image with { Suffix = "nine", Label = "test" });

        Assert.Equal(["test"], made.Labels);
        Assert.Equal(["While revision 'web-checkout--nine' was made: revision 'web-checkout--v2-10' was Ready and is Deactivating."], Output.Warnings);
    }

    private async Task<Revision> MakeAsync(string app, RevisionRequest request)
    {
        var draft = await new RevisionDrafter(Azure).DraftAsync(new AppScope(Sandbox.SubscriptionId, "rg-shop", app), request, default);
        await new RevisionMaker(Azure, new RevisionMakerOptions { Timeout = TimeSpan.FromMinutes(10), Random = new Random(1) }, Output).MakeAsync(draft, default);
        return Output.Results<Revision>()[^1];
    }

    /// <summary>Lets something happen when the operation of a patch is over, and before it is read back.</summary>
    private void WhenChanged(Action action, int skip = 0) => Sandbox.Inject(new SandboxFault
    {
        Method = "PATCH",
        Skip = skip,
        After = _ =>
        {
            Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
            action();
        },
    });

    /// <summary>Sends a request of somebody else, past the client.</summary>
    private void Send(HttpMethod method, string path, string? body = null, string version = "2026-01-01")
    {
        using var somebody = new HttpClient(Sandbox, disposeHandler: false);
        using var request = new HttpRequestMessage(method, $"https://management.azure.com{path}?api-version={version}");
        request.Headers.Authorization = new("Bearer", "somebody");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = somebody.Send(request);
        response.EnsureSuccessStatusCode();
    }
}
