using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes names of container apps, within the group if one was given.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContainerAppNameCompleter : NameCompleter
{
    private protected override async IAsyncEnumerable<string> NamesAsync(
        CompletionReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var app in reader.AppsAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return app.Name;
        }
    }
}
