using System.Xml.Linq;
using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder.Documentation;

/// <summary>
/// Takes an <c>example</c> apart: text, then what is typed in <c>code</c>, each time followed by what it prints in
/// <c>code language="output"</c>, then more text.
/// </summary>
internal static class ExampleReader
{
    /// <summary>Reads what is typed and what comes of it.</summary>
    /// <param name="example">The element.</param>
    /// <returns>One step for each block of output, and one for a block of code without any.</returns>
    public static IReadOnlyList<ExampleStep> ReadSteps(XElement example)
    {
        List<ExampleStep> steps = [];
        foreach (var block in example.Elements("code"))
        {
            var text = CommentReader.ReadCode(block);
            if (!IsOutput(block))
            {
                steps.Add(new ExampleStep(text, string.Empty));
            }
            else if (steps is [.., { Output.Length: 0 } last])
            {
                steps[^1] = last with { Output = text };
            }
            else
            {
                steps.Add(new ExampleStep(string.Empty, text));
            }
        }

        return steps;
    }

    /// <summary>The text that leads to what is typed.</summary>
    /// <param name="example">The element.</param>
    /// <returns>The nodes before the first block of code.</returns>
    public static IEnumerable<XNode> BeforeSteps(XElement example) =>
        example.Nodes().TakeWhile(node => !IsCode(node)).Where(node => node is not XElement { Name.LocalName: "title" });

    /// <summary>The text below what is typed.</summary>
    /// <param name="example">The element.</param>
    /// <returns>The nodes after the first block of code, without the further blocks.</returns>
    public static IEnumerable<XNode> AfterSteps(XElement example) =>
        example.Nodes().SkipWhile(node => !IsCode(node)).Where(node => !IsCode(node));

    private static bool IsCode(XNode node) => node is XElement { Name.LocalName: "code" };

    private static bool IsOutput(XElement code) => code.Attribute("language")?.Value == "output";
}
