using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>Reads what a plan is made from: the app, its revisions, and as much beside that as the rules ask for.</summary>
internal sealed class PruneWorldReader(IContainerApps azure)
{
    private readonly SnapshotReader _reader = new(azure);
    private readonly FunctionConsumers _functions = new(azure);

    public async Task<PruneWorld> ReadAsync(ContainerAppId id, PruneRequest request, CancellationToken cancellationToken)
    {
        var read = await _reader.ReadAsync(id, cancellationToken).ConfigureAwait(false);
        var (snapshot, unread) = await _functions.JoinAsync(read, cancellationToken).ConfigureAwait(false);
        return new PruneWorld(snapshot)
        {
            UnreadFunctions = unread,
            LabelHistory = request.Policy.AsksForLabelHistory ? await ReadHistoryAsync(id, cancellationToken).ConfigureAwait(false) : [],
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
