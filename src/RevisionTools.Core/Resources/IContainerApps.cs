using System.Text.Json.Nodes;

namespace RevisionTools;

/// <summary>
/// What the rest of Core needs of Azure. Arm/ContainerAppsClient is the one real implementation; the pure folders know only this.
/// </summary>
internal interface IContainerApps
{
    /// <summary>The clock that waits and ages are measured by.</summary>
    TimeProvider Time { get; }

    IAsyncEnumerable<Subscription> ListSubscriptionsAsync(CancellationToken cancellationToken);

    /// <summary>Apps of a subscription, or of one resource group of it.</summary>
    IAsyncEnumerable<ContainerApp> ListAppsAsync(string subscriptionId, string? resourceGroupName, CancellationToken cancellationToken);

    /// <summary>Apps of every subscription that the account can see, by one query of Azure Resource Graph, which lags behind writes.</summary>
    IAsyncEnumerable<ContainerApp> ListAppsEverywhereAsync(CancellationToken cancellationToken);

    /// <summary>The workload profiles of an environment.</summary>
    Task<IReadOnlyList<WorkloadProfile>> GetWorkloadProfilesAsync(ManagedEnvironmentId environment, CancellationToken cancellationToken);

    /// <summary>Names of the storages that volumes of an environment's apps can be on.</summary>
    IAsyncEnumerable<string> ListStorageNamesAsync(ManagedEnvironmentId environment, CancellationToken cancellationToken);

    Task<ContainerApp> GetAppAsync(ContainerAppId id, CancellationToken cancellationToken);

    /// <summary>The app with all that Azure says of it.</summary>
    Task<AppDocument> GetAppDocumentAsync(ContainerAppId id, CancellationToken cancellationToken);

    /// <summary>
    /// Changes an app by a JSON merge patch, in which arrays are replaced whole, and follows the operation to its end. The patch is sent at
    /// once and once: Azure has no etag, so whoever tries again has to read again first. The operation is followed for
    /// <paramref name="limit"/> at most, or as long as Azure gives it.
    /// </summary>
    Task UpdateAppAsync(ContainerAppId id, JsonObject mergePatch, TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>All revisions, active and inactive, oldest first as the service sends them.</summary>
    IAsyncEnumerable<RevisionResource> ListRevisionsAsync(ContainerAppId app, CancellationToken cancellationToken);

    /// <summary>All revisions with their whole templates, as <see cref="ListRevisionsAsync"/> and in as few calls.</summary>
    IAsyncEnumerable<RevisionDocument> ListRevisionDocumentsAsync(ContainerAppId app, CancellationToken cancellationToken);

    Task<RevisionResource> GetRevisionAsync(RevisionId id, CancellationToken cancellationToken);

    /// <summary>The revision with its whole template.</summary>
    Task<RevisionDocument> GetRevisionDocumentAsync(RevisionId id, CancellationToken cancellationToken);

    IAsyncEnumerable<Replica> ListReplicasAsync(RevisionId id, CancellationToken cancellationToken);

    /// <summary>The functions of a revision; of the app's latest revision where none is named. For an absent revision the service has trouble (ARM-FACTS 6).</summary>
    IAsyncEnumerable<FunctionResource> ListFunctionsAsync(ContainerAppId app, string? revisionName, CancellationToken cancellationToken);

    /// <summary>Which revision each label of an app was on, and when; label by label.</summary>
    IAsyncEnumerable<LabelHistoryRecord> ListLabelHistoryAsync(ContainerAppId app, CancellationToken cancellationToken);

    /// <summary>Asks the service to activate, at once and once: what the caller has just made sure of may not hold for a later try.</summary>
    Task ActivateRevisionAsync(RevisionId id, CancellationToken cancellationToken);

    /// <summary>Asks the service to deactivate, at once and once; it goes on saying active for 15 to 70 seconds.</summary>
    Task DeactivateRevisionAsync(RevisionId id, CancellationToken cancellationToken);

    /// <summary>Asks the service to restart, at once and once.</summary>
    Task RestartRevisionAsync(RevisionId id, CancellationToken cancellationToken);
}
