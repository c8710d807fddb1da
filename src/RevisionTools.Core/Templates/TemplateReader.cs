using RevisionTools.Lifecycle;

namespace RevisionTools.Templates;

/// <summary>Reads what is compared. Each app is looked for once.</summary>
internal sealed class TemplateReader(IContainerApps azure)
{
    private readonly AppFinder _finder = new(azure);
    private readonly Dictionary<AppScope, ContainerAppId> _apps = [];

    /// <summary>The template of a revision.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.ContainerAppNotFound"/> or <see cref="FailureKind.RevisionNotFound"/>.</exception>
    public async Task<TemplateDocument> ReadAsync(AppScope scope, CancellationToken cancellationToken)
    {
        var app = await FindAsync(scope with { RevisionName = null }, cancellationToken).ConfigureAwait(false);
        var id = new RevisionId(app, RevisionNames.Full(app.Name, scope.RevisionName!));
        var document = await azure.GetRevisionDocumentAsync(id, cancellationToken).ConfigureAwait(false);
        return new TemplateDocument(document.Revision.Name, document.Template);
    }

    /// <summary>The same with the configuration of its app.</summary>
    public async Task<TemplateDocument> ReadWithConfigurationAsync(AppScope scope, CancellationToken cancellationToken)
    {
        var document = await ReadAsync(scope, cancellationToken).ConfigureAwait(false);
        var app = await azure.GetAppDocumentAsync(_apps[scope with { RevisionName = null }], cancellationToken).ConfigureAwait(false);
        return document with { Configuration = app.Json["properties"]?["configuration"] as System.Text.Json.Nodes.JsonObject };
    }

    private async Task<ContainerAppId> FindAsync(AppScope scope, CancellationToken cancellationToken)
    {
        if (!_apps.TryGetValue(scope, out var id))
        {
            id = _apps[scope] = (await _finder.FindOneAsync(scope, cancellationToken).ConfigureAwait(false)).Id;
        }

        return id;
    }
}
