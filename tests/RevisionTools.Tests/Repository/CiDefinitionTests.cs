using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace RevisionTools.Tests.Repository;

/// <summary>The definitions of CI run nowhere here; what they call does, so at least each call must fit what it calls.</summary>
public sealed partial class CiDefinitionTests
{
    private const string Workflow = ".github/workflows/ci.yml";
    private const string Pipeline = "azure-pipelines.yml";
    private const string DevContainer = ".devcontainer/devcontainer.json";

    private static readonly string[] s_lowest = ["7.4.0", "7.5.0", "7.6.0"];

    public static TheoryData<string> All => [Workflow, Pipeline, DevContainer];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_script_that_is_called_is_there_and_takes_what_it_is_given(string file)
    {
        var calls = CiDefinition.Read(file).ScriptLines.SelectMany(line => Call().Matches(line)).ToList();

        Assert.NotEmpty(calls);
        Assert.All(calls, call =>
        {
            var path = Path.Combine(RepositoryRoot.Path, call.Groups["path"].Value);
            Assert.True(File.Exists(path), call.Value);
            if (path.EndsWith(".ps1", StringComparison.Ordinal))
            {
                var script = File.ReadAllText(path);
                Assert.Empty(call.Groups["parameter"].Captures.Select(capture => capture.Value).Except(Parameters(script)));
                Assert.Empty(Argument(call.Value, "Task").Except(Tasks(script)));
            }
        });
    }

    [Theory]
    [InlineData(Workflow, "$env:GITHUB_REF_NAME")]
    [InlineData(Pipeline, "$env:BUILD_SOURCEBRANCHNAME")]
    public void The_package_is_made_once_tested_everywhere_and_published_as_it_is_under_the_tag_of_its_version(string file, string tag)
    {
        var lines = CiDefinition.Read(file).ScriptLines.ToList();

        Assert.Single(lines, line => line.Contains("-Task Package", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains("-Task Test -PackagePath ./artifacts/RevisionTools.*.nupkg", StringComparison.Ordinal));
        var publish = Assert.Single(lines, line => line.Contains("-Task Publish", StringComparison.Ordinal));
        Assert.EndsWith($" -Task Publish -PackagePath ./artifacts/RevisionTools.*.nupkg -Tag {tag}", publish, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Workflow)]
    [InlineData(Pipeline)]
    public void What_the_tests_need_of_the_build_goes_along_with_the_package(string file)
    {
        var kept = CiDefinition.Read(file).Root.AllNodes.OfType<YamlScalarNode>().SelectMany(node => node.Value!.Split('\n', StringSplitOptions.TrimEntries)).ToList();
        Assert.All(
            new[] { "tests/RevisionTools.Tests/bin/*/net10.0/Rival", "tests/RevisionTools.Tests/bin/*/net10.0/Modules", "src/RevisionTools.Sandbox.Server/bin/*/net10.0" },
            folder => Assert.Contains(kept, line => line == folder || line == $"{folder}/**"));
    }

    [Fact]
    public void The_workflow_tests_the_lowest_patches_on_three_systems()
    {
        var matrix = (YamlMappingNode)Find(CiDefinition.Read(Workflow).Root, "jobs", "test", "strategy", "matrix");
        Assert.Equal(s_lowest, ((YamlSequenceNode)matrix["powershell"]).Select(node => node.ToString()));
        Assert.Equal(["ubuntu-latest", "windows-latest", "macos-latest"], ((YamlSequenceNode)matrix["os"]).Select(node => node.ToString()));
    }

    [Fact]
    public void The_pipeline_tests_the_lowest_patches_on_three_systems()
    {
        var definition = CiDefinition.Read(Pipeline);
        var pairs = definition.Values("os").Zip(definition.Values("powershell"));
        Assert.Equal(
            (from os in new[] { "ubuntu-latest", "windows-latest", "macOS-latest" } from version in s_lowest select (os, version)).ToHashSet(), pairs.ToHashSet());
    }

    [Fact]
    public void The_workflow_may_read_and_nothing_else_and_its_actions_are_pinned()
    {
        var definition = CiDefinition.Read(Workflow);
        var permissions = (YamlMappingNode)definition.Root["permissions"];
        Assert.Equal(("contents", "read"), Assert.Single(permissions.Children.Select(pair => (pair.Key.ToString(), pair.Value.ToString()))));
        Assert.Single(definition.Root.AllNodes.OfType<YamlMappingNode>(), map => map.Children.Any(pair => pair.Key.ToString() == "permissions"));
        Assert.All(definition.Values("uses"), action => Assert.Matches(@"^[\w-]+/[\w-]+@(v\d+|[0-9a-f]{40})$", action));
        Assert.Equal(definition.Values("uses").Count(action => action.StartsWith("actions/checkout@", StringComparison.Ordinal)), definition.Values("persist-credentials").Count(value => value == "false"));
    }

    [Fact]
    public void Only_the_job_that_publishes_knows_the_key_and_only_a_tag_starts_it()
    {
        var jobs = (YamlMappingNode)CiDefinition.Read(Workflow).Root["jobs"];
        var publish = (YamlMappingNode)jobs["publish"];
        Assert.Equal("startsWith(github.ref, 'refs/tags/v')", publish["if"].ToString());
        Assert.Equal(["build", "test"], ((YamlSequenceNode)publish["needs"]).Select(node => node.ToString()));
        Assert.Equal("powershell-gallery", publish["environment"].ToString());
        Assert.All(
            jobs.Children.Where(job => job.Value != publish).SelectMany(job => job.Value.AllNodes.OfType<YamlScalarNode>()),
            node => Assert.DoesNotContain("secrets.", node.Value, StringComparison.Ordinal));

        var stages = ((YamlSequenceNode)CiDefinition.Read(Pipeline).Root["stages"]).Cast<YamlMappingNode>().ToDictionary(stage => stage["stage"].ToString());
        Assert.Equal("and(succeeded(), startsWith(variables['Build.SourceBranch'], 'refs/tags/v'))", stages["Publish"]["condition"].ToString());
        Assert.Equal("Test", stages["Publish"]["dependsOn"].ToString());
        Assert.All(
            stages.Where(stage => stage.Key != "Publish").SelectMany(stage => stage.Value.AllNodes.OfType<YamlScalarNode>()),
            node => Assert.DoesNotContain("GalleryKey", node.Value, StringComparison.Ordinal));
    }

    private static YamlNode Find(YamlNode node, params string[] path) => path.Aggregate(node, (inner, key) => inner[key]);

    private static IEnumerable<string> Parameters(string script) => ParameterName().Matches(script).Select(match => match.Groups["name"].Value);

    private static IEnumerable<string> Tasks(string script) =>
        Regex.Match(script, @"ValidateSet\((?<names>[^)]*)\)\]\s*\[string\[\]\]\s*\$Task").Groups["names"].Value.Split(',').Select(name => name.Trim(' ', '\''));

    private static string[] Argument(string call, string parameter) =>
        Regex.Match(call, $@"-{parameter} (?<value>[\w, ]+?)(?= -|$)").Groups["value"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"(?<![\w/.])(?:\./)?(?<path>(?:\.ci/)?[\w-]+\.ps1|\.ci/run)(?:(?: -(?<parameter>[A-Z]\w+))|(?: (?!-|&&)[^\s]+))*")]
    private static partial Regex Call();

    // The script's own parameters stand four spaces in; those of its functions eight.
    [GeneratedRegex(@"^    \$(?<name>\w+)(?: = .*)?,?$", RegexOptions.Multiline)]
    private static partial Regex ParameterName();
}
