namespace RevisionTools.HelpBuilder.Model;

/// <summary>A run of text within a paragraph.</summary>
/// <param name="Text">The characters.</param>
/// <param name="IsCode">Whether they are code: a command, a parameter, a value.</param>
internal readonly record struct Inline(string Text, bool IsCode);
