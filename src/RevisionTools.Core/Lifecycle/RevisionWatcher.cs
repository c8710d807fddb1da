using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>Watches revisions of any number of apps; what one app lacks or forbids is reported, and the others go on.</summary>
internal sealed class RevisionWatcher(IContainerApps azure, WatchOptions options, IWorkOutput output)
{
    private readonly PollPace _pace = new(options.Random);

    /// <param name="scopes">Apps or patterns, with names of revisions or without.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task RunAsync(IReadOnlyList<AppScope> scopes, CancellationToken cancellationToken)
    {
        List<(ContainerApp App, string? Name)> found = [];
        await new ScopeReader(azure, output).ForEachAppAsync(
            scopes,
            (app, scope) =>
            {
                found.Add((app, scope.RevisionName));
                return Task.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        var targets = found.GroupBy(item => item.App.Id).Select(app => new WatchTarget(app.First().App, [.. app.Select(item => item.Name).Distinct()]));
        await Task.WhenAll(targets.Select(target => RunOneAsync(target, cancellationToken)).ToList()).ConfigureAwait(false);
    }

    private async Task RunOneAsync(WatchTarget target, CancellationToken cancellationToken)
    {
        using var place = _pace.Enter(AppWatch.ReadsPerLook);
        try
        {
            await new AppWatch(azure, target, options, _pace, output).RunAsync(place.FirstLook, cancellationToken).ConfigureAwait(false);
        }
        catch (RevisionToolsException failure) when (failure.Kind is not FailureKind.AuthenticationFailed)
        {
            await output.FailAsync(failure, failure.ResourceId ?? target.App.Id.Path).ConfigureAwait(false);
        }
    }
}
