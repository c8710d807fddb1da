using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Azure.Core;
using RevisionTools.Arm.Wire;

namespace RevisionTools.Arm;

/// <summary>Azure Container Apps over Azure Resource Manager: the one way to Azure.</summary>
/// <remarks>ARM-FACTS 2 and 3.</remarks>
internal sealed class ContainerAppsClient : IContainerApps
{
    private const string AppsVersion = "2026-01-01";
    private const string FunctionsAndLabelsVersion = "2026-07-01";
    private const string SubscriptionsVersion = "2022-12-01";
    private const string GraphVersion = "2024-04-01";

    // Ordered by id, so that pages fit together.
    private const string AllApps =
        "Resources | where type =~ 'microsoft.app/containerapps' | project id, name, location, kind, tags, properties | order by id asc";

    private readonly ArmRequester _requester;
    private readonly LongRunningOperation _operation;

    public ContainerAppsClient(ArmOptions options)
    {
        var jitter = new Jitter(options.Random);
        Time = options.Time;
        _requester = new ArmRequester(ArmPipeline.Create(options, jitter), options.Endpoint, options.Time);
        _operation = new LongRunningOperation(_requester, options.Time, options.PauseLog);
    }

    public TimeProvider Time { get; }

    /// <summary>The way to resources that have no method here.</summary>
    internal ArmRequester Requester => _requester;

