using System.Text.RegularExpressions;

namespace RevisionTools.Tests.Pipelines;

/// <summary>What the YAML of the samples refers to is there. The scripts themselves are run inside PowerShell.</summary>
public sealed partial class SamplePipelineTests
{
    private static readonly string[] s_variables = ["RevisionName", "PreviousRevisionName", "Decision"];

    [Fact]
    public void There_is_a_release_a_prune_and_a_rollback() =>
        Assert.Equal(["prune.yml", "release.yml", "rollback.yml"], SamplePipeline.All.Select(pipeline => pipeline.Name));

    [Fact]
    public void Each_task_runs_a_script_of_the_folder_with_parameters_that_it_has_and_all_that_it_needs() => Assert.All(Tasks(), step =>
    {
        var parameters = ParametersOf(step.ScriptFile!);
        Assert.Subset(parameters.Keys.ToHashSet(), step.ArgumentNames.ToHashSet());
        Assert.Empty(parameters.Where(parameter => parameter.Value).Select(parameter => parameter.Key).Except(step.ArgumentNames));
    });

    [Fact]
    public void Each_script_of_the_folder_is_run_by_a_pipeline() => Assert.Equal(
        Directory.GetFiles(SamplePipeline.Folder, "*.ps1").Select(Path.GetFileName).Order(StringComparer.Ordinal),
        Tasks().Select(step => step.ScriptFile).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Each_task_has_PowerShell_7_a_service_connection_and_the_token_to_renew_its_sign_in() => Assert.All(Tasks(), step =>
    {
        Assert.Equal(step.Task == "AzurePowerShell@5" ? "true" : "pscore", step.Input("pwsh") ?? step.Input("scriptType"));
        Assert.Equal("${{ variables.connection }}", step.Input("azureSubscription"));
        Assert.Equal("$(System.AccessToken)", step.Variable("SYSTEM_ACCESSTOKEN"));
    });

    [Fact]
    public void Both_tasks_that_sign_in_are_shown() =>
        Assert.Equal(["AzureCLI@2", "AzurePowerShell@5"], Tasks().Select(step => step.Task).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Each_output_variable_that_is_read_is_set_by_a_step_that_is_there()
    {
        var read = SamplePipeline.All.SelectMany(ReadBy).ToList();

        Assert.True(read.Count >= 9, $"Only {read.Count} are read.");
        Assert.All(read, variable =>
        {
            var (pipeline, stage, job, step, name) = variable;
            Assert.Contains(name, s_variables);
            Assert.Contains(pipeline.Steps, known => known.Name == step && (stage is null || (known.Stage == stage && known.Job == job)));
        });
    }

    [Fact]
    public void What_is_typed_for_a_run_is_no_part_of_a_script() => Assert.All(
        Tasks(), step => Assert.DoesNotContain("parameters.", step.Input("ScriptArguments") ?? step.Input("arguments") ?? "", StringComparison.Ordinal));

    private static IReadOnlyList<SampleStep> Tasks() => [.. SamplePipeline.All.SelectMany(pipeline => pipeline.Steps).Where(step => step.Task is not null)];

    /// <summary>The parameters of a script, and whether each is mandatory.</summary>
    private static Dictionary<string, bool> ParametersOf(string script)
    {
        var text = File.ReadAllText(Path.Combine(SamplePipeline.Folder, script));
        return Parameter().Matches(text).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["mandatory"].Success);
    }

    private static IEnumerable<(SamplePipeline Pipeline, string? Stage, string? Job, string Step, string Name)> ReadBy(SamplePipeline pipeline) =>
        new[] { OfAnotherStage(), OfADependency(), OfTheSameJob() }.SelectMany(pattern => pattern.Matches(pipeline.Text).Select(match => (
            pipeline, Group(match, "stage"), Group(match, "job"), match.Groups["step"].Value, match.Groups["name"].Value)));

    private static string? Group(Match match, string name) => match.Groups[name] is { Success: true } group ? group.Value : null;

    [GeneratedRegex(@"\[Parameter\((?<mandatory>Mandatory)?\)\]\s+\[\w+\]\s+\$(?<name>\w+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"stageDependencies\.(?<stage>\w+)\.(?<job>\w+)\.outputs\['(?<step>\w+)\.(?<name>\w+)'\]")]
    private static partial Regex OfAnotherStage();

    [GeneratedRegex(@"(?<!stageD)dependencies\.(?<stage>\w+)\.outputs\['(?<job>\w+)\.(?<step>\w+)\.(?<name>\w+)'\]")]
    private static partial Regex OfADependency();

    [GeneratedRegex(@"\$\((?!Build|System)(?<step>\w+)\.(?<name>\w+)\)|variables\['(?<step>\w+)\.(?<name>\w+)'\]")]
    private static partial Regex OfTheSameJob();
}
