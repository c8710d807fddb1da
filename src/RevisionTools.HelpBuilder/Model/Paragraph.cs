namespace RevisionTools.HelpBuilder.Model;

/// <summary>One paragraph, list item or block of code.</summary>
/// <param name="Inlines">Its text in order.</param>
/// <param name="Kind">How it is set.</param>
internal sealed record Paragraph(IReadOnlyList<Inline> Inlines, ParagraphKind Kind)
{
    /// <summary>Makes a paragraph of running text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The paragraph.</returns>
    public static Paragraph Of(string text) => new([new Inline(text, IsCode: false)], ParagraphKind.Text);

    /// <summary>The text without any marks.</summary>
    public string PlainText => string.Concat(Inlines.Select(inline => inline.Text));
}
