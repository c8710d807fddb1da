using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder;

/// <summary>Says what a command takes from the pipeline.</summary>
internal static class PipelineInputs
{
    /// <summary>Derives the inputs from the parameters.</summary>
    /// <param name="parameters">The parameters of a command.</param>
    /// <returns>One entry for each type that is taken whole, then one for the properties that are taken by name.</returns>
    public static IReadOnlyList<TypeUse> Of(IReadOnlyCollection<Parameter> parameters)
    {
        List<TypeUse> inputs =
        [
            .. from parameter in parameters
               where parameter.Sets.Any(set => set.FromPipeline)
               group parameter.Name by parameter.FullTypeName into type
               select new TypeUse(type.Key, Say("Whole objects bind to ", type)),
        ];
        List<string> byName = [.. from parameter in parameters
                                  where parameter.Sets.Any(set => set.FromPipelineByPropertyName)
                                  orderby parameter.Name
                                  select parameter.Name];
        if (byName.Count > 0)
        {
            inputs.Add(new TypeUse("System.Management.Automation.PSObject", Say("Properties of these names bind to ", byName)));
        }

        return inputs;
    }

    private static IReadOnlyList<Paragraph> Say(string words, IEnumerable<string> parameterNames)
    {
        List<Inline> inlines = [new Inline(words, IsCode: false)];
        foreach (var name in parameterNames)
        {
            inlines.Add(new Inline("-" + name, IsCode: true));
            inlines.Add(new Inline(", ", IsCode: false));
        }

        inlines[^1] = new Inline(".", IsCode: false);
        return [new Paragraph(inlines, ParagraphKind.Text)];
    }
}
