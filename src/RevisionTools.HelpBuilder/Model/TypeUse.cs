namespace RevisionTools.HelpBuilder.Model;

/// <summary>A type that goes in or comes out.</summary>
/// <param name="Name">The full name of the type.</param>
/// <param name="Description">What it is to the command.</param>
internal sealed record TypeUse(string Name, IReadOnlyList<Paragraph> Description);
