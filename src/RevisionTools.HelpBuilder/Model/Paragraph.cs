namespace RevisionTools.HelpBuilder.Model;

/// <summary>One paragraph, list item or block of code.</summary>
/// <param name="Inlines">Its text in order.</param>
/// <param name="Kind">How it is set.</param>
internal sealed record Paragraph(IReadOnlyList<Inline> Inlines, ParagraphKind Kind)
{
    /// <summary>The text without any marks.</summary>
    public string PlainText => string.Concat(Inlines.Select(inline => inline.Text));
}
