using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Changes;

/// <summary>Reads the apps that a change is about, each once and several at a time. What is not there is reported, and the others go on.</summary>
internal sealed class AppStatesReader(IContainerApps azure, IWorkOutput output)
{
    private readonly AppFinder _finder = new(azure);
    private readonly AppStateReader _reader = new(azure);

    /// <summary>The apps of the scopes, in their order; an app that several scopes name comes once, with the first.</summary>
    public async Task<IReadOnlyList<(AppScope Scope, AppState State)>> ReadAsync(IReadOnlyList<AppScope> scopes, CancellationToken cancellationToken)
    {
        List<(AppScope, AppState)> states = [];
        HashSet<ContainerAppId> seen = [];
        var reads = ReadAhead.InOrderAsync(scopes.DistinctBy(scope => scope.AppKey), ReadAhead.AppsAtOnce, ReadAsync, cancellationToken);
        await foreach (var (scope, state, failure) in reads.ConfigureAwait(false))
        {
            if (failure is not null)
            {
                await output.FailAsync(failure, failure.ResourceId ?? scope.AppName).ConfigureAwait(false);
            }
            else if (seen.Add(state!.App.Id))
            {
                states.Add((scope, state));
            }
        }

        return states;
    }

    private async Task<(AppScope Scope, AppState? State, RevisionToolsException? Failure)> ReadAsync(AppScope scope, CancellationToken cancellationToken)
    {
        try
        {
            var id = await _finder.LocateAsync(scope, cancellationToken).ConfigureAwait(false);
            return (scope, await _reader.ReadAsync(id, cancellationToken).ConfigureAwait(false), null);
        }
        catch (RevisionToolsException failure) when (failure.Kind is not FailureKind.AuthenticationFailed)
        {
            return (scope, null, failure);
        }
    }
}
