namespace RevisionTools.HelpBuilder.Model;

/// <summary>A pointer to further reading.</summary>
/// <param name="Text">The words, or the name of the command.</param>
/// <param name="Uri">The address; empty for a command of this module.</param>
internal sealed record RelatedLink(string Text, string Uri);
