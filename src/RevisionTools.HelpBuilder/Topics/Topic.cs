namespace RevisionTools.HelpBuilder.Topics;

/// <summary>An about topic.</summary>
/// <param name="Name">Its name, with <c>about_</c>.</param>
/// <param name="Synopsis">What it is about, in a sentence.</param>
/// <param name="Text">What <c>Get-Help</c> shows: lines of at most 80 columns of ASCII, each ended by a line feed.</param>
internal sealed record Topic(string Name, string Synopsis, string Text);
