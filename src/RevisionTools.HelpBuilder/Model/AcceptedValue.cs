namespace RevisionTools.HelpBuilder.Model;

/// <summary>One of a closed list of values of a parameter.</summary>
/// <param name="Name">The value as it is typed.</param>
/// <param name="Description">Its meaning; empty where the list is only names.</param>
internal sealed record AcceptedValue(string Name, IReadOnlyList<Paragraph> Description);
