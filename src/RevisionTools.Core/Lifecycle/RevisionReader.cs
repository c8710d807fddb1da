using System.Runtime.CompilerServices;
using RevisionTools.Templates;

namespace RevisionTools.Lifecycle;

/// <summary>Reads revisions of an app that is known, with their templates or without.</summary>
internal sealed class RevisionReader(IContainerApps azure, TemplateDetail detail)
{
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.RevisionNotFound"/></exception>
    public async Task<Revision> GetAsync(ContainerApp app, string name, CancellationToken cancellationToken)
    {
        var id = new RevisionId(app.Id, name);
        return detail == TemplateDetail.None
            ? RevisionJoin.Join(app, await azure.GetRevisionAsync(id, cancellationToken).ConfigureAwait(false))
            : Join(app, await azure.GetRevisionDocumentAsync(id, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Those whose full name or suffix matches; the list has the templates already, so they cost no call of their own.</summary>
    public async IAsyncEnumerable<Revision> ListAsync(
        ContainerApp app, string? pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (detail == TemplateDetail.None)
        {
            await foreach (var resource in azure.ListRevisionsAsync(app.Id, cancellationToken).ConfigureAwait(false))
            {
                if (RevisionNames.Matches(pattern, app.Name, resource.Name))
                {
                    yield return RevisionJoin.Join(app, resource);
                }
            }

            yield break;
        }

        await foreach (var document in azure.ListRevisionDocumentsAsync(app.Id, cancellationToken).ConfigureAwait(false))
        {
            if (RevisionNames.Matches(pattern, app.Name, document.Revision.Name))
            {
                yield return Join(app, document);
            }
        }
    }

    private Revision Join(ContainerApp app, RevisionDocument document) => RevisionJoin.Join(app, document.Revision) with
    {
        Template = TemplateDictionary.Of(document.Template, detail == TemplateDetail.WithValues),
    };
}
