using System.ComponentModel;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes names of functions of the function app that was given, and of the revision if one was.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FunctionNameCompleter : NameCompleter
{
    private protected override IAsyncEnumerable<string> NamesAsync(CompletionReader reader, CancellationToken cancellationToken) =>
        reader.FunctionNamesAsync(cancellationToken);
}
