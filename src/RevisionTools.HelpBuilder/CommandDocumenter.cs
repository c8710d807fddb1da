using System.Xml.Linq;
using RevisionTools.HelpBuilder.Documentation;
using RevisionTools.HelpBuilder.Metadata;
using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder;

/// <summary>Joins what metadata and documentation comments say about a cmdlet, and notes what is missing.</summary>
internal sealed class CommandDocumenter
{
    private readonly XmlDocumentation _documentation;
    private readonly CommentReader _reader;
    private readonly List<string> _faults;

    /// <summary>Makes a documenter.</summary>
    /// <param name="documentation">The documentation comments.</param>
    /// <param name="reader">Turns comments into text.</param>
    /// <param name="faults">Takes a message for whatever is missing.</param>
    public CommandDocumenter(XmlDocumentation documentation, CommentReader reader, List<string> faults)
    {
        _documentation = documentation;
        _reader = reader;
        _faults = faults;
    }

    /// <summary>Describes a cmdlet.</summary>
    /// <param name="cmdlet">Its metadata.</param>
    /// <returns>All that its help page says.</returns>
    public Command Document(CmdletClass cmdlet)
    {
        var name = $"{cmdlet.Verb}-{cmdlet.Noun}";
        var comment = _documentation.Find(MemberId.Of(cmdlet.Type));
        List<Parameter> parameters = [.. cmdlet.Parameters.Select(parameter => Document(name, parameter))];
        parameters.AddRange(cmdlet.SupportsShouldProcess ? RiskParameters.Create(cmdlet.AsksByDefault) : []);
        return new Command
        {
            Verb = cmdlet.Verb,
            Noun = cmdlet.Noun,
            Synopsis = Required(name, comment, "summary"),
            Description = Required(name, comment, "remarks"),
            SetNames = cmdlet.SetNames,
            Parameters = [.. parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)],
            Inputs = PipelineInputs.Of(parameters),
            Outputs = ReadOutputs(name, cmdlet, comment),
            Notes = [.. (comment?.Elements("note") ?? []).SelectMany(_reader.Read)],
            Examples = ReadExamples(name, comment),
            Links = [.. comment?.Elements("seealso").Select(_reader.ReadLink) ?? []],
        };
    }

    private Parameter Document(string command, ParameterProperty parameter)
    {
        var comment = FindParameter(parameter);
        return new Parameter
        {
            Name = parameter.Property.Name,
            TypeName = TypeNames.Short(parameter.Property.PropertyType),
            PipelineTypeNames = ReadPipelineTypes(parameter, comment),
            IsSwitch = parameter.Property.PropertyType.Name == "SwitchParameter",
            AcceptsWildcards = parameter.AcceptsWildcards,
            Aliases = parameter.Aliases,
            Description = Required($"{command} -{parameter.Property.Name}", comment, "summary"),
            Default = comment?.Element("value")?.Value.Trim(),
            AcceptedValues = ReadValues(command, parameter),
            Limits = parameter.Limits,
            Sets = parameter.Sets,
        };
    }

    /// <summary>The types that a comment names with <c>accepts</c>, since transformations take more than the type of the property says; else that.</summary>
    private static List<string> ReadPipelineTypes(ParameterProperty parameter, XElement? comment)
    {
        List<string> accepted = [.. (comment?.Elements("accepts") ?? []).Select(use => use.Attribute("cref")?.Value[2..]).OfType<string>()];
        return accepted.Count > 0 ? accepted : [TypeNames.Full(TypeNames.Element(parameter.Property.PropertyType))];
    }

    private XElement? FindParameter(ParameterProperty parameter)
    {
        var comment = _documentation.Find(MemberId.Of(parameter.Property));
        return comment?.Element("inheritdoc")?.Attribute("cref")?.Value is string source ? _documentation.Find(source) : comment;
    }

    private IReadOnlyList<AcceptedValue> ReadValues(string command, ParameterProperty parameter)
    {
        if (parameter.AllowedWords.Count > 0)
        {
            return [.. parameter.AllowedWords.Select(word => new AcceptedValue(word, []))];
        }

        var type = TypeNames.Element(parameter.Property.PropertyType);
        if (!type.IsEnum)
        {
            return [];
        }

        var isOwn = _documentation.Find(MemberId.Of(type)) is not null;
        return
        [
            .. from field in type.GetFields().Where(field => field.IsStatic)
               let comment = _documentation.Find(MemberId.Of(field))
               select new AcceptedValue(
                   field.Name,
                   isOwn ? Required($"{command} -{parameter.Property.Name} {field.Name}", comment, "summary") : []),
        ];
    }

    private IReadOnlyList<TypeUse> ReadOutputs(string command, CmdletClass cmdlet, XElement? comment)
    {
        if (cmdlet.OutputTypes.Count == 0)
        {
            _faults.Add($"{command}: [OutputType] is missing; a command without output says typeof(void)");
        }

        var uses = (comment?.Elements("output") ?? []).ToLookup(use => use.Attribute("cref")?.Value);
        return
        [
            .. from output in cmdlet.OutputTypes
               let type = output as Type
               where type?.FullName != "System.Void"
               let name = type is null ? (string)output : TypeNames.Full(type)
               let id = type is null ? "T:" + name : MemberId.Of(TypeNames.Element(type))
               let use = new XElement("uses", uses[id])
               select new TypeUse(
                   name,
                   [.. _reader.Read(_documentation.Find(id)?.Element("summary")), .. Required($"{command} gives {name}", use, "output")]),
        ];
    }

    private List<Example> ReadExamples(string command, XElement? comment)
    {
        List<Example> examples = [];
        foreach (var element in comment?.Elements("example") ?? [])
        {
            var heading = $"Example {examples.Count + 1}";
            var steps = ExampleReader.ReadSteps(element);
            if (steps.Count == 0 || steps[0].Code.Length == 0)
            {
                _faults.Add($"{command}: {heading} does not begin with <code>");
            }

            var title = string.Concat(_reader.Read(element.Element("title")).Select(paragraph => paragraph.PlainText));
            examples.Add(new Example(
                title.Length == 0 ? heading : $"{heading}: {title}",
                _reader.Read(ExampleReader.BeforeSteps(element)),
                steps,
                _reader.Read(ExampleReader.AfterSteps(element))));
        }

        if (examples.Count == 0)
        {
            _faults.Add($"{command}: there is no <example>");
        }

        return examples;
    }

    private IReadOnlyList<Paragraph> Required(string subject, XElement? comment, string elementName)
    {
        var paragraphs = _reader.Read(comment?.Element(elementName));
        if (paragraphs.Count == 0)
        {
            _faults.Add($"{subject}: <{elementName}> is missing or empty");
        }

        return paragraphs;
    }
}
