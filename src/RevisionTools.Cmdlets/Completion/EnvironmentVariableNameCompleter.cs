using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes names of the environment variables of the app that was given.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EnvironmentVariableNameCompleter : NameCompleter
{
    private protected override async IAsyncEnumerable<string> NamesAsync(
        CompletionReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var names in reader.TemplateNamesAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var name in names.EnvironmentVariables)
            {
                yield return name;
            }
        }
    }
}
