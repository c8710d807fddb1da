using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes names of the environments that container apps run in.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EnvironmentNameCompleter : NameCompleter
{
    private protected override async IAsyncEnumerable<string> NamesAsync(
        CompletionReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var app in reader.AppsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (app.EnvironmentName is { } name)
            {
                yield return name;
            }
        }
    }
}
