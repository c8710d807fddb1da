using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace RevisionTools.Pipelines;

/// <summary>Gathers what came of a command, from any thread, and puts it into variables and a summary.</summary>
internal sealed class PipelineReport
{
    private readonly ConcurrentQueue<PipelineOutcome> _outcomes = new();

    /// <summary>Whether there is nothing to tell.</summary>
    public bool IsEmpty => _outcomes.IsEmpty;

    /// <summary>Whether one of the outcomes speaks for the command as a whole.</summary>
    public bool IsWhole => Whole is not null;

    private PipelineOutcome? Whole => _outcomes.LastOrDefault(outcome => outcome.Summary is not null);

    private IEnumerable<PipelineOutcome> Telling => Whole is { } whole ? [whole] : _outcomes;

    public void Add(PipelineOutcome outcome) => _outcomes.Enqueue(outcome);

    /// <summary>Adds what went wrong.</summary>
    public void Add(RevisionToolsException failure, object? target)
    {
        var id = failure.ResourceId ?? IdOf(target);
        _outcomes.Enqueue(new PipelineOutcome(failure.Kind is FailureKind.RevisionWaitTimeout ? PipelineDecision.TimedOut : PipelineDecision.Failed)
        {
            App = ContainerAppId.TryParse(id) is { } app ? AppOf(app.Name, app.ResourceGroupName) : "",
            RevisionName = RevisionId.TryParse(id)?.Name,
            After = failure.Message,
        });
    }

    /// <summary>The variables, in the order in which they are set. Several names are joined by commas.</summary>
    public IEnumerable<(string Name, string Value)> Variables()
    {
        var told = Telling.ToList();
        if (Names(told, outcome => outcome.RevisionName) is { } revisions)
        {
            yield return ("RevisionName", revisions);
        }

        if (Names(told, outcome => outcome.PreviousRevisionName) is { } previous)
        {
            yield return ("PreviousRevisionName", previous);
        }

        yield return ("Decision", told.Max(outcome => outcome.Decision).ToString());
        foreach (var counts in told.SelectMany(outcome => outcome.Counts).GroupBy(pair => pair.Name))
        {
            yield return (counts.Key, counts.Sum(pair => pair.Count).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The summary, in Markdown.</summary>
    /// <param name="command">What was run.</param>
    /// <param name="cloud">The cloud of the connection, or <c>Sandbox</c>.</param>
    /// <param name="now">When the summary is made.</param>
    public string Summary(string command, string cloud, DateTimeOffset now)
    {
        if (Whole?.Summary is { } whole)
        {
            return whole;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {MarkdownText.Plain(command)}, {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Cloud: {MarkdownText.Plain(cloud)}\n\n");
        text.Append("| App | What | Before | After | Decision |\n| --- | --- | --- | --- | --- |\n");
        foreach (var outcome in _outcomes)
        {
            string[] cells = [outcome.App, outcome.About ?? outcome.RevisionName ?? "", outcome.Before, outcome.After, outcome.Decision.ToString()];
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells.Select(MarkdownText.Plain))} |\n");
        }

        return text.ToString();
    }

    /// <summary>An app as summaries name it.</summary>
    public static string AppOf(string name, string resourceGroupName) => $"{name} ({resourceGroupName})";

    private static string? Names(IEnumerable<PipelineOutcome> outcomes, Func<PipelineOutcome, string?> nameOf)
    {
        var names = outcomes.Select(nameOf).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return names.Count == 0 ? null : string.Join(',', names.Where(IsName).Order(StringComparer.OrdinalIgnoreCase));
    }

    // Pipelines put variables into the text of scripts. What Azure would not take for a name gets no chance to be more than one there.
    private static bool IsName(string text) => text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.');

    private static string? IdOf(object? target) => target switch
    {
        string id => id,
        Revision revision => revision.ResourceId,
        ContainerApp app => app.ResourceId,
        _ => null,
    };
}
