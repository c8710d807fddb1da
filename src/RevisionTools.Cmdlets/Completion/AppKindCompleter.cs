using System.ComponentModel;
using System.Runtime.CompilerServices;
using RevisionTools.Lifecycle;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes kinds of container apps: the known ones, and those that apps have.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AppKindCompleter : NameCompleter
{
    private protected override IEnumerable<string> KnownNames => AppKinds.Known;

    private protected override async IAsyncEnumerable<string> NamesAsync(
        CompletionReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var app in reader.AllAppsAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return AppKinds.Of(app);
        }
    }
}
