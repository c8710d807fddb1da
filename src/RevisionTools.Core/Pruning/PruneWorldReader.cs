using RevisionTools.Lifecycle;

namespace RevisionTools.Pruning;

/// <summary>Reads what a plan is made from: the app, its revisions, and as much beside that as the rules ask for.</summary>
internal sealed class PruneWorldReader(IContainerApps azure)
{
    private readonly SnapshotReader _reader = new(azure);

    public async Task<PruneWorld> ReadAsync(ContainerAppId id, PruneRequest request, CancellationToken cancellationToken)
    {
        var snapshot = await _reader.ReadAsync(id, cancellationToken).ConfigureAwait(false);
        return new PruneWorld(snapshot)
        {
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
