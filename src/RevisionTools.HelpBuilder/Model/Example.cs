namespace RevisionTools.HelpBuilder.Model;

/// <summary>A worked example.</summary>
/// <param name="Title">Its number and, where it has one, its title.</param>
/// <param name="Introduction">What it is for.</param>
/// <param name="Steps">What is typed and what comes of it, in order.</param>
/// <param name="Remarks">What there is to say about it afterwards.</param>
internal sealed record Example(
    string Title,
    IReadOnlyList<Paragraph> Introduction,
    IReadOnlyList<ExampleStep> Steps,
    IReadOnlyList<Paragraph> Remarks);
