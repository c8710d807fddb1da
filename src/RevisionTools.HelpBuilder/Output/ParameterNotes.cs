using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder.Output;

/// <summary>What metadata adds to the description of a parameter.</summary>
internal static class ParameterNotes
{
    /// <summary>Writes the accepted values with their meaning, and the limits.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>Paragraphs that follow the description.</returns>
    public static IEnumerable<Paragraph> Of(Parameter parameter)
    {
        foreach (var limit in parameter.Limits)
        {
            yield return Paragraph.Of(limit);
        }

        foreach (var value in parameter.AcceptedValues)
        {
            List<Inline> inlines = [new Inline(value.Name, IsCode: true)];
            if (value.Description.Count > 0)
            {
                inlines.Add(new Inline(": ", IsCode: false));
                inlines.AddRange(value.Description[0].Inlines);
            }

            yield return new Paragraph(inlines, ParagraphKind.ListItem);
        }
    }
}
