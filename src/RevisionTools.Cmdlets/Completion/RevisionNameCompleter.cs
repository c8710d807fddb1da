using System.ComponentModel;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes names of revisions of the app that was given.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RevisionNameCompleter : NameCompleter
{
    private protected override IAsyncEnumerable<string> NamesAsync(CompletionReader reader, CancellationToken cancellationToken) =>
        reader.RevisionNamesAsync(cancellationToken);
}
