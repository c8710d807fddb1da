using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using RevisionTools.Cmdlets.Account;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>
/// Completes names from live data: quickly, since somebody holds the Tab key, and quietly, since an error would tear the prompt.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class NameCompleter : IArgumentCompleter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(400);

    /// <summary>Names that are offered whatever there is in Azure.</summary>
    private protected virtual IEnumerable<string> KnownNames => [];

    /// <summary>The names that begin with what was typed.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What was typed.</param>
    /// <param name="commandAst">The command line.</param>
    /// <param name="fakeBoundParameters">The parameters given so far.</param>
    /// <returns>One result a name, in order: what Azure has answered in less than half a second, which may be nothing.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        return KnownNames.Concat(LiveNames(fakeBoundParameters))
            .Where(name => IsMeant(name, typed))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => new CompletionResult(Quoted(name), name, CompletionResultType.ParameterValue, name));
    }

    /// <summary>Whether a name is to be offered for what was typed: its beginning, or that of a suffix.</summary>
    private protected virtual bool IsMeant(string name, string typed) =>
        name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || name.Contains($"--{typed}", StringComparison.OrdinalIgnoreCase);

    private protected abstract IAsyncEnumerable<string> NamesAsync(CompletionReader reader, CancellationToken cancellationToken);

    private IReadOnlyCollection<string> LiveNames(IDictionary boundParameters)
    {
        var context = boundParameters.Contains(nameof(ConnectedCmdlet.Context))
            ? ContextTransformationAttribute.ContextOf(boundParameters[nameof(ConnectedCmdlet.Context)])
            : RunspaceConnections.Current?.Default;
        if (context is not { Problem: null, Live: { } live } || new CompletionScope(context, boundParameters) is not { SubscriptionId: not null } scope)
        {
            return [];
        }

        ConcurrentQueue<string> names = [];
        using var stop = new CancellationTokenSource();
        Task.Run(() => CollectAsync(live, scope, names, stop.Token)).Wait(s_patience);
        stop.Cancel();
        return [.. names];
    }

    private async Task CollectAsync(LiveConnection live, CompletionScope scope, ConcurrentQueue<string> names, CancellationToken cancellationToken)
    {
        try
        {
            var reader = new CompletionReader(live.Azure, live.Completion, scope);
            await foreach (var name in NamesAsync(reader, cancellationToken).ConfigureAwait(false))
            {
                names.Enqueue(name);
            }
        }
        catch (Exception failure) when (failure is RevisionToolsException or OperationCanceledException)
        {
            // What came in before is worth having, and nobody is there to be told.
        }
    }

    internal static string Quoted(string name) => PlainWord().IsMatch(name) ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";

    // Names of groups may have parentheses in them. What PowerShell could read as a number may lose its zeros in a list.
    [GeneratedRegex(@"\A(?!0x|[0-9.]+([a-z]{0,3}|e[0-9]+)\z)[A-Za-z0-9_][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PlainWord();
}