    public async IAsyncEnumerable<Subscription> ListSubscriptionsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = _requester.Address("/subscriptions", SubscriptionsVersion);
        await foreach (var body in _requester.ListAsync(first, ArmJsonContext.Default.ResourcePageSubscriptionBody, cancellationToken)
            .ConfigureAwait(false))
        {
            yield return ResourceMapper.ToSubscription(body);
        }
    }

    public async IAsyncEnumerable<ContainerApp> ListAppsAsync(
        string subscriptionId, string? resourceGroupName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var group = resourceGroupName is null ? "" : $"/resourceGroups/{Uri.EscapeDataString(resourceGroupName)}";
        var path = $"/subscriptions/{Uri.EscapeDataString(subscriptionId)}{group}/providers/Microsoft.App/containerApps";
        var first = _requester.Address(path, AppsVersion);
        await foreach (var body in _requester.ListAsync(first, ArmJsonContext.Default.ResourcePageContainerAppBody, cancellationToken)
            .ConfigureAwait(false))
        {
            yield return ResourceMapper.ToContainerApp(body);
        }
    }

    public async IAsyncEnumerable<ContainerApp> ListAppsEverywhereAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new GraphQuery(_requester, _requester.Address("/providers/Microsoft.ResourceGraph/resources", GraphVersion));
        await foreach (var body in query.RunAsync(AllApps, cancellationToken).ConfigureAwait(false))
        {
            yield return ResourceMapper.ToContainerApp(body);
        }
    }

    public async Task<IReadOnlyList<WorkloadProfile>> GetWorkloadProfilesAsync(
        ManagedEnvironmentId environment, CancellationToken cancellationToken)
    {
        var uri = _requester.Address(environment.Path, AppsVersion);
        var body = await _requester.GetAsync(uri, ArmJsonContext.Default.EnvironmentBody, cancellationToken).ConfigureAwait(false);
        return ResourceMapper.ToWorkloadProfiles(body);
    }

    public async IAsyncEnumerable<string> ListStorageNamesAsync(
        ManagedEnvironmentId environment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = _requester.Address($"{environment.Path}/storages", AppsVersion);
        await foreach (var body in _requester.ListAsync(first, ArmJsonContext.Default.ResourcePageStorageBody, cancellationToken).ConfigureAwait(false))
        {
            yield return ResourceMapper.Text(body.Name) ?? throw ResourceMapper.Invalid("a storage has no name.");
        }
    }

    public async Task<ContainerApp> GetAppAsync(ContainerAppId id, CancellationToken cancellationToken)
    {
        var uri = _requester.Address(id.Path, AppsVersion);
        var body = await _requester.GetAsync(uri, ArmJsonContext.Default.ContainerAppBody, cancellationToken).ConfigureAwait(false);
        return ResourceMapper.ToContainerApp(body);
    }

    public async Task<AppDocument> GetAppDocumentAsync(ContainerAppId id, CancellationToken cancellationToken)
    {
        var json = await GetObjectAsync(id.Path, cancellationToken).ConfigureAwait(false);
        return new AppDocument(ResourceMapper.ToContainerApp(Typed(json, ArmJsonContext.Default.ContainerAppBody)), json);
    }

    public async IAsyncEnumerable<RevisionResource> ListRevisionsAsync(
        ContainerAppId app, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = _requester.Address($"{app.Path}/revisions", AppsVersion);
        await foreach (var revision in _requester.ListAsync(first, ArmJsonContext.Default.ResourcePageRevisionResource, cancellationToken)
            .ConfigureAwait(false))
        {
            yield return Now(revision);
        }
    }

    public async IAsyncEnumerable<RevisionDocument> ListRevisionDocumentsAsync(
        ContainerAppId app, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = _requester.Address($"{app.Path}/revisions", AppsVersion);
        await foreach (var json in _requester.ListAsync(first, ArmJsonContext.Default.ResourcePageJsonObject, cancellationToken).ConfigureAwait(false))
        {
            // A list that leaves templates out has been seen nowhere, and is no reason to show none.
            yield return TemplateOf(json) is not null || ResourceMapper.Text(json["name"]?.ToString()) is not { } name
                ? ToDocument(json)
                : await GetRevisionDocumentAsync(new RevisionId(app, name), cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<RevisionResource> GetRevisionAsync(RevisionId id, CancellationToken cancellationToken)
    {
        var uri = _requester.Address(id.Path, AppsVersion);
        return Now(await _requester.GetAsync(uri, ArmJsonContext.Default.RevisionResource, cancellationToken).ConfigureAwait(false));
    }

    public async Task<RevisionDocument> GetRevisionDocumentAsync(RevisionId id, CancellationToken cancellationToken)
    {
        var json = await GetObjectAsync(id.Path, cancellationToken).ConfigureAwait(false);
        return ToDocument(json);
    }

    public async IAsyncEnumerable<FunctionResource> ListFunctionsAsync(
        ContainerAppId app, string? revisionName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var owner = revisionName is null ? app.Path : new RevisionId(app, revisionName).Path;
        var first = _requester.Address($"{owner}/functions", FunctionsAndLabelsVersion);
        await foreach (var body in _requester.ListAsync(first, ArmJsonContext.Default.ResourcePageFunctionBody, cancellationToken).ConfigureAwait(false))
        {
            yield return ResourceMapper.ToFunction(body, owner);
        }
    }

    public async IAsyncEnumerable<LabelHistoryRecord> ListLabelHistoryAsync(
        ContainerAppId app, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = _requester.Address($"{app.Path}/labelHistory", FunctionsAndLabelsVersion);
        await foreach (var body in _requester.ListAsync(first, ArmJsonContext.Default.ResourcePageLabelHistoryBody, cancellationToken).ConfigureAwait(false))
        {
            foreach (var record in ResourceMapper.ToLabelHistory(body, app))
            {
                yield return record;
            }
        }
    }

    public async IAsyncEnumerable<Replica> ListReplicasAsync(RevisionId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = _requester.Address($"{id.Path}/replicas", AppsVersion);
        await foreach (var body in _requester.ListAsync(first, ArmJsonContext.Default.ResourcePageReplicaBody, cancellationToken)
            .ConfigureAwait(false))
        {
            yield return ResourceMapper.ToReplica(body, id);
        }
    }

    /// <summary>Asks the service to activate, at once and at most once; to wait and to try again is up to the caller.</summary>
    /// <exception cref="ServiceRequestException">Among others <see cref="FailureKind.RequestThrottled"/>, with the time to wait
    /// where Azure said it, and with <see cref="ServiceRequestException.AppIsBusy"/> what an operation on the app prevents.</exception>
    public Task ActivateRevisionAsync(RevisionId id, CancellationToken cancellationToken) => ActOnceAsync(id, "activate", cancellationToken);

    /// <summary>Asks the service to deactivate, under the terms of <see cref="ActivateRevisionAsync"/>.</summary>
    public Task DeactivateRevisionAsync(RevisionId id, CancellationToken cancellationToken) =>
        ActOnceAsync(id, "deactivate", cancellationToken);

    /// <summary>Asks the service to restart, under the terms of <see cref="ActivateRevisionAsync"/>.</summary>
    public Task RestartRevisionAsync(RevisionId id, CancellationToken cancellationToken) => ActOnceAsync(id, "restart", cancellationToken);

    /// <summary>Changes an app by a JSON merge patch, sent at once and at most once, and follows the operation to its end.</summary>
    /// <exception cref="ServiceRequestException">As for <see cref="ActivateRevisionAsync"/>; also
    /// <see cref="FailureKind.OperationFailed"/> when Azure had accepted the change and could not carry it out, and
    /// <see cref="FailureKind.RevisionWaitTimeout"/> when that took too long.</exception>
    public async Task UpdateAppAsync(ContainerAppId id, JsonObject mergePatch, TimeSpan limit, CancellationToken cancellationToken)
    {
        var uri = _requester.Address(id.Path, AppsVersion);
        using var accepted = await _requester.SendOnceAsync(RequestMethod.Patch, uri, JsonBytes.Of(mergePatch), cancellationToken).ConfigureAwait(false);
        await _operation.WaitAsync(accepted, limit, cancellationToken).ConfigureAwait(false);
    }

    private RevisionResource Now(RevisionResource revision) => revision with { ReadTime = Time.GetUtcNow() };

    private RevisionDocument ToDocument(JsonObject json)
    {
        var revision = Now(Typed(json, ArmJsonContext.Default.RevisionResource));
        var template = TemplateOf(json)
            ?? throw ResourceMapper.Invalid($"the revision '{revision.Name}' has no template.");
        return new RevisionDocument(revision, (JsonObject)template.DeepClone());
    }

    private static JsonObject? TemplateOf(JsonObject revision) => (revision["properties"] as JsonObject)?["template"] as JsonObject;

    private Uri ActionAddress(RevisionId id, string action) => _requester.Address($"{id.Path}/{action}", AppsVersion);

    private async Task ActOnceAsync(RevisionId id, string action, CancellationToken cancellationToken)
    {
        using var answer = await _requester.SendOnceAsync(RequestMethod.Post, ActionAddress(id, action), null, cancellationToken)
            .ConfigureAwait(false);
        await CheckAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    private Task<JsonObject> GetObjectAsync(string path, CancellationToken cancellationToken) =>
        _requester.GetAsync(_requester.Address(path, AppsVersion), ArmJsonContext.Default.JsonObject, cancellationToken);

    private static T Typed<T>(JsonObject json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return json.Deserialize(type)!;
        }
        catch (JsonException exception)
        {
            throw ResourceMapper.Invalid(SafeText.Clean(exception.Message));
        }
    }

    /// <summary>The answer of an action is a JSON text whose words do not matter; what is no JSON does not come from Azure.</summary>
    private static async Task CheckAsync(HttpMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Response.ContentStream is not null)
        {
            await ArmRequester.ReadAsync(answer, ArmJsonContext.Default.JsonDocument, cancellationToken).ConfigureAwait(false);
        }
    }
}
