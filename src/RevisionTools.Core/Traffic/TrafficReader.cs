using RevisionTools.Lifecycle;
using RevisionTools.Work;

namespace RevisionTools.Traffic;

/// <summary>Reads the traffic tables of scopes, a few apps ahead, and hands them on in order. What cannot be read is reported, and the others go on.</summary>
internal sealed class TrafficReader(IContainerApps azure, IWorkOutput output)
{
    private readonly AppFinder _finder = new(azure);
    private readonly SnapshotReader _reader = new(azure);

    public async Task ForEachAsync(IEnumerable<AppScope> scopes, Func<AppSnapshot, AppScope, Task> action, CancellationToken cancellationToken)
    {
        foreach (var scope in scopes)
        {
            await output.GuardAsync(scope.AppName, async () =>
            {
                var apps = _finder.FindAsync(scope.SubscriptionId, scope.ResourceGroupName, scope.AppName, cancellationToken);
                await foreach (var (snapshot, failure) in ReadAhead.InOrderAsync(apps, ReadAhead.AppsAtOnce, ReadAsync, cancellationToken).ConfigureAwait(false))
                {
                    await (failure is null ? action(snapshot!, scope) : output.FailAsync(failure, failure.ResourceId ?? scope.AppName).AsTask()).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }
    }

    private async Task<(AppSnapshot? Snapshot, RevisionToolsException? Failure)> ReadAsync(ContainerApp app, CancellationToken cancellationToken)
    {
        try
        {
            await output.ProgressAsync(new WorkProgress("Reading traffic", app.Name, null)).ConfigureAwait(false);
            return (await _reader.ReadAsync(app, cancellationToken).ConfigureAwait(false), null);
        }
        catch (RevisionToolsException failure) when (failure.Kind is not FailureKind.AuthenticationFailed)
        {
            return (null, failure);
        }
    }
}
