using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Support;

/// <summary>Lets something happen right after the first deactivation, and revisions go down late.</summary>
internal sealed class CallsBetween(IContainerApps inner, Func<Task> meanwhile) : IContainerApps
{
    private int _calls;
    private int _looks;

    /// <summary>Single revisions read as going down until so many deactivations have been sent.</summary>
    public int DownAfter { get; init; }

    /// <summary>So many reads of single revisions show them running yet.</summary>
    public int StandingLooks { get; init; }

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

    public async Task<RevisionResource> GetRevisionAsync(RevisionId id, CancellationToken cancellationToken)
    {
        var resource = await inner.GetRevisionAsync(id, cancellationToken);
        if (Interlocked.Increment(ref _looks) <= StandingLooks)
        {
            return resource with { Active = true, RunningState = "Running" };
        }

        return Volatile.Read(ref _calls) >= DownAfter ? resource : resource with { Active = true, RunningState = "Deprovisioning" };
    }

    public IAsyncEnumerable<Replica> ListReplicasAsync(RevisionId id, CancellationToken cancellationToken) => inner.ListReplicasAsync(id, cancellationToken);

    public Task ActivateRevisionAsync(RevisionId id, CancellationToken cancellationToken) => inner.ActivateRevisionAsync(id, cancellationToken);

    public async Task DeactivateRevisionAsync(RevisionId id, CancellationToken cancellationToken)
    {
        await inner.DeactivateRevisionAsync(id, cancellationToken);
        if (Interlocked.Increment(ref _calls) == 1)
        {
            await meanwhile();
        }
    }

    public Task RestartRevisionAsync(RevisionId id, CancellationToken cancellationToken) => inner.RestartRevisionAsync(id, cancellationToken);
}
