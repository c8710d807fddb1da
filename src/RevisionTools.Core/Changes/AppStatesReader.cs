using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Changes;

/// <summary>Reads the apps that a change is about, each once and several at a time. What is not there is reported, and the others go on.</summary>
internal sealed class AppStatesReader(IContainerApps azure, IWorkOutput output)
{
    private const int AppsAtOnce = 4;

    private readonly AppFinder _finder = new(azure);
    private readonly AppStateReader _reader = new(azure);

    /// <summary>The apps of the scopes, in their order; an app that several scopes name comes once, with the first.</summary>
    public async Task<IReadOnlyList<(AppScope Scope, AppState State)>> ReadAsync(IReadOnlyList<AppScope> scopes, CancellationToken cancellationToken)
    {
        List<(AppScope, AppState)> states = [];
        HashSet<ContainerAppId> seen = [];
        using var slots = new SemaphoreSlim(AppsAtOnce);
        foreach (var (scope, state, failure) in await Task.WhenAll(scopes.Select(ReadInTurnAsync).ToList()).ConfigureAwait(false))
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

        async Task<(AppScope Scope, AppState? State, RevisionToolsException? Failure)> ReadInTurnAsync(AppScope scope)
        {
            await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await ReadOneAsync(scope, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private async Task<(AppScope Scope, AppState? State, RevisionToolsException? Failure)> ReadOneAsync(AppScope scope, CancellationToken cancellationToken)
    {
        try
        {
            var app = await _finder.FindOneAsync(scope, cancellationToken).ConfigureAwait(false);
            return (scope, await _reader.ReadAsync(app.Id, cancellationToken).ConfigureAwait(false), null);
        }
        catch (RevisionToolsException failure) when (failure.Kind is not FailureKind.AuthenticationFailed)
        {
            return (scope, null, failure);
        }
    }
}
