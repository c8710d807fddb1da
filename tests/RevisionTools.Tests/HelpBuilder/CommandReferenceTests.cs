using RevisionTools.HelpBuilder;
using RevisionTools.HelpBuilder.Documentation;
using RevisionTools.HelpBuilder.Output;
using RevisionTools.HelpBuilder.Topics;

namespace RevisionTools.Tests.HelpBuilder;

public sealed class CommandReferenceTests
{
    private static readonly string s_folder = Path.Combine(RepositoryRoot.Path, "docs", "commands");

    [Fact]
    public void The_committed_pages_are_those_that_the_build_would_write()
    {
        var documentation = XmlDocumentation.Load(
            [Path.Combine(AppContext.BaseDirectory, "RevisionTools.Core.xml"), Path.Combine(AppContext.BaseDirectory, "RevisionTools.Cmdlets.xml")]);
        var commands = CommandReader.Read(
            Path.Combine(AppContext.BaseDirectory, "RevisionTools.Cmdlets.dll"), HelpAssemblies.References, documentation);
        var topics = from path in Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "docs", "about"), "about_*.md").Order(StringComparer.Ordinal)
                     select TopicPage.Read(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path), address: null);
        var pages = MarkdownWriter.Write(commands, [.. topics]);

        var committed = Directory.Exists(s_folder) ? Directory.GetFiles(s_folder, "*.md") : [];
        string[] stale =
        [
            .. pages.Where(page => !IsCommitted(page.Key, page.Value)).Select(page => page.Key),
            .. committed.Select(file => Path.GetFileName(file)!).Where(name => !pages.ContainsKey(name)),
        ];
        Assert.True(
            stale.Length == 0,
            $"Not up to date: {string.Join(", ", stale)}. Run: dotnet build src/RevisionTools.Cmdlets -t:WriteCommandReference");
    }

    private static bool IsCommitted(string name, string text)
    {
        var path = Path.Combine(s_folder, name);
        return File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == text;
    }
}
