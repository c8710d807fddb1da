using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder;

/// <summary>Says what a command takes from the pipeline.</summary>
internal static class PipelineInputs
{
    /// <summary>Derives the inputs from the parameters.</summary>
    /// <param name="parameters">The parameters of a command.</param>
    /// <returns>One entry for each type: those that are taken whole, then objects with properties that are taken by name.</returns>
    public static IReadOnlyList<TypeUse> Of(IReadOnlyCollection<Parameter> parameters)
    {
        var whole = from parameter in parameters
                    where parameter.Sets.Any(set => set.FromPipeline)
                    from type in parameter.PipelineTypeNames
                    select (Type: type, Words: Say(parameter, "Goes to "));
        var byName = from parameter in parameters
                     where parameter.Sets.Any(set => set.FromPipelineByPropertyName)
                     orderby parameter.Name
                     select (Type: "System.Management.Automation.PSObject", Words: Say(parameter, $"With a property {Names(parameter)}: goes to "));
        return
        [
            .. from input in whole.Concat(byName)
               group input.Words by input.Type into type
               select new TypeUse(type.Key, [.. type]),
        ];
    }

    private static string Names(Parameter parameter) => string.Join(" or ", [parameter.Name, .. parameter.Aliases]);

    private static Paragraph Say(Parameter parameter, string words) => new(
        [
            new Inline(words, IsCode: false),
            new Inline("-" + parameter.Name, IsCode: true),
            new Inline(". ", IsCode: false),
            .. parameter.Description.Take(1).SelectMany(paragraph => paragraph.Inlines),
        ],
        ParagraphKind.Text);
}
