namespace RevisionTools.Tests.HelpBuilder.Fixture;

public enum FixtureDepth
{
    Shallow,
    Deep,
}
