using System.ComponentModel;
using RevisionTools.Templates;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes names of the environment variables of the app that was given.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EnvironmentVariableNameCompleter : TemplateNameCompleter
{
    private protected override IEnumerable<string> NamesIn(TemplateNames names) => names.EnvironmentVariables;
}
