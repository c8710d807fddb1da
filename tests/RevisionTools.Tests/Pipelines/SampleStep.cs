using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace RevisionTools.Tests.Pipelines;

/// <summary>A step of a pipeline among the samples.</summary>
internal sealed class SampleStep(string stage, string job, YamlMappingNode node)
{
    public string Stage { get; } = stage;

    public string Job { get; } = job;

    public string? Name => Value(node, "name");

    /// <summary>The task with its version; null for a step that runs a script of its own.</summary>
    public string? Task => Value(node, "task");

    /// <summary>The file of the script that a task runs.</summary>
    public string? ScriptFile => (Input("ScriptPath") ?? Input("scriptPath"))?.Split('/')[^1];

    public IReadOnlyList<string> ArgumentNames =>
        [.. Regex.Matches(Input("ScriptArguments") ?? Input("arguments") ?? "", @"(?<=^|\s)-(?<name>\w+) ('[^']*'|\$env:\w+)").Select(match => match.Groups["name"].Value)];

    public string? Input(string name) => Below("inputs") is { } inputs ? Value(inputs, name) : null;

    public string? Variable(string name) => Below("env") is { } variables ? Value(variables, name) : null;

    public static string? Value(YamlMappingNode node, string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value.ToString() : null;

    public override string ToString() => $"{Stage}/{Job}/{Name ?? Task}";

    private YamlMappingNode? Below(string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var value) ? (YamlMappingNode)value : null;
}
