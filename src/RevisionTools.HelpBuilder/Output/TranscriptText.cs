using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder.Output;

/// <summary>Writes an example the way it looks at a prompt.</summary>
internal static class TranscriptText
{
    private const string Prompt = "PS> ";
    private const string ContinuationPrompt = ">> ";

    /// <summary>Writes what is typed behind prompts, and below it what comes of it.</summary>
    /// <param name="steps">The steps of an example.</param>
    /// <returns>The lines, joined by line feeds.</returns>
    public static string Write(IEnumerable<ExampleStep> steps)
    {
        List<string> lines = [];
        foreach (var step in steps)
        {
            lines.AddRange(Typed(step.Code));
            if (step.Output.Length > 0)
            {
                lines.AddRange(["", step.Output, ""]);
            }
        }

        return string.Join('\n', lines).TrimEnd();
    }

    private static IEnumerable<string> Typed(string code)
    {
        var before = string.Empty;
        foreach (var line in code.Split('\n'))
        {
            yield return (GoesOn(before, line) ? ContinuationPrompt : Prompt) + line;
            before = line;
        }
    }

    /// <summary>Whether a line goes on with the statement before it.</summary>
    private static bool GoesOn(string before, string line) =>
        before.Length > 0 && (before[^1] is '|' or '{' or '(' or ',' or '`' || line.Length == 0 || line[0] is ' ' or '}' or ')');
}
