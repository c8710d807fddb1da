using System.Runtime.CompilerServices;
using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Finds apps, picks the wanted ones and adds what their own answer does not say, for a few at a time. They come in the order in which Azure gives them.</summary>
internal sealed class AppReader(IContainerApps azure, WorkloadProfileReader profiles, AppReadOptions options, IWorkOutput output)
{
    private readonly AppFinder _finder = new(azure);

    /// <summary>Emits the apps of the scopes. What one scope or app lacks is reported, and the others go on.</summary>
    public async Task ReadAsync(IEnumerable<AppScope> scopes, CancellationToken cancellationToken)
    {
        foreach (var scope in scopes)
        {
            var apps = _finder.FindAsync(scope.SubscriptionId, scope.ResourceGroupName, scope.AppName, cancellationToken);
            await output.GuardAsync(scope.AppName, () => EmitAsync(apps, cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>Emits the apps of every subscription that the account can see. An exact name that none of them has is reported.</summary>
    public async Task ReadEverywhereAsync(string? resourceGroupName, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var missing = names.Where(name => !NamePattern.IsPattern(name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        await EmitAsync(FindEverywhereAsync(resourceGroupName, names, missing, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var name in missing)
        {
            var where = resourceGroupName is null ? "" : $" in a resource group '{resourceGroupName}'";
            await output.FailAsync(
                new RevisionToolsException(
                    FailureKind.ContainerAppNotFound,
                    $"Azure Resource Graph knows no container app '{name}'{where} in any subscription that the account can see. It lags some minutes behind."),
                name).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<ContainerApp> FindEverywhereAsync(
        string? resourceGroupName, IReadOnlyList<string> names, HashSet<string> missing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var app in azure.ListAppsEverywhereAsync(cancellationToken).ConfigureAwait(false))
        {
            if (NamePattern.Matches(resourceGroupName, app.ResourceGroupName) && names.Any(name => NamePattern.Matches(name, app.Name)))
            {
                missing.Remove(app.Name);
                yield return app;
            }
        }
    }

    private async Task EmitAsync(IAsyncEnumerable<ContainerApp> apps, CancellationToken cancellationToken)
    {
        var read = ReadAhead.InOrderAsync(WantedAsync(apps, cancellationToken), ReadAhead.AppsAtOnce, DetailAsync, cancellationToken);
        await foreach (var (app, failure) in read.ConfigureAwait(false))
        {
            await output.EmitAsync(app).ConfigureAwait(false);
            await output.GuardAsync(app.ResourceId, () => failure is null ? Task.CompletedTask : Task.FromException(failure)).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<ContainerApp> WantedAsync(
        IAsyncEnumerable<ContainerApp> apps, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var app in apps.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (options.Filter.Matches(app))
            {
                yield return app;
            }
        }
    }

    private async Task<(ContainerApp App, RevisionToolsException? Failure)> DetailAsync(ContainerApp app, CancellationToken cancellationToken)
    {
        try
        {
            app = await profiles.ReadAsync(app, cancellationToken).ConfigureAwait(false);
            return (options.IncludeRevisionCount ? await CountAsync(app, cancellationToken).ConfigureAwait(false) : app, null);
        }
        catch (RevisionToolsException failure)
        {
            return (app, failure);
        }
    }

    private async Task<ContainerApp> CountAsync(ContainerApp app, CancellationToken cancellationToken)
    {
        await output.ProgressAsync(new WorkProgress("Counting revisions", app.Name, null)).ConfigureAwait(false);
        var (active, inactive) = (0, 0);
        await foreach (var revision in azure.ListRevisionsAsync(app.Id, cancellationToken).ConfigureAwait(false))
        {
            active += revision.Active == true ? 1 : 0;
            inactive += revision.Active == false ? 1 : 0;
        }

        return app with { ActiveRevisionCount = active, InactiveRevisionCount = inactive };
    }
}
