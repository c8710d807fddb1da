using System.Text.RegularExpressions;
using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder.Output;

/// <summary>Paragraphs in Markdown.</summary>
internal static partial class MarkdownText
{
    /// <summary>Writes paragraphs as blocks; neighbouring list items share one block.</summary>
    /// <param name="paragraphs">The paragraphs.</param>
    /// <returns>The blocks, to be set apart by empty lines.</returns>
    public static IReadOnlyList<string> Blocks(IReadOnlyList<Paragraph> paragraphs)
    {
        List<string> blocks = [];
        ParagraphKind? before = null;
        foreach (var paragraph in paragraphs)
        {
            if (paragraph.Kind == ParagraphKind.ListItem && before == ParagraphKind.ListItem)
            {
                blocks[^1] += "\n- " + Line(paragraph);
            }
            else
            {
                blocks.Add(Block(paragraph));
            }

            before = paragraph.Kind;
        }

        return blocks;
    }

    /// <summary>Writes paragraphs as the content of one table cell.</summary>
    /// <param name="paragraphs">The paragraphs.</param>
    /// <returns>One line.</returns>
    public static string Cell(IEnumerable<Paragraph> paragraphs) =>
        string.Join(' ', paragraphs.Select(Line)).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Writes a block of code.</summary>
    /// <param name="code">Its lines.</param>
    /// <param name="language">What they are written in.</param>
    /// <returns>The fenced block.</returns>
    public static string Fence(string code, string language = "powershell") => $"```{language}\n{code}\n```";

    /// <summary>Protects what Markdown would take for marks.</summary>
    /// <param name="text">Running text.</param>
    /// <returns>The text with backslashes where needed.</returns>
    public static string Escape(string text) => Marks().Replace(text, @"\$0");

    private static string Block(Paragraph paragraph) => paragraph.Kind switch
    {
        ParagraphKind.Code => Fence(paragraph.PlainText),
        ParagraphKind.ListItem => "- " + Line(paragraph),
        _ => Line(paragraph),
    };

    private static string Line(Paragraph paragraph) =>
        string.Concat(paragraph.Inlines.Select(inline => inline.IsCode ? $"`{inline.Text}`" : Escape(inline.Text)));

    [GeneratedRegex(@"[\\`*_<>\[\]]")]
    private static partial Regex Marks();
}
