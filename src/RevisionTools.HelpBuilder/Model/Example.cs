namespace RevisionTools.HelpBuilder.Model;

/// <summary>A worked example.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Code">The command and, below it, what it prints.</param>
/// <param name="Remarks">What there is to say about it.</param>
internal sealed record Example(string Title, string Code, IReadOnlyList<Paragraph> Remarks);
