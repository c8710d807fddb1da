using System.Text;

namespace RevisionTools.Tests.Repository;

/// <summary>What .editorconfig asks of every file and no compiler looks at.</summary>
public sealed class TextFileTests
{
    private static readonly string[] s_made = ["bin", "obj", "output", "artifacts", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    // Written by tools, or broken on purpose.
    private static readonly string[] s_exempt = ["RevisionTools.sln", "packages.lock.json", "package-lock.json", "revisions-truncated.json"];

    public static TheoryData<string> Folders => [".", ".ci", ".github", ".devcontainer", "docs", "module", "src", "tests"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Files_are_UTF8_with_line_feeds_a_final_newline_and_no_blanks_at_the_end_of_lines(string folder)
    {
        var files = Files(Path.Combine(RepositoryRoot.Path, folder), deep: folder != ".").ToList();
        var wrong = files.SelectMany(file => Faults(file).Select(fault => $"{Path.GetRelativePath(RepositoryRoot.Path, file)}: {fault}"));

        Assert.NotEmpty(files);
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Files(string folder, bool deep) =>
        Directory.EnumerateFiles(folder).Where(file => !s_exempt.Contains(Path.GetFileName(file)) && !file.EndsWith(".user", StringComparison.Ordinal))
            .Concat(deep ? Directory.EnumerateDirectories(folder).Where(inner => !s_made.Contains(Path.GetFileName(inner))).SelectMany(inner => Files(inner, deep)) : []);

    private static IEnumerable<string> Faults(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble))
        {
            yield return "byte order mark";
        }

        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            yield return "carriage return";
        }

        if (!text.EndsWith('\n') || text.EndsWith("\n\n", StringComparison.Ordinal))
        {
            yield return "does not end with one newline";
        }

        var lines = text.Split('\n');
        if (lines.Any(line => line.StartsWith('\t')))
        {
            yield return "tab";
        }

        if (!file.EndsWith(".md", StringComparison.Ordinal) && lines.Any(line => line.Length > 0 && line[^1] is ' ' or '\t'))
        {
            yield return "blank at the end of a line";
        }
    }
}
