using System.Text.Json.Nodes;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Lifecycle;
using RevisionTools.Preflight;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Preflight;

public sealed class ReadinessRunnerTests : SandboxTest
{
    private const string StoragesRead = "Microsoft.App/managedEnvironments/storages/read";

    [Fact]
    public async Task What_says_ready_can_be_activated_and_what_says_not_ready_cannot()
    {
        await UpdateAsync(Data("orders-worker"), """{ "properties": { "configuration": { "secrets": [{ "name": "storage-key" }] } } }""");

        var landing = await TestAsync(Scope("rg-shop", "web-landing", "k2v9x4d"));
        var worker = await TestAsync(Scope("rg-data", "orders-worker", "b8j2l5v"));

        Assert.Equal(ReadinessResult.Ready, Assert.Single(landing).Result);
        Assert.Equal(ReadinessResult.NotReady, Assert.Single(worker).Result);
        Assert.Contains("no secret 'servicebus-connection' any more, which environment variable 'SERVICEBUS_CONNECTION' of container 'orders-worker' and scale rule 'orders-queue' need", worker[0].Message, StringComparison.Ordinal);
        await Azure.ActivateRevisionAsync(Id(landing[0]), default);
        var refusal = await Assert.ThrowsAsync<ServiceRequestException>(() => Azure.ActivateRevisionAsync(Id(worker[0]), default));
        Assert.Contains("servicebus-connection", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_was_replaced_is_the_cause_that_azure_gives_too()
    {
        await UpdateAsync(Shop("web-landing"), """{ "properties": { "configuration": { "registries": [{ "server": "new.azurecr.io", "identity": "system" }] } } }""");

        var readiness = Assert.Single(await TestAsync(Scope("rg-shop", "web-landing", "k2v9x4d")));

        Assert.Equal(ReadinessResult.NotReady, readiness.Result);
        Assert.Contains("contososhop.azurecr.io", readiness.Message, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<ServiceRequestException>(() => Azure.ActivateRevisionAsync(Id(readiness), default));
        Assert.Contains("registry contososhop.azurecr.io", refusal.Message, StringComparison.Ordinal);
        Assert.All(Sandbox.Export().Apps.Single(app => app.Name == "web-landing").Revisions, revision => Assert.Equal(["contososhop.azurecr.io"], revision.Registries));
    }

    [Fact]
    public async Task A_failed_revision_is_not_ready_and_its_neighbours_are()
    {
        var judged = await TestAsync(Scope("rg-shop", "web-search", null));

        Assert.Equal(["web-search--0000004"], judged.Where(readiness => readiness.Result == ReadinessResult.NotReady).Select(readiness => readiness.Name));
        Assert.Contains("The image cannot be pulled", judged[^1].Message, StringComparison.Ordinal);
        Assert.Equal(4, judged.Count(readiness => readiness.Result == ReadinessResult.Ready));
    }

    [Fact]
    public async Task Apps_of_a_generated_fleet_may_pull_what_they_run()
    {
        using var fleet = new ContainerAppsSandbox(new SandboxClock(Given.Now), SandboxScenario.Generate(40, 4, 1));
        var azure = new ContainerAppsClient(ConnectionSettings.ForSandbox(fleet, fleet.Clock, fleet.SubscriptionId).Arm with { Random = new Random(1) });

        await new ReadinessRunner(azure, Output, null).RunAsync([new AppScope(fleet.SubscriptionId, null, "*")], default);

        var judged = Output.Results<RevisionReadiness>();
        Assert.Equal(160, judged.Count);
        Assert.DoesNotContain(judged, readiness => readiness.Result == ReadinessResult.Unknown);
        Assert.True(judged.Count(readiness => readiness.Result == ReadinessResult.Ready) > 120);
    }

    [Fact]
    public async Task One_revision_costs_two_calls_and_all_of_an_app_as_many()
    {
        Sandbox.ClearRequests();
        await TestAsync(Scope("rg-shop", "api-catalog", "0000001"));
        Assert.Equal(2, Sandbox.Requests.Count);

        Sandbox.ClearRequests();
        Assert.Equal(107, (await TestAsync(Scope("rg-shop", "api-catalog", null))).Count);
        Assert.Equal(2, Sandbox.Requests.Count);
    }

    [Fact]
    public async Task A_volume_is_looked_for_once_for_all_apps_of_an_environment()
    {
        await GiveVolumeAsync(Shop("web-search"));
        await GiveVolumeAsync(Shop("web-account"));
        Sandbox.ClearRequests();

        var gone = await TestAsync(Scope("rg-shop", "web-search", "vol"), Scope("rg-shop", "web-account", "vol"));

        Assert.All(gone, readiness => Assert.Contains("no storage 'files' any more, which volume 'v' is on", readiness.Message, StringComparison.Ordinal));
        Assert.Single(Sandbox.Requests, request => request.PathAndQuery.Contains("/storages", StringComparison.Ordinal));

        await SendAsync(HttpMethod.Put, "/resourceGroups/rg-platform/providers/Microsoft.App/managedEnvironments/env-northeurope/storages/files", "{\"properties\":{}}");
        Assert.All(await TestAsync(Scope("rg-shop", "web-*", "vol")), readiness => Assert.Equal(ReadinessResult.Ready, readiness.Result));
    }

    [Fact]
    public async Task Who_may_not_read_storages_is_told_which_permission_is_missing()
    {
        await GiveVolumeAsync(Shop("web-search"));
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Path = "*/storages" });

        var readiness = Assert.Single(await TestAsync(Scope("rg-shop", "web-search", "vol")));

        Assert.Equal(ReadinessResult.Unknown, readiness.Result);
        Assert.Contains(StoragesRead, readiness.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_is_read_for_a_profile_and_one_that_is_gone_has_none()
    {
        Assert.All(await TestAsync(Scope("rg-shop", "api-images", null)), readiness =>
            Assert.Contains(readiness.Findings, finding => finding is { Check: ReadinessCheck.WorkloadProfile, Result: ReadinessResult.Ready, Subject: "gpu-t4" }));

        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 404, Path = "*/managedEnvironments/*" });
        Assert.All(await TestAsync(Scope("rg-shop", "api-images", null)), readiness => Assert.Equal(ReadinessResult.NotReady, readiness.Result));
    }

    [Fact]
    public async Task What_is_not_there_is_reported_and_the_others_go_on()
    {
        var judged = await TestAsync(
            Scope("rg-shop", "web-search", "gone"), Scope("rg-shop", "web-search", "0000001"), Scope("rg-shop", "no-app", null), Scope("rg-shop", "web-checkout", "gone"), Scope(null, "web-*", "v2-14"),
            Scope(null, "web-*", "nowhere"));

        Assert.Equal(["web-search--0000001", "web-checkout--v2-14"], judged.Select(readiness => readiness.Name));
        Assert.Equal(
            [FailureKind.RevisionNotFound, FailureKind.ContainerAppNotFound, FailureKind.RevisionNotFound, FailureKind.RevisionNotFound],
            Output.Failures.Select(failure => failure.Kind));
    }

    [Fact]
    public async Task A_prune_by_readiness_reads_as_much_as_one_without_and_knows_who_could_start()
    {
        var request = new PruneRequest(new RetentionPolicy { KeepReady = 2 }, new InterlockLifts());
        Sandbox.ClearRequests();

        var world = await new PruneWorldReader(Azure).ReadAsync(Shop("web-search"), request, default);

        Assert.Equal(2, Sandbox.Requests.Count);
        Assert.Equal(5, world.Snapshot.Revisions.Count);
        Assert.Equal(
            [("web-search--0000002", ReadinessResult.Ready), ("web-search--0000003", ReadinessResult.Ready), ("web-search--0000004", ReadinessResult.NotReady)],
            world.Readiness.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
        Assert.Empty((await new PruneWorldReader(Azure).ReadAsync(Shop("web-search"), new PruneRequest(new RetentionPolicy { KeepLast = 2 }, new InterlockLifts()), default)).Readiness);
    }

    private static RevisionId Id(RevisionReadiness readiness) =>
        new(new ContainerAppId(readiness.SubscriptionId, readiness.ResourceGroupName, readiness.ContainerAppName), readiness.Name);

    private AppScope Scope(string? group, string app, string? revision) => new(Sandbox.SubscriptionId, group, app, revision);

    private async Task<IReadOnlyList<RevisionReadiness>> TestAsync(params AppScope[] scopes)
    {
        var before = Output.Results<RevisionReadiness>().Count;
        await new ReadinessRunner(Azure, Output).RunAsync(scopes, default);
        return [.. Output.Results<RevisionReadiness>().Skip(before)];
    }

    private Task GiveVolumeAsync(ContainerAppId app) => UpdateAsync(
        app, """{ "properties": { "template": { "revisionSuffix": "vol", "volumes": [{ "name": "v", "storageType": "AzureFile", "storageName": "files" }] } } }""");

    private async Task UpdateAsync(ContainerAppId app, string patch)
    {
        await Azure.UpdateAppAsync(app, (JsonObject)JsonNode.Parse(patch)!, TimeSpan.MaxValue, default);
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));
    }

    private async Task SendAsync(HttpMethod method, string path, string body)
    {
        using var somebody = new HttpClient(Sandbox, disposeHandler: false);
        using var request = new HttpRequestMessage(method, $"https://management.azure.com/subscriptions/{Sandbox.SubscriptionId}{path}?api-version=2026-01-01");
        request.Headers.Authorization = new("Bearer", "somebody");
        request.Content = new StringContent(body);
        using var answer = await somebody.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
