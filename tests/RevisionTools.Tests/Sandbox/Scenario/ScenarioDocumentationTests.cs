using System.Text.RegularExpressions;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

public sealed partial class ScenarioDocumentationTests
{
    private static readonly string s_folder = Path.Combine(RepositoryRoot.Path, "docs", "sandbox");

    [Fact]
    public void Every_example_of_a_scenario_starts_a_sandbox()
    {
        var examples = Examples().Where(example => !IsOfFaults(example)).ToList();

        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            using SandboxDriver driver = new(SandboxScenario.Parse(example));
            var again = driver.Sandbox.Export().ToJson();
            Assert.Equal(again, SandboxScenario.Parse(again).ToJson());
        }
    }

    [Fact]
    public void The_examples_of_faults_have_every_kind()
    {
        var kinds = Examples().Where(IsOfFaults).SelectMany(SandboxFault.Parse).Select(fault => fault.Kind).Distinct();

        Assert.Equal(Enum.GetValues<SandboxFaultKind>(), kinds.Order());
    }

    [Fact]
    public void The_committed_schema_is_that_of_the_records() => Assert.Equal(
        RevisionTools.Sandbox.Server.Scenarios.ScenarioSchema.Json() + "\n", File.ReadAllText(Path.Combine(s_folder, "scenario.schema.json")));

    private static IEnumerable<string> Examples() => Directory.EnumerateFiles(s_folder, "*.md")
        .SelectMany(file => Example().Matches(File.ReadAllText(file)).Select(match => match.Groups["json"].Value));

    private static bool IsOfFaults(string example) => example.StartsWith('[');

    [GeneratedRegex("```jsonc?\n(?<json>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
