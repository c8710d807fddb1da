using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using RevisionTools.Cmdlets.Account;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes names of the connections of the runspace.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContextNameCompleter : IArgumentCompleter
{
    /// <summary>The names that begin with what was typed.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What was typed.</param>
    /// <param name="commandAst">The command line.</param>
    /// <param name="fakeBoundParameters">The parameters given so far.</param>
    /// <returns>One result a connection, in the order in which they were made.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        return (RunspaceConnections.Current?.All ?? [])
            .Where(context => context.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(context => new CompletionResult(
                NameCompleter.Quoted(context.Name), context.Name, CompletionResultType.ParameterValue, $"{context.Account} ({context.Environment})"));
    }
}
