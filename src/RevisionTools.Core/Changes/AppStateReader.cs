using RevisionTools.Lifecycle;

namespace RevisionTools.Changes;

/// <summary>Reads what a change of an app is planned from.</summary>
internal sealed class AppStateReader(IContainerApps azure)
{
    private readonly SnapshotReader _reader = new(azure);

    public async Task<AppState> ReadAsync(ContainerAppId id, CancellationToken cancellationToken)
    {
        var document = await azure.GetAppDocumentAsync(id, cancellationToken).ConfigureAwait(false);
        return new AppState(document, await _reader.ReadAsync(document.App, cancellationToken).ConfigureAwait(false));
    }
}
