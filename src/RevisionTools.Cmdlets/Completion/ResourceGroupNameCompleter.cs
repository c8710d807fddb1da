using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes names of the resource groups that hold container apps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ResourceGroupNameCompleter : NameCompleter
{
    private protected override async IAsyncEnumerable<string> NamesAsync(
        CompletionReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var app in reader.AllAppsAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return app.ResourceGroupName;
        }
    }
}
