namespace RevisionTools.Lifecycle;

/// <summary>Reads an app together with its revisions.</summary>
internal sealed class SnapshotReader(IContainerApps azure)
{
    public async Task<AppSnapshot> ReadAsync(ContainerAppId id, CancellationToken cancellationToken)
    {
        var app = await azure.GetAppAsync(id, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(app, cancellationToken).ConfigureAwait(false);
    }

    public async Task<AppSnapshot> ReadAsync(ContainerApp app, CancellationToken cancellationToken)
    {
        List<Revision> revisions = [];
        await foreach (var resource in azure.ListRevisionsAsync(app.Id, cancellationToken).ConfigureAwait(false))
        {
            revisions.Add(RevisionJoin.Join(app, resource));
        }

        return new AppSnapshot(app, revisions);
    }
}
