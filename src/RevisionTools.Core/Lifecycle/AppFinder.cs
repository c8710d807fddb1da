using System.Runtime.CompilerServices;

namespace RevisionTools.Lifecycle;

/// <summary>Finds apps by what a person typed: exact names, which must exist, or patterns, which may match nothing.</summary>
internal sealed class AppFinder(IContainerApps azure)
{
    /// <param name="subscriptionId">The subscription to look in.</param>
    /// <param name="resourceGroupName">A group, a pattern, or null for every group.</param>
    /// <param name="name">An app, a pattern, or null for every app.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.ContainerAppNotFound"/> when an exact name matches nothing.</exception>
    public async IAsyncEnumerable<ContainerApp> FindAsync(
        string subscriptionId, string? resourceGroupName, string? name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isExactGroup = resourceGroupName is not null && !NamePattern.IsPattern(resourceGroupName);
        var isExactName = name is not null && !NamePattern.IsPattern(name);
        if (isExactGroup && isExactName)
        {
            yield return await azure.GetAppAsync(new ContainerAppId(subscriptionId, resourceGroupName!, name!), cancellationToken).ConfigureAwait(false);
            yield break;
        }

        var found = false;
        await foreach (var app in azure.ListAppsAsync(subscriptionId, isExactGroup ? resourceGroupName : null, cancellationToken).ConfigureAwait(false))
        {
            if (NamePattern.Matches(resourceGroupName, app.ResourceGroupName) && NamePattern.Matches(name, app.Name))
            {
                found = true;
                yield return app;
            }
        }

        if (isExactName && !found)
        {
            var where = resourceGroupName is null ? $"subscription '{subscriptionId}'" : $"resource groups '{resourceGroupName}'";
            throw new RevisionToolsException(FailureKind.ContainerAppNotFound, $"There is no container app '{name}' in {where}.");
        }
    }

    /// <summary>Where the one app is that a change is about. Whether it is there is asked only where it has to be looked for.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.ContainerAppNotFound"/> when the name is a pattern, or was looked for and names no app or several.</exception>
    public async Task<ContainerAppId> LocateAsync(AppScope scope, CancellationToken cancellationToken) =>
        scope is { SpansApps: false, ResourceGroupName: { } group } && !NamePattern.IsPattern(group)
            ? new ContainerAppId(scope.SubscriptionId, group, scope.AppName!)
            : (await FindOneAsync(scope, cancellationToken).ConfigureAwait(false)).Id;

    /// <summary>The one app that a change is about.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.ContainerAppNotFound"/> when the name is a pattern, or names no app or several.</exception>
    public async Task<ContainerApp> FindOneAsync(AppScope scope, CancellationToken cancellationToken)
    {
        if (scope.SpansApps)
        {
            throw new RevisionToolsException(
                FailureKind.ContainerAppNotFound, $"'{scope.AppName}' has wildcards, which name no app. Pipe from Get-AcaRevision instead, or from Get-AcaApp where the command is about whole apps.");
        }

        List<ContainerApp> found = [];
        await foreach (var app in FindAsync(scope.SubscriptionId, scope.ResourceGroupName, scope.AppName, cancellationToken).ConfigureAwait(false))
        {
            found.Add(app);
        }

        return found.Count == 1
            ? found[0]
            : throw new RevisionToolsException(
                FailureKind.ContainerAppNotFound,
                $"Several container apps are called '{scope.AppName}': {string.Join(", ", found.Select(app => $"{app.ResourceGroupName}/{app.Name}"))}. "
                + "Give -ResourceGroupName.");
    }
}
