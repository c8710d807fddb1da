namespace RevisionTools.HelpBuilder.Model;

/// <summary>A pointer to further reading.</summary>
/// <param name="Text">The words, or the name of the command or topic.</param>
/// <param name="Uri">The address; empty for a command or topic of this module.</param>
internal sealed record RelatedLink(string Text, string Uri)
{
    private const string TopicPrefix = "about_";

    /// <summary>Whether it leads to a topic of this module.</summary>
    public bool IsTopic => Uri.Length == 0 && NamesTopic(Text);

    /// <summary>Whether a text is the name of a topic.</summary>
    /// <param name="text">What a link refers to.</param>
    /// <returns>Whether it begins like one.</returns>
    public static bool NamesTopic(string text) => text.StartsWith(TopicPrefix, StringComparison.Ordinal);
}
