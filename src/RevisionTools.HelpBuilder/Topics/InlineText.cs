using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace RevisionTools.HelpBuilder.Topics;

/// <summary>The text of Markdown's inlines without marks.</summary>
internal sealed class InlineText
{
    private readonly Uri? _address;

    /// <summary>Makes a reader for a page.</summary>
    /// <param name="address">Where the page is published; <see langword="null"/> for nowhere.</param>
    public InlineText(Uri? address)
    {
        _address = address;
    }

    /// <summary>The text of a block.</summary>
    /// <param name="block">A paragraph, a heading or the like.</param>
    /// <returns>One line. Spaces at which it must not be broken are <see cref="WrappedText.FixedSpace"/>.</returns>
    public string Of(LeafBlock block) => Of(block.Inline);

    private string Of(ContainerInline? inlines)
    {
        StringBuilder text = new();
        foreach (var inline in inlines ?? [])
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content.Replace(' ', WrappedText.FixedSpace),
                LineBreakInline => " ",
                AutolinkInline link => link.Url,
                LinkInline link => Of(link),
                ContainerInline container => Of(container),
                _ => throw new HelpException([$"line {inline.Line + 1}: {inline.GetType().Name} has no form in a text"]),
            });
        }

        return text.ToString();
    }

    /// <summary>A link to a command or topic is its name, at which Get-Help finds it; others say where they lead.</summary>
    private string Of(LinkInline link)
    {
        var text = Of((ContainerInline)link);
        return _address is null || link.Url is null || link.Url.EndsWith($"{text}.md", StringComparison.Ordinal)
            ? text
            : $"{text} ({new Uri(_address, link.Url)})";
    }
}
