using System.Collections.Concurrent;
using RevisionTools.Work;

namespace RevisionTools.Lifecycle;

/// <summary>
/// Reads the apps that named revisions belong to, each once and several at a time, and finds the revisions in them. What is not there
/// is reported, and the others go on.
/// </summary>
internal sealed class TargetReader(IContainerApps azure, IWorkOutput output)
{
    private readonly SnapshotReader _reader = new(azure);
    private readonly AppFinder _finder = new(azure);

    public async Task<IReadOnlyList<(Revision Revision, AppSnapshot Snapshot)>> ReadAsync(
        IReadOnlyList<AppScope> scopes, int throttleLimit, CancellationToken cancellationToken)
    {
        var snapshots = new ConcurrentDictionary<string, AppSnapshot>();
        var apps = scopes.DistinctBy(scope => scope.AppKey).ToList();
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(apps, parallelism, async (app, token) =>
        {
            await output.GuardAsync(app.AppName, async () => snapshots[app.AppKey] = await ReadAppAsync(app, token).ConfigureAwait(false)).ConfigureAwait(false);
            await output.ProgressAsync(new WorkProgress("Reading revisions", $"{snapshots.Count} of {apps.Count} apps", 100 * snapshots.Count / apps.Count))
                .ConfigureAwait(false);
        }).ConfigureAwait(false);
        return await FindAsync(scopes, snapshots).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<(Revision, AppSnapshot)>> FindAsync(
        IReadOnlyList<AppScope> scopes, ConcurrentDictionary<string, AppSnapshot> snapshots)
    {
        List<(Revision, AppSnapshot)> targets = [];
        HashSet<RevisionId> seen = [];
        foreach (var scope in scopes)
        {
            if (!snapshots.TryGetValue(scope.AppKey, out var snapshot))
            {
                continue;
            }

            if (!scope.NamesOneRevision)
            {
                await output.FailAsync(
                    new RevisionToolsException(
                        FailureKind.RevisionNotFound, $"'{scope.RevisionName}' has wildcards, which name no revision. Pipe from Get-AcaRevision instead."),
                    scope.RevisionName).ConfigureAwait(false);
                continue;
            }

            var id = new RevisionId(snapshot.App.Id, RevisionNames.Full(snapshot.App.Name, scope.RevisionName!));
            if (snapshot.Find(id.Name) is not { } revision)
            {
                await output.FailAsync(RevisionStateChanger.NotFound(id), id.Path).ConfigureAwait(false);
            }
            else if (seen.Add(id))
            {
                targets.Add((revision, snapshot));
            }
        }

        return targets;
    }

    private async Task<AppSnapshot> ReadAppAsync(AppScope scope, CancellationToken cancellationToken)
    {
        var app = await _finder.FindOneAsync(scope, cancellationToken).ConfigureAwait(false);
        return await _reader.ReadAsync(app, cancellationToken).ConfigureAwait(false);
    }
}
