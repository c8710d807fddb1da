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
    public Task ForEachRevisionAsync(
        IEnumerable<AppScope> scopes, Func<Revision, ContainerApp, Task> action, CancellationToken cancellationToken) =>
        ForEachAppAsync(
            scopes,
            async (app, scope) =>
            {
                await foreach (var revision in RevisionsAsync(app, scope.RevisionName, cancellationToken).ConfigureAwait(false))
                {
                    await action(revision, app).ConfigureAwait(false);
                }
            },
            cancellationToken);

    private async IAsyncEnumerable<Revision> RevisionsAsync(
        ContainerApp app, string? name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (name is not null && !AppFinder.IsPattern(name))
        {
            yield return RevisionJoin.Join(app, await azure.GetRevisionAsync(new RevisionId(app.Id, RevisionNames.Full(app.Name, name)), cancellationToken).ConfigureAwait(false));
            yield break;
        }

        await foreach (var resource in azure.ListRevisionsAsync(app.Id, cancellationToken).ConfigureAwait(false))
        {
            if (RevisionNames.Matches(name, app.Name, resource.Name))
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
