namespace RevisionTools.HelpBuilder.Model;

/// <summary>A part of an example.</summary>
/// <param name="Code">What is typed.</param>
/// <param name="Output">What is on the screen then; empty where nothing is.</param>
internal sealed record ExampleStep(string Code, string Output);
