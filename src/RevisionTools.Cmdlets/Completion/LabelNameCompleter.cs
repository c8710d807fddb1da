using System.ComponentModel;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes labels of the app that was given.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LabelNameCompleter : NameCompleter
{
    private protected override IAsyncEnumerable<string> NamesAsync(CompletionReader reader, CancellationToken cancellationToken) =>
        reader.LabelsAsync(cancellationToken);
}
