using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using RevisionTools.Tests.Sandbox.Facts;
using RevisionTools.Tests.Sandbox.Replay;

namespace RevisionTools.Tests.Sandbox.Fidelity;

/// <summary>Holds FIDELITY.md to the code and the tests.</summary>
public sealed partial class FidelityTableTests
{
    private static readonly FidelityTable s_table = new();

    private static readonly ILookup<string, Type> s_classes = typeof(FidelityTableTests).Assembly.GetTypes().ToLookup(type => type.Name);

    [Fact]
    public void Every_row_names_tests_that_exist() => Assert.Empty(
        s_table.Rows.SelectMany(row => row.Tests.DefaultIfEmpty("no test").Where(test => !IsTest(test)).Select(test => $"{row.Section} {row.Behaviour}: {test}")));

    [Fact]
    public void Evidence_is_one_of_four_words() => Assert.All(s_table.Rows, row => Assert.Contains(row.Evidence, FidelityTable.s_evidence));

    [Fact]
    public void The_sections_about_behaviour_are_all_there_and_no_row_stands_twice()
    {
        string[] sections = [.. s_table.Rows.Select(row => row.Section.Split('.')[0]).Distinct()];

        Assert.Empty(new[] { "3", "4", "5", "6", "7", "8" }.Except(sections));
        Assert.Equal(s_table.Rows.Count, s_table.Rows.Select(row => (row.Section, row.Behaviour)).Distinct().Count());
    }

    [Fact]
    public void The_shares_are_those_of_the_rows()
    {
        var count = s_table.Rows.Count;
        var expected = FidelityTable.s_evidence.Select(evidence => Share(evidence, s_table.Rows.Count(row => row.Evidence == evidence), count))
            .Append(Share("all", count, count));

        Assert.Equal(expected, s_table.Shares.Select(cells => string.Join(" | ", cells)));

        static string Share(string evidence, int rows, int all) =>
            string.Create(CultureInfo.InvariantCulture, $"{evidence} | {rows} | {Math.Round(100.0 * rows / all)} %");
    }

    [Fact]
    public void Every_class_of_facts_is_named()
    {
        var named = s_table.Rows.SelectMany(row => row.Tests).Select(test => test.Split('.')[0]).ToHashSet();
        var facts = typeof(FactTests).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(FactTests).Namespace && type.IsPublic && !type.IsAbstract).Select(type => type.Name);

        Assert.Empty(facts.Except(named));
    }

    /// <summary>A source has as many rows of unconfirmed behaviour as it has comments that say so.</summary>
    [Fact]
    public void Every_comment_that_says_unconfirmed_has_a_row_and_every_such_row_a_comment()
    {
        var comments = SourcesOf(FidelityTable.Sources).SelectMany(path =>
            Unconfirmed().Matches(File.ReadAllText(path)).Select(_ => Path.GetRelativePath(FidelityTable.Sources, path).Replace('\\', '/')));
        var rows = s_table.Rows.Where(row => row.Evidence == "unconfirmed")
            .SelectMany(row => row.Sources.DefaultIfEmpty($"no source in: {row.Behaviour}"));

        Assert.Equal(Counted(comments), Counted(rows));

        static string Counted(IEnumerable<string> sources) => string.Join(
            '\n', sources.GroupBy(source => source).Select(source => $"{source.Key} {source.Count()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_error_code_that_is_unconfirmed_is_mentioned_in_the_module()
    {
        var known = s_table.Rows.Where(row => row.Evidence != "unconfirmed").SelectMany(row => row.ErrorCodes);
        string[] unconfirmed = [.. s_table.Rows.Where(row => row.Evidence == "unconfirmed").SelectMany(row => row.ErrorCodes).Except(known)];

        Assert.Contains("ContainerAppRevisionNotFound", unconfirmed);
        Assert.Empty(
            from folder in new[] { "RevisionTools.Core", "RevisionTools.Cmdlets" }
            from path in SourcesOf(Path.Combine(RepositoryRoot.Path, "src", folder))
            from code in unconfirmed
            where File.ReadAllText(path).Contains(code, StringComparison.Ordinal)
            select $"{code} in {path}");
    }

    [Fact]
    public void What_is_not_modelled_has_a_reason() =>
        Assert.All(s_table.NotModelled, cells => Assert.True(cells.Length == 3 && cells.All(cell => cell.Length > 0), string.Join(" | ", cells)));

    [Fact]
    public void The_differences_from_the_recordings_are_those_of_the_replay() => Assert.Equal(
        KnownDifferences.All.Select(known => $"{string.Join(", ", known.Sequences)} | `{known.Pattern}` | {known.Reason}"),
        s_table.Differences.Select(cells => string.Join(" | ", cells)));

    private static bool IsTest(string test) => test.Split('.') is [var name, var method] && s_classes[name]
        .Any(type => type.GetMethods().Any(candidate => candidate.Name == method && candidate.GetCustomAttribute<FactAttribute>() is not null));

    /// <summary>The sources under a folder, without what a build has left there.</summary>
    private static IEnumerable<string> SourcesOf(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    [GeneratedRegex("//.*\\bunconfirmed\\b")]
    private static partial Regex Unconfirmed();
}
