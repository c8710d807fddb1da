using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using RevisionTools.Cmdlets.Account;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>
/// Completes names from live data: quickly, since somebody holds the Tab key, and quietly, since an error would tear the prompt.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NameCompleter : IArgumentCompleter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>The names that begin with what was typed.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What was typed.</param>
    /// <param name="commandAst">The command line.</param>
    /// <param name="fakeBoundParameters">The parameters given so far.</param>
    /// <returns>One result a name, in order; nothing without a connection or when Azure does not answer in time.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (AcaSession.Current is not { } session)
        {
            return [];
        }

        var typed = wordToComplete.Trim('\'', '"');
        return NamesWithin(session, new CompletionScope(session, fakeBoundParameters))
            .Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || name.Contains($"--{typed}", StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => new CompletionResult(name));
    }

    private protected abstract Task<IReadOnlyList<string>> NamesAsync(IContainerApps azure, CompletionScope scope, CancellationToken cancellationToken);

    private IReadOnlyList<string> NamesWithin(AcaSession session, CompletionScope scope)
    {
        if (scope.SubscriptionId is null)
        {
            return [];
        }

        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            return Task.Run(() => NamesAsync(session.Azure, scope, patience.Token), patience.Token).GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is RevisionToolsException or OperationCanceledException)
        {
            return [];
        }
    }
}
