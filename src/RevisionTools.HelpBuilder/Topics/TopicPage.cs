using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace RevisionTools.HelpBuilder.Topics;

/// <summary>
/// Turns a page of Markdown into the text of an about topic. The first heading names it, the first paragraph is its short description, and
/// headings of the second level are parts of the long one, save those that PowerShell gives a place of their own.
/// </summary>
internal sealed partial class TopicPage
{
    private const int Width = 80;
    private const int Indentation = 4;

    // PowerShell takes the fifth line for the synopsis.
    private const int SynopsisLine = 4;

    private static readonly HashSet<string> s_ownPlaces = new(StringComparer.OrdinalIgnoreCase) { "Examples", "Keywords", "See also" };
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();
    private readonly string _name;
    private readonly InlineText _inlines;
    private readonly List<string> _lines = [];
    private readonly List<string> _faults = [];

    private TopicPage(string name, Uri? address)
    {
        _name = name;
        _inlines = new InlineText(address);
    }

    /// <summary>Reads a page.</summary>
    /// <param name="name">The name of the topic.</param>
    /// <param name="markdown">The page.</param>
    /// <param name="address">Where the page is published, so that its links can be followed; <see langword="null"/> for nowhere.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="HelpException">The page has not the form of a topic, or something in it does not fit.</exception>
    public static Topic Read(string name, string markdown, Uri? address)
    {
        TopicPage page = new(name, address);
        try
        {
            page.WriteAll(Markdown.Parse(markdown, s_pipeline));
        }
        catch (HelpException fault)
        {
            page._faults.AddRange(fault.Messages);
        }

        return page._faults.Count == 0
            ? new Topic(name, page._lines[SynopsisLine].Trim(), string.Join('\n', page._lines) + "\n")
            : throw new HelpException([.. page._faults.Select(fault => $"{name}: {fault}")]);
    }

    private void WriteAll(MarkdownDocument document)
    {
        if (document is not [HeadingBlock { Level: 1 } title, ParagraphBlock synopsis, ..] || _inlines.Of(title) != _name)
        {
            _faults.Add("the page does not begin with a heading that is its name, and a short description");
            return;
        }

        _lines.AddRange(["TOPIC", Indent(Indentation) + _name, "", "SHORT DESCRIPTION"]);
        Add(synopsis, Indentation);
        if (_lines.Count > SynopsisLine + 1)
        {
            _faults.Add("the short description is longer than a line");
        }

        _lines.AddRange(["", "LONG DESCRIPTION"]);
        foreach (var block in document.Skip(2))
        {
            Write(block);
        }

        Check();
    }

    private void Write(Block block)
    {
        if (block is HeadingBlock heading)
        {
            var text = _inlines.Of(heading).ToUpperInvariant();
            _lines.AddRange(["", s_ownPlaces.Contains(text) ? text : Indent(Indentation / 2) + text]);
            return;
        }

        // No empty line between a heading and what it is about.
        if (_lines[^1].StartsWith(Indent(Indentation), StringComparison.Ordinal))
        {
            _lines.Add("");
        }

        Add(block, Indentation);
    }

    private void Add(Block block, int indentation)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                AddWrapped(_inlines.Of(paragraph), Indent(indentation), Indent(indentation));
                break;
            case ListBlock list:
                Add(list, indentation);
                break;
            case FencedCodeBlock code:
                _lines.AddRange(code.Lines.ToString().Split('\n').Select(line => (Indent(indentation + Indentation) + line).TrimEnd()));
                break;
            case Table table:
                _lines.AddRange(TableText.Write(table, _inlines, Width - indentation).Select(line => Indent(indentation) + line));
                break;
            default:
                _faults.Add($"line {block.Line + 1}: {block.GetType().Name} has no form in a text");
                break;
        }
    }

    private void Add(ListBlock list, int indentation)
    {
        var number = 1;
        foreach (var item in list.Cast<ListItemBlock>())
        {
            var mark = list.IsOrdered ? $"{number++}. " : "- ";
            foreach (var block in item)
            {
                if (block == item[0] && block is ParagraphBlock paragraph)
                {
                    AddWrapped(_inlines.Of(paragraph), Indent(indentation) + mark, Indent(indentation + mark.Length));
                }
                else
                {
                    Add(block, indentation + mark.Length);
                }
            }
        }
    }

    private void AddWrapped(string text, string first, string following) =>
        _lines.AddRange(WrappedText.Wrap(text, Width - following.Length).Select((line, index) => (index == 0 ? first : following) + line));

    private void Check()
    {
        foreach (var line in _lines)
        {
            if (line.Length > Width)
            {
                _faults.Add($"wider than {Width} columns: {line.Trim()}");
            }

            if (NotAscii().IsMatch(line))
            {
                _faults.Add($"not plain ASCII: {line.Trim()}");
            }
        }
    }

    private static string Indent(int columns) => new(' ', columns);

    [GeneratedRegex("[^ -~]")]
    private static partial Regex NotAscii();
}
