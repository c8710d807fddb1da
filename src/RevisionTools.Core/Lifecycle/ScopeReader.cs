using System.Runtime.CompilerServices;
using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Goes through the apps and revisions of scopes. What one scope or app lacks is reported, and the others go on.</summary>
internal sealed class ScopeReader(IContainerApps azure, IWorkOutput output)
{
    private const int AppsAtOnce = 4;

    private readonly AppFinder _finder = new(azure);

    /// <summary>Hands on the apps of the scopes, one after the other.</summary>
    public async Task ForEachAppAsync(IEnumerable<AppScope> scopes, Func<ContainerApp, AppScope, Task> action, CancellationToken cancellationToken)
    {
        foreach (var scope in scopes)
        {
            await GuardAsync(scope.AppName, async () =>
            {
                await foreach (var app in FindAsync(scope, cancellationToken).ConfigureAwait(false))
                {
                    await GuardAsync(app.ResourceId, () => action(app, scope)).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Streams the revisions of the scopes: those of one app as its pages come in, those of many apps app by app, a few apps being read
    /// ahead.
    /// </summary>
    public async Task ForEachRevisionAsync(
        IEnumerable<AppScope> scopes, Func<Revision, ContainerApp, Task> action, CancellationToken cancellationToken)
    {
        foreach (var scope in scopes)
        {
            if (scope.SpansApps)
            {
                await GuardAsync(scope.AppName, () => ForEachOfManyAsync(scope, action, cancellationToken)).ConfigureAwait(false);
                continue;
            }

            await ForEachAppAsync(
                [scope],
                async (app, _) =>
                {
                    await foreach (var revision in RevisionsAsync(app, scope, cancellationToken).ConfigureAwait(false))
                    {
                        await GuardAsync(revision.ResourceId, () => action(revision, app)).ConfigureAwait(false);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private IAsyncEnumerable<ContainerApp> FindAsync(AppScope scope, CancellationToken cancellationToken) =>
        _finder.FindAsync(scope.SubscriptionId, scope.ResourceGroupName, scope.AppName, cancellationToken);

    private async Task ForEachOfManyAsync(AppScope scope, Func<Revision, ContainerApp, Task> action, CancellationToken cancellationToken)
    {
        var (found, failed) = (0, 0);
        var apps = ReadAhead.InOrderAsync(FindAsync(scope, cancellationToken), AppsAtOnce, (app, token) => ReadAsync(app, scope, token), cancellationToken);
        await foreach (var (app, revisions, failure) in apps.ConfigureAwait(false))
        {
            failed += failure is null ? 0 : 1;
            found += revisions.Count;
            await GuardAsync(app.ResourceId, () => failure is null ? Task.CompletedTask : Task.FromException(failure)).ConfigureAwait(false);
            foreach (var revision in revisions)
            {
                await GuardAsync(revision.ResourceId, () => action(revision, app)).ConfigureAwait(false);
            }
        }

        if (found + failed == 0 && scope.NamesOneRevision)
        {
            throw new RevisionToolsException(FailureKind.RevisionNotFound, $"None of the apps '{scope.AppName ?? "*"}' has a revision '{scope.RevisionName}'.");
        }
    }

    private async Task<(ContainerApp App, IReadOnlyList<Revision> Revisions, RevisionToolsException? Failure)> ReadAsync(
        ContainerApp app, AppScope scope, CancellationToken cancellationToken)
    {
        List<Revision> revisions = [];
        try
        {
            await foreach (var revision in RevisionsAsync(app, scope, cancellationToken).ConfigureAwait(false))
            {
                revisions.Add(revision);
            }

            return (app, revisions, null);
        }
        catch (RevisionToolsException failure)
        {
            return (app, revisions, failure);
        }
    }

    private async IAsyncEnumerable<Revision> RevisionsAsync(
        ContainerApp app, AppScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (scope.NamesOneRevision && !scope.SpansApps && !scope.IsFilter)
        {
            var id = new RevisionId(app.Id, RevisionNames.Full(app.Name, scope.RevisionName!));
            yield return RevisionJoin.Join(app, await azure.GetRevisionAsync(id, cancellationToken).ConfigureAwait(false));
            yield break;
        }

        // The full name of another app's revision need not be looked for here.
        if (scope.NamesOneRevision && !RevisionNames.CanBeOf(app.Name, scope.RevisionName!))
        {
            yield break;
        }

        await output.ProgressAsync(new WorkProgress("Reading revisions", app.Name, null)).ConfigureAwait(false);
        await foreach (var resource in azure.ListRevisionsAsync(app.Id, cancellationToken).ConfigureAwait(false))
        {
            if (RevisionNames.Matches(scope.RevisionName, app.Name, resource.Name))
            {
                yield return RevisionJoin.Join(app, resource);
            }
        }
    }

    // Without a valid sign-in nothing else can work either, so that failure ends everything.
    private async Task GuardAsync(string? target, Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (failure.Kind is not FailureKind.AuthenticationFailed)
        {
            await output.FailAsync(failure, failure.ResourceId ?? target).ConfigureAwait(false);
        }
    }
}
