using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes labels of the app that was given.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LabelNameCompleter : NameCompleter
{
    private protected override async IAsyncEnumerable<string> NamesAsync(
        CompletionReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var app in reader.NamedAppsAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var label in app.Traffic.Select(entry => entry.Label).OfType<string>())
            {
                yield return label;
            }
        }
    }
}
