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
            Synopsis = Required(name, "summary", comment),
            Description = Required(name, "remarks", comment),
            SetNames = cmdlet.SetNames,
            Parameters = [.. parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)],
            Inputs = PipelineInputs.Of(parameters),
            Outputs = ReadOutputs(name, cmdlet),
            Examples = ReadExamples(name, comment),
            Links = [.. comment?.Elements("seealso").Select(_reader.ReadLink) ?? []],
        };
    }

    private Parameter Document(string command, ParameterProperty parameter) => new()
    {
        Name = parameter.Property.Name,
        TypeName = TypeNames.Short(parameter.Property.PropertyType),
        FullTypeName = TypeNames.Full(parameter.Property.PropertyType),
        IsSwitch = parameter.Property.PropertyType.Name == "SwitchParameter",
        AcceptsWildcards = parameter.AcceptsWildcards,
        Aliases = parameter.Aliases,
        Description = Required($"{command} -{parameter.Property.Name}", "summary", FindParameter(parameter)),
        AcceptedValues = ReadValues(command, parameter),
        Limits = parameter.Limits,
        Sets = parameter.Sets,
    };

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
                   isOwn ? Required($"{command} -{parameter.Property.Name} {field.Name}", "summary", comment) : []),
        ];
    }

    private IReadOnlyList<TypeUse> ReadOutputs(string command, CmdletClass cmdlet)
    {
        if (cmdlet.OutputTypes.Count == 0)
        {
            _faults.Add($"{command}: [OutputType] is missing; a command without output says typeof(void)");
        }

        return
        [
            .. from output in cmdlet.OutputTypes
               let type = output as Type
               where type?.FullName != "System.Void"
               select type is null
                   ? new TypeUse((string)output, [])
                   : new TypeUse(TypeNames.Full(type), _reader.Read(_documentation.Find(MemberId.Of(TypeNames.Element(type)))?.Element("summary"))),
        ];
    }

    private List<Example> ReadExamples(string command, XElement? comment)
    {
        List<Example> examples = [];
        foreach (var element in comment?.Elements("example") ?? [])
        {
            var code = string.Join("\n\n", element.Elements("code").Select(CommentReader.ReadCode));
            var title = string.Concat(_reader.Read(element.Element("title")).Select(paragraph => paragraph.PlainText));
            var heading = $"Example {examples.Count + 1}";
            if (code.Length == 0)
            {
                _faults.Add($"{command}: {heading} has no <code>");
            }

            var rest = element.Nodes().Where(node => node is not XElement { Name.LocalName: "code" or "title" });
            examples.Add(new Example(title.Length == 0 ? heading : $"{heading}: {title}", code, _reader.Read(rest)));
        }

        if (examples.Count == 0)
        {
            _faults.Add($"{command}: there is no <example>");
        }

        return examples;
    }

    private IReadOnlyList<Paragraph> Required(string subject, string elementName, XElement? comment)
    {
        var paragraphs = _reader.Read(comment?.Element(elementName));
        if (paragraphs.Count == 0)
        {
            _faults.Add($"{subject}: <{elementName}> is missing or empty");
        }

        return paragraphs;
    }
}
