using System.Runtime.CompilerServices;
using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Goes through the apps and revisions of scopes. What one scope or app lacks is reported, and the others go on.</summary>
/// <param name="azure">Azure.</param>
/// <param name="output">Where failures and progress go.</param>
/// <param name="detail">What revisions are read with.</param>
internal sealed class ScopeReader(IContainerApps azure, IWorkOutput output, TemplateDetail detail = TemplateDetail.None)
{
    private readonly AppFinder _finder = new(azure);
    private readonly RevisionReader _revisions = new(azure, detail);

    /// <summary>Hands on the apps of the scopes, one after the other.</summary>
    public async Task ForEachAppAsync(IEnumerable<AppScope> scopes, Func<ContainerApp, AppScope, Task> action, CancellationToken cancellationToken)
    {
        foreach (var scope in scopes)
        {
            await output.GuardAsync(scope.AppName, async () =>
            {
                await foreach (var app in FindAsync(scope, cancellationToken).ConfigureAwait(false))
                {
                    await output.GuardAsync(app.ResourceId, () => action(app, scope)).ConfigureAwait(false);
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
                await output.GuardAsync(scope.AppName, () => ForEachOfManyAsync(scope, action, cancellationToken)).ConfigureAwait(false);
                continue;
            }

            await ForEachAppAsync([scope], (app, _) => ForEachRevisionOfAsync(app, scope, action, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Streams the revisions of an app that the scope means.</summary>
    public async Task ForEachRevisionOfAsync(
        ContainerApp app, AppScope scope, Func<Revision, ContainerApp, Task> action, CancellationToken cancellationToken)
    {
        await foreach (var revision in RevisionsAsync(app, scope, cancellationToken).ConfigureAwait(false))
        {
            await output.GuardAsync(revision.ResourceId, () => action(revision, app)).ConfigureAwait(false);
        }
    }

    private IAsyncEnumerable<ContainerApp> FindAsync(AppScope scope, CancellationToken cancellationToken) =>
        _finder.FindAsync(scope.SubscriptionId, scope.ResourceGroupName, scope.AppName, cancellationToken);

    private async Task ForEachOfManyAsync(AppScope scope, Func<Revision, ContainerApp, Task> action, CancellationToken cancellationToken)
    {
        var (found, failed) = (0, 0);
        var apps = ReadAhead.InOrderAsync(FindAsync(scope, cancellationToken), ReadAhead.AppsAtOnce, (app, token) => ReadAsync(app, scope, token), cancellationToken);
        await foreach (var (app, revisions, failure) in apps.ConfigureAwait(false))
        {
            failed += failure is null ? 0 : 1;
            found += revisions.Count;
            await output.GuardAsync(app.ResourceId, () => failure is null ? Task.CompletedTask : Task.FromException(failure)).ConfigureAwait(false);
            foreach (var revision in revisions)
            {
                await output.GuardAsync(revision.ResourceId, () => action(revision, app)).ConfigureAwait(false);
            }
        }

        if (found + failed == 0 && scope.NamesOneRevision)
        {
            throw new RevisionToolsException(FailureKind.RevisionNotFound, $"None of the apps '{scope.AppName ?? "*"}' has a revision '{scope.RevisionName}'.{new RevisionId(default, scope.RevisionName!).NumberHint}");
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
            yield return await _revisions.GetAsync(app, RevisionNames.Full(app.Name, scope.RevisionName!), cancellationToken).ConfigureAwait(false);
            yield break;
        }

        // The full name of another app's revision need not be looked for here.
        if (scope.NamesOneRevision && !RevisionNames.CanBeOf(app.Name, scope.RevisionName!))
        {
            yield break;
        }

        await output.ProgressAsync(new WorkProgress("Reading revisions", app.Name, null)).ConfigureAwait(false);
        await foreach (var revision in _revisions.ListAsync(app, scope.RevisionName, cancellationToken).ConfigureAwait(false))
        {
            yield return revision;
        }
    }
}
