using System.Text.RegularExpressions;
using System.Xml.Linq;
using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder.Documentation;

/// <summary>Turns the elements of a documentation comment into paragraphs.</summary>
internal sealed partial class CommentReader
{
    private readonly MemberNames _names;

    /// <summary>Makes a reader that knows the commands.</summary>
    /// <param name="names">The names of commands and parameters.</param>
    public CommentReader(MemberNames names)
    {
        _names = names;
    }

    /// <summary>Reads the paragraphs of an element.</summary>
    /// <param name="element">A comment's element; <see langword="null"/> gives none.</param>
    /// <returns>The paragraphs that hold text.</returns>
    public IReadOnlyList<Paragraph> Read(XElement? element) => element is null ? [] : Read(element.Nodes());

    /// <summary>Reads the paragraphs of a sequence of nodes.</summary>
    /// <param name="nodes">Text and elements.</param>
    /// <returns>The paragraphs that hold text.</returns>
    public IReadOnlyList<Paragraph> Read(IEnumerable<XNode> nodes)
    {
        List<Paragraph> paragraphs = [];
        List<Inline> open = [];
        foreach (var node in nodes)
        {
            if (node is XElement { Name.LocalName: "para" or "list" or "code" } block)
            {
                Close(open, paragraphs);
                paragraphs.AddRange(ReadBlock(block));
            }
            else
            {
                open.AddRange(ReadInline(node));
            }
        }

        Close(open, paragraphs);
        return paragraphs;
    }

    /// <summary>Reads a <c>seealso</c>, which refers to a command by <c>cref</c>, and to a topic or an address by <c>href</c>.</summary>
    /// <param name="reference">The element.</param>
    /// <returns>The words and, for an address, the address.</returns>
    public RelatedLink ReadLink(XElement reference) =>
        reference.Attribute("href")?.Value is { } address && !RelatedLink.NamesTopic(address)
            ? new(ReadReference(reference).Text, address)
            : new(ReadReference(reference).Text, string.Empty);

    /// <summary>The text of a code element without the indentation that all lines share.</summary>
    /// <param name="code">The element.</param>
    /// <returns>Its lines, joined by line feeds.</returns>
    public static string ReadCode(XElement code)
    {
        List<string> lines = [.. code.Value.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())];
        lines = [.. lines.SkipWhile(line => line.Length == 0)];
        lines = [.. Enumerable.Reverse(Enumerable.Reverse(lines).SkipWhile(line => line.Length == 0))];
        var indentation = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indentation..]));
    }

    private IReadOnlyList<Paragraph> ReadBlock(XElement block) => block.Name.LocalName switch
    {
        "code" => [new Paragraph([new Inline(ReadCode(block), IsCode: true)], ParagraphKind.Code)],
        "list" => [.. block.Elements("item").Select(ReadItem)],
        _ => Read(block),
    };

    private Paragraph ReadItem(XElement item)
    {
        List<Inline> inlines = [.. Trim(ReadInlines(item.Element("term")))];
        if (inlines.Count > 0)
        {
            inlines.Add(new Inline(": ", IsCode: false));
        }

        inlines.AddRange(Trim(ReadInlines(item.Element("description") ?? (inlines.Count == 0 ? item : null))));
        return new Paragraph(inlines, ParagraphKind.ListItem);
    }

    private IEnumerable<Inline> ReadInlines(XElement? element) => element?.Nodes().SelectMany(ReadInline) ?? [];

    private IEnumerable<Inline> ReadInline(XNode node) => node switch
    {
        XText text => [new Inline(Spaces().Replace(text.Value, " "), IsCode: false)],
        XElement { Name.LocalName: "c" or "code" } code => [new Inline(Spaces().Replace(code.Value, " ").Trim(), IsCode: true)],
        XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference => [ReadReference(reference)],
        XElement element => ReadInlines(element),
        _ => [],
    };

    private Inline ReadReference(XElement reference)
    {
        if (reference.Attribute("href") is XAttribute href)
        {
            return new Inline(reference.Value.Length > 0 ? reference.Value : href.Value, IsCode: false);
        }

        return reference.Attribute("cref") is XAttribute cref
            ? new Inline(reference.Value.Length > 0 ? reference.Value : _names.Translate(cref.Value), IsCode: true)
            : new Inline(reference.Attribute("langword")?.Value ?? reference.Attribute("name")?.Value ?? reference.Value, IsCode: true);
    }

    private static void Close(List<Inline> open, List<Paragraph> paragraphs)
    {
        var inlines = Trim(open);
        if (inlines.Count > 0)
        {
            paragraphs.Add(new Paragraph(inlines, ParagraphKind.Text));
        }

        open.Clear();
    }

    private static List<Inline> Trim(IEnumerable<Inline> inlines)
    {
        List<Inline> trimmed = [.. inlines];
        while (trimmed.Count > 0 && string.IsNullOrWhiteSpace(trimmed[0].Text))
        {
            trimmed.RemoveAt(0);
        }

        while (trimmed.Count > 0 && string.IsNullOrWhiteSpace(trimmed[^1].Text))
        {
            trimmed.RemoveAt(trimmed.Count - 1);
        }

        if (trimmed.Count > 0)
        {
            trimmed[0] = trimmed[0] with { Text = trimmed[0].Text.TrimStart() };
            trimmed[^1] = trimmed[^1] with { Text = trimmed[^1].Text.TrimEnd() };
        }

        return trimmed;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
