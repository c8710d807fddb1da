namespace RevisionTools.HelpBuilder.Model;

/// <summary>How a paragraph is set.</summary>
internal enum ParagraphKind
{
    /// <summary>Running text.</summary>
    Text,

    /// <summary>An item of a list.</summary>
    ListItem,

    /// <summary>Lines that keep their breaks and spaces.</summary>
    Code,
}
