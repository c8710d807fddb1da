using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes what can get traffic in the app that was given: its labels, its revisions, and the latest.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrafficTargetCompleter : NameCompleter
{
    private protected override IEnumerable<string> KnownNames => [TrafficEntry.LatestTarget];

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

        await foreach (var name in reader.RevisionNamesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return name;
        }
    }
}
