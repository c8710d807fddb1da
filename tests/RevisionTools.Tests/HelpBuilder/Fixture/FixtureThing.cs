namespace RevisionTools.Tests.HelpBuilder.Fixture;

public sealed record FixtureThing(string Name);
