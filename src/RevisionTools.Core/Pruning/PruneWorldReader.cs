using RevisionTools.Lifecycle;
using RevisionTools.Preflight;

namespace RevisionTools.Pruning;

/// <summary>Reads what a plan is made from: the app, its revisions, and as much beside that as the rules ask for.</summary>
internal sealed class PruneWorldReader(IContainerApps azure)
{
    private readonly SnapshotReader _reader = new(azure);
    private readonly ReadinessReader _readiness = new(azure);
    private readonly FunctionConsumers _functions = new(azure);

    public async Task<PruneWorld> ReadAsync(ContainerAppId id, PruneRequest request, CancellationToken cancellationToken)
    {
        var read = request.Policy.KeepReady > 0
            ? await ReadWithReadinessAsync(id, cancellationToken).ConfigureAwait(false)
            : new PruneWorld(await _reader.ReadAsync(id, cancellationToken).ConfigureAwait(false));
        var (snapshot, unread) = await _functions.JoinAsync(read.Snapshot, cancellationToken).ConfigureAwait(false);
        return read with
        {
            Snapshot = snapshot,
            UnreadFunctions = unread,
            LabelHistory = request.Policy.AsksForLabelHistory ? await ReadHistoryAsync(id, cancellationToken).ConfigureAwait(false) : [],
        };
    }

    /// <summary>In as many calls, since the whole answers hold the snapshot too.</summary>
    private async Task<PruneWorld> ReadWithReadinessAsync(ContainerAppId id, CancellationToken cancellationToken)
    {
        var app = await azure.GetAppDocumentAsync(id, cancellationToken).ConfigureAwait(false);
        List<RevisionDocument> documents = [];
        await foreach (var document in azure.ListRevisionDocumentsAsync(app.App.Id, cancellationToken).ConfigureAwait(false))
        {
            documents.Add(document);
        }

        var snapshot = new AppSnapshot(app.App, documents.Select(document => RevisionJoin.Join(app.App, document.Revision)));
        var names = snapshot.Revisions.Where(revision => revision.IsStanding).Select(revision => revision.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var standing = documents.Where(document => names.Contains(document.Revision.Name)).ToList();
        var judged = await _readiness.JudgeAsync(app, standing, cancellationToken).ConfigureAwait(false);
        return new PruneWorld(snapshot)
        {
            Readiness = judged.ToDictionary(readiness => readiness.Name, readiness => readiness.Result, StringComparer.OrdinalIgnoreCase),
        };
    }

    private async Task<IReadOnlyList<LabelHistoryRecord>> ReadHistoryAsync(ContainerAppId id, CancellationToken cancellationToken)
    {
        List<LabelHistoryRecord> records = [];
        await foreach (var record in azure.ListLabelHistoryAsync(id, cancellationToken).ConfigureAwait(false))
        {
            records.Add(record);
        }

        return records;
    }
}
