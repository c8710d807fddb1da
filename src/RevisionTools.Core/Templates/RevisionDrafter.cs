using RevisionTools.Changes;
using RevisionTools.Lifecycle;

namespace RevisionTools.Templates;

/// <summary>Reads an app and the revision that a new one is to be made from, and works the new one out.</summary>
internal sealed class RevisionDrafter(IContainerApps azure)
{
    private readonly AppFinder _finder = new(azure);
    private readonly AppStateReader _reader = new(azure);

    /// <param name="scope">The app; and where it names a revision, the one to make the new one from.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    /// <exception cref="RevisionToolsException">The app or the revision is not there, or what was asked for cannot be.</exception>
    public async Task<RevisionDraft> DraftAsync(AppScope scope, RevisionRequest request, CancellationToken cancellationToken)
    {
        if (scope.RevisionName is { } name && request.From is { } from)
        {
            throw new RevisionToolsException(
                FailureKind.InvalidTemplateChange, $"The resource id names revision '{name}' to make the new one from, and -From names '{from}': give the id of the app, or leave -From out.");
        }

        var app = await _finder.FindOneAsync(scope, cancellationToken).ConfigureAwait(false);
        var state = await _reader.ReadAsync(app.Id, cancellationToken).ConfigureAwait(false);
        var asked = request with { From = scope.RevisionName ?? request.From };
        var source = await azure.GetRevisionDocumentAsync(SourceOf(state, asked.From), cancellationToken).ConfigureAwait(false);
        var draft = new RevisionDraft(state, source, asked);
        if (draft.Existing is { } existing)
        {
            var document = await azure.GetRevisionDocumentAsync(existing.Id, cancellationToken).ConfigureAwait(false);
            if (!draft.IsMadeFrom(document.Template))
            {
                throw draft.SuffixInUse(existing.Name, document.Template);
            }
        }

        return draft;
    }

    private static RevisionId SourceOf(AppState state, string? from)
    {
        if ((from ?? state.App.LatestReadyRevisionName) is not { } name)
        {
            throw new RevisionToolsException(
                FailureKind.RevisionNotFound, $"The app '{state.App.Name}' has no revision that is ready; -From says from which one the new one is made.")
            {
                ResourceId = state.App.ResourceId,
            };
        }

        var id = new RevisionId(state.App.Id, RevisionNames.Full(state.App.Name, name));
        return state.Snapshot.Find(id.Name)?.Id ?? throw RevisionStateChanger.NotFound(id);
    }
}
