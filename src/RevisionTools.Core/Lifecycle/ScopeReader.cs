using System.Runtime.CompilerServices;
using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Goes through the apps and revisions of scopes. What one scope or app lacks is reported, and the others go on.</summary>
internal sealed class ScopeReader(IContainerApps azure, IWorkOutput output)
{
    private readonly AppFinder _finder = new(azure);

    public async Task ForEachAppAsync(IEnumerable<AppScope> scopes, Func<ContainerApp, AppScope, Task> action, CancellationToken cancellationToken)
    {
        foreach (var scope in scopes)
        {
            await GuardAsync(scope.AppName, async () =>
            {
                var apps = _finder.FindAsync(scope.SubscriptionId, scope.ResourceGroupName, scope.AppName, cancellationToken);
                await foreach (var app in apps.ConfigureAwait(false))
                {
                    await GuardAsync(app.ResourceId, () => action(app, scope)).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }
    }

    /// <summary>Streams the revisions of the scopes, each app's as its pages come in.</summary>
    public async Task ForEachRevisionAsync(
        IEnumerable<AppScope> scopes, Func<Revision, ContainerApp, Task> action, CancellationToken cancellationToken)
    {
        foreach (var scope in scopes)
        {
            var found = 0;
            await ForEachAppAsync(
                [scope],
                async (app, _) =>
                {
                    await foreach (var revision in RevisionsAsync(app, scope, cancellationToken).ConfigureAwait(false))
                    {
                        found++;
                        await action(revision, app).ConfigureAwait(false);
                    }
                },
                cancellationToken).ConfigureAwait(false);
            if (found == 0 && scope.NamesOneRevision && scope.SpansApps)
            {
                await output.FailAsync(
                    new RevisionToolsException(FailureKind.RevisionNotFound, $"None of the apps '{scope.AppName ?? "*"}' has a revision '{scope.RevisionName}'."),
                    scope.RevisionName).ConfigureAwait(false);
            }
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
