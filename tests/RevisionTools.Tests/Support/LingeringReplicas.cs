using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Support;

/// <summary>Shows a replica of every revision for ever, also of those that are down.</summary>
internal sealed class LingeringReplicas(IContainerApps inner) : IContainerApps
{
    public TimeProvider Time => inner.Time;

    public IAsyncEnumerable<Subscription> ListSubscriptionsAsync(CancellationToken cancellationToken) => inner.ListSubscriptionsAsync(cancellationToken);

    public IAsyncEnumerable<ContainerApp> ListAppsAsync(string subscriptionId, string? resourceGroupName, CancellationToken cancellationToken) =>
        inner.ListAppsAsync(subscriptionId, resourceGroupName, cancellationToken);

    public IAsyncEnumerable<ContainerApp> ListAppsEverywhereAsync(CancellationToken cancellationToken) => inner.ListAppsEverywhereAsync(cancellationToken);

    public Task<IReadOnlyList<WorkloadProfile>> GetWorkloadProfilesAsync(ManagedEnvironmentId environment, CancellationToken cancellationToken) =>
        inner.GetWorkloadProfilesAsync(environment, cancellationToken);

    public IAsyncEnumerable<string> ListStorageNamesAsync(ManagedEnvironmentId environment, CancellationToken cancellationToken) =>
        inner.ListStorageNamesAsync(environment, cancellationToken);

    public IAsyncEnumerable<RevisionDocument> ListRevisionDocumentsAsync(ContainerAppId app, CancellationToken cancellationToken) =>
        inner.ListRevisionDocumentsAsync(app, cancellationToken);

    public IAsyncEnumerable<FunctionResource> ListFunctionsAsync(ContainerAppId app, string? revisionName, CancellationToken cancellationToken) =>
        inner.ListFunctionsAsync(app, revisionName, cancellationToken);

    public IAsyncEnumerable<LabelHistoryRecord> ListLabelHistoryAsync(ContainerAppId app, CancellationToken cancellationToken) =>
        inner.ListLabelHistoryAsync(app, cancellationToken);

    public Task<ContainerApp> GetAppAsync(ContainerAppId id, CancellationToken cancellationToken) => inner.GetAppAsync(id, cancellationToken);

    public Task<AppDocument> GetAppDocumentAsync(ContainerAppId id, CancellationToken cancellationToken) => inner.GetAppDocumentAsync(id, cancellationToken);

    public Task UpdateAppAsync(ContainerAppId id, JsonObject mergePatch, TimeSpan limit, CancellationToken cancellationToken) =>
        inner.UpdateAppAsync(id, mergePatch, limit, cancellationToken);

    public Task<RevisionDocument> GetRevisionDocumentAsync(RevisionId id, CancellationToken cancellationToken) =>
        inner.GetRevisionDocumentAsync(id, cancellationToken);

    public IAsyncEnumerable<RevisionResource> ListRevisionsAsync(ContainerAppId app, CancellationToken cancellationToken) =>
        inner.ListRevisionsAsync(app, cancellationToken);

    public Task<RevisionResource> GetRevisionAsync(RevisionId id, CancellationToken cancellationToken) => inner.GetRevisionAsync(id, cancellationToken);

    public async IAsyncEnumerable<Replica> ListReplicasAsync(RevisionId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new Replica
        {
            Name = $"{id.Name}-5f6d-abcde",
            RevisionName = id.Name,
            ContainerAppName = id.App.Name,
            ResourceGroupName = id.App.ResourceGroupName,
            SubscriptionId = id.App.SubscriptionId,
            ResourceId = $"{id.Path}/replicas/{id.Name}-5f6d-abcde",
        };
    }

    public Task ActivateRevisionAsync(RevisionId id, CancellationToken cancellationToken) => inner.ActivateRevisionAsync(id, cancellationToken);

    public Task DeactivateRevisionAsync(RevisionId id, CancellationToken cancellationToken) => inner.DeactivateRevisionAsync(id, cancellationToken);

    public Task RestartRevisionAsync(RevisionId id, CancellationToken cancellationToken) => inner.RestartRevisionAsync(id, cancellationToken);
}
