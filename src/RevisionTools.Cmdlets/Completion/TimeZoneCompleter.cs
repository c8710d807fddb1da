using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace RevisionTools.Cmdlets.Completion;

/// <summary>Completes time zones: a few that are asked for often where nothing was typed, else those that begin with it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TimeZoneCompleter : IArgumentCompleter
{
    private const int Most = 40;

    private static readonly string[] s_usual =
    [
        "UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Chicago", "America/Los_Angeles", "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney",
    ];

    /// <summary>Time zones that this machine knows.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What was typed.</param>
    /// <param name="commandAst">The command line.</param>
    /// <param name="fakeBoundParameters">The parameters given so far.</param>
    /// <returns>At most forty.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        var usual = s_usual.Prepend(TimeZoneInfo.Local.Id).Where(id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _));
        var all = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Order(StringComparer.OrdinalIgnoreCase);
        return (typed.Length == 0 ? usual : usual.Concat(all).Where(id => id.StartsWith(typed, StringComparison.OrdinalIgnoreCase)))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(Most)
            .Select(id => new CompletionResult(id.Contains(' ', StringComparison.Ordinal) ? $"'{id}'" : id, id, CompletionResultType.ParameterValue, id));
    }
}
