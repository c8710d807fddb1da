using System.Text;
using RevisionTools.HelpBuilder.Model;
using RevisionTools.HelpBuilder.Topics;

namespace RevisionTools.HelpBuilder.Output;

/// <summary>Writes the command reference: one page a command and an index.</summary>
internal static class MarkdownWriter
{
    private const string IndexName = "README.md";

    /// <summary>Writes all pages.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="topics">The topics that the index leads to.</param>
    /// <returns>The text of each page by file name; none when there is no command.</returns>
    public static IReadOnlyDictionary<string, string> Write(IReadOnlyList<Command> commands, IReadOnlyList<Topic> topics)
    {
        HashSet<string> names = [.. commands.Select(command => command.Name)];
        var pages = commands.ToDictionary(command => command.Name + ".md", command => WritePage(command, names));
        if (commands.Count > 0)
        {
            pages[IndexName] = WriteIndex(commands, topics);
        }

        return pages;
    }

    private static string WriteIndex(IReadOnlyList<Command> commands, IReadOnlyList<Topic> topics)
    {
        StringBuilder page = new("# Commands\n\nThe text of `Get-Help`, made from the documentation comments of the cmdlets.\n\n");
        page.Append("| command | what it does |\n|---|---|\n");
        foreach (var command in commands)
        {
            page.Append('|').Append($" [{command.Name}]({command.Name}.md) | {MarkdownText.Cell(command.Synopsis)} |\n");
        }

        if (topics.Count > 0)
        {
            page.Append("\n## Topics\n\n| topic | what it is about |\n|---|---|\n");
        }

        foreach (var topic in topics)
        {
            page.Append($"| [{topic.Name}](../about/{topic.Name}.md) | {MarkdownText.Escape(topic.Synopsis)} |\n");
        }

        return page.ToString();
    }

    private static string WritePage(Command command, HashSet<string> names)
    {
        List<string> blocks = [$"# {command.Name}", .. MarkdownText.Blocks(command.Synopsis), "## Syntax"];
        blocks.AddRange(command.SetNames.SelectMany(set => WriteSyntax(command, set)));
        blocks.Add("## Description");
        blocks.AddRange(MarkdownText.Blocks(command.Description));
        blocks.Add("## Examples");
        blocks.AddRange(command.Examples.SelectMany(WriteExample));
        blocks.Add("## Parameters");
        blocks.AddRange(command.Parameters.SelectMany(WriteParameter));
        blocks.AddRange(WriteTypes("## Inputs", command.Inputs));
        blocks.AddRange(WriteTypes("## Outputs", command.Outputs));
        if (command.Notes.Count > 0)
        {
            blocks.AddRange(["## Notes", .. MarkdownText.Blocks(command.Notes)]);
        }

        if (command.Links.Count > 0)
        {
            blocks.Add("## Related links");
            blocks.Add(string.Join('\n', command.Links.Select(link => WriteLink(link, names))));
        }

        return string.Join("\n\n", blocks) + "\n";
    }

    private static IEnumerable<string> WriteSyntax(Command command, string set)
    {
        var syntax = MarkdownText.Fence(SyntaxText.Write(command, set));
        return command.SetNames.Count == 1 ? [syntax] : [$"`{set}`{(set == command.SetNames[0] ? ", the default" : string.Empty)}:", syntax];
    }

    private static IEnumerable<string> WriteExample(Example example) =>
    [
        $"### {MarkdownText.Escape(example.Title)}",
        .. MarkdownText.Blocks(example.Introduction),
        .. example.Steps.SelectMany(WriteStep),
        .. MarkdownText.Blocks(example.Remarks),
    ];

    private static IEnumerable<string> WriteStep(ExampleStep step) => step.Output.Length == 0
        ? [MarkdownText.Fence(step.Code)]
        : [MarkdownText.Fence(step.Code), MarkdownText.Fence(step.Output, language: "text")];

    private static IEnumerable<string> WriteParameter(Parameter parameter) =>
    [
        $"### -{parameter.Name}",
        .. MarkdownText.Blocks([.. parameter.Description, .. ParameterNotes.Of(parameter)]),
        WriteFacts(parameter),
    ];

    private static string WriteFacts(Parameter parameter)
    {
        var aliases = parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases.Select(alias => $"`{alias}`"));
        var defaultText = parameter.Default is null ? "none" : $"`{parameter.Default}`";
        StringBuilder facts = new();
        facts.Append($"Type `{parameter.TypeName}`; aliases: {aliases}; default: {defaultText}; wildcards: {(parameter.AcceptsWildcards ? "yes" : "no")}.\n\n");
        facts.Append("| set | required | position | from the pipeline |\n|---|---|---|---|");
        foreach (var set in parameter.Sets)
        {
            var name = set.SetName == SetMembership.AllSets ? "all" : $"`{set.SetName}`";
            facts.Append($"\n| {name} | {(set.IsMandatory ? "yes" : "no")} | {set.PositionText} | {set.PipelineInput} |");
        }

        return facts.ToString();
    }

    private static IEnumerable<string> WriteTypes(string heading, IReadOnlyList<TypeUse> types) =>
        types.Count == 0
            ? [heading, "None."]
            : [heading, .. types.SelectMany(type => (string[])[$"### {type.Name}", .. MarkdownText.Blocks(type.Description)])];

    private static string WriteLink(RelatedLink link, HashSet<string> names)
    {
        var target = link.Uri.Length > 0 ? link.Uri
            : names.Contains(link.Text) ? link.Text + ".md"
            : link.IsTopic ? $"../about/{link.Text}.md" : string.Empty;
        return target.Length == 0 ? $"- {MarkdownText.Escape(link.Text)}" : $"- [{MarkdownText.Escape(link.Text)}]({target})";
    }
}
