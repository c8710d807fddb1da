using System.Xml.Linq;
using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder.Output;

/// <summary>Writes the help file that <c>Get-Help</c> reads.</summary>
internal sealed class MamlWriter
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace s_help = "http://msh";
    private static readonly string s_titleRule = new('-', 26);
    private readonly string? _online;

    /// <summary>Makes a writer.</summary>
    /// <param name="online">The address below which the pages are published; <see langword="null"/> for none.</param>
    public MamlWriter(string? online)
    {
        _online = online;
    }

    /// <summary>Writes all commands.</summary>
    /// <param name="commands">The commands.</param>
    /// <returns>The text of the file.</returns>
    public string Write(IEnumerable<Command> commands)
    {
        XElement root = new(s_help + "helpItems", new XAttribute("schema", "maml"), commands.Select(WriteCommand));
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + root.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private XElement WriteCommand(Command command) => new(
        s_command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", s_maml),
        new XAttribute(XNamespace.Xmlns + "command", s_command),
        new XAttribute(XNamespace.Xmlns + "dev", s_dev),
        new XElement(
            s_command + "details",
            new XElement(s_command + "name", command.Name),
            new XElement(s_command + "verb", command.Verb),
            new XElement(s_command + "noun", command.Noun),
            Text("description", command.Synopsis)),
        Text("description", command.Description),
        new XElement(s_command + "syntax", command.SetNames.Select(set => WriteSyntax(command, set))),
        new XElement(
            s_command + "parameters",
            command.Parameters.Select(parameter => WriteParameter(parameter, parameter.MainSet(command.SetNames[0]), withDetail: true))),
        new XElement(s_command + "inputTypes", OrNone(command.Inputs, "Nothing can be piped to this command.").Select(input => WriteType("inputType", input))),
        new XElement(s_command + "returnValues", OrNone(command.Outputs, "This command writes no objects.").Select(output => WriteType("returnValue", output))),
        command.Notes.Count == 0 ? null : new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraphs(command.Notes))),
        new XElement(s_command + "examples", command.Examples.Select(WriteExample)),
        new XElement(s_command + "relatedLinks", WriteLinks(command)));

    private static XElement WriteSyntax(Command command, string set) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", command.Name),
        command.InDisplayOrder(set).Select(item => WriteParameter(item.Parameter, item.Membership, withDetail: false)));

    private static XElement WriteParameter(Parameter parameter, SetMembership set, bool withDetail)
    {
        XElement element = new(
            s_command + "parameter",
            new XAttribute("required", set.IsMandatory),
            new XAttribute("variableLength", parameter.TypeName.EndsWith("[]", StringComparison.Ordinal)),
            new XAttribute("globbing", parameter.AcceptsWildcards),
            new XAttribute("pipelineInput", set.PipelineInput),
            new XAttribute("position", set.PositionText),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(s_maml + "name", parameter.Name));
        if (withDetail)
        {
            element.Add(Text("description", [.. parameter.Description, .. ParameterNotes.Of(parameter)]));
        }
        else if (parameter.AcceptedValues.Count > 0)
        {
            element.Add(new XElement(
                s_command + "parameterValueGroup",
                parameter.AcceptedValues.Select(value => Value(value.Name, isRequired: false))));
        }

        if (!parameter.IsSwitch || withDetail)
        {
            element.Add(Value(parameter.TypeName, isRequired: !parameter.IsSwitch));
        }

        element.Add(new XElement(s_dev + "type", new XElement(s_maml + "name", parameter.TypeName)));
        element.Add(new XElement(s_dev + "defaultValue", parameter.DefaultText));
        return element;
    }

    private static XElement Value(string text, bool isRequired) => new(
        s_command + "parameterValue",
        new XAttribute("required", isRequired),
        new XAttribute("variableLength", text.EndsWith("[]", StringComparison.Ordinal)),
        text);

    private static IEnumerable<TypeUse> OrNone(IReadOnlyList<TypeUse> types, string otherwise) =>
        types.Count > 0 ? types : [new TypeUse("None", [Paragraph.Of(otherwise)])];

    private static XElement WriteType(string name, TypeUse use) => new(
        s_command + name,
        new XElement(s_dev + "type", new XElement(s_maml + "name", use.Name)),
        Text("description", use.Description));

    private static XElement WriteExample(Example example) => new(
        s_command + "example",
        new XElement(s_maml + "title", $"{s_titleRule} {example.Title} {s_titleRule}"),
        // PowerShell writes an introduction without a line break of its own, and does not trim it.
        new XElement(s_maml + "introduction", Paragraphs(example.Introduction, end: "\n\n")),
        new XElement(s_dev + "code", TranscriptText.Write(example.Steps)),
        // The empty paragraph sets the next title apart.
        new XElement(s_dev + "remarks", Paragraphs(example.Remarks), new XElement(s_maml + "para")));

    private IEnumerable<XElement> WriteLinks(Command command)
    {
        // Get-Help -Online opens the first address.
        IEnumerable<RelatedLink> online = _online is null ? [] : [new RelatedLink("Online Version:", $"{_online}/{command.Name}.md")];
        return from link in online.Concat(command.Links)
               select new XElement(s_maml + "navigationLink", new XElement(s_maml + "linkText", link.Text), new XElement(s_maml + "uri", link.Uri));
    }

    private static XElement Text(string name, IEnumerable<Paragraph> paragraphs) => new(s_maml + name, Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<Paragraph> paragraphs, string end = "")
    {
        // PowerShell sets paragraphs apart by an empty line, so the items of a list share one.
        List<string> texts = [];
        ParagraphKind? before = null;
        foreach (var paragraph in paragraphs)
        {
            var text = paragraph.Kind == ParagraphKind.ListItem ? "- " + paragraph.PlainText : paragraph.PlainText;
            if (paragraph.Kind == ParagraphKind.ListItem && before == ParagraphKind.ListItem)
            {
                texts[^1] += "\n" + text;
            }
            else
            {
                texts.Add(text);
            }

            before = paragraph.Kind;
        }

        return texts.Select((text, index) => new XElement(s_maml + "para", index == texts.Count - 1 ? text + end : text));
    }
}
