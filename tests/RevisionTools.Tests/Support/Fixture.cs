namespace RevisionTools.Tests.Support;

/// <summary>Answers that the project wrote itself, for what no recording shows.</summary>
internal static class Fixture
{
    public static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", name));
}
