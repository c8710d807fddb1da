using System.CommandLine;

namespace RevisionTools.Sandbox.Server.Scenarios;

/// <summary><c>scenario generate</c>: a fleet of any size.</summary>
internal sealed class GenerateCommand : Command
{
    private readonly Option<int> _apps = new("--apps") { Description = "How many apps, 1 to 100000.", Required = true };
    private readonly Option<int> _revisions = new("--revisions") { Description = "How many revisions each app has, 1 to 10000, and 5 million in all.", Required = true };
    private readonly Option<int> _seed = new("--seed") { Description = "Where chance begins; the same seed makes the same fleet.", DefaultValueFactory = _ => 1 };

    internal GenerateCommand(TextWriter output)
        : base("generate", "Makes a fleet of any size: a likely mixture of apps in all states.")
    {
        ScenarioOutput written = new(output);
        foreach (var option in new Option[] { _apps, _revisions, _seed, written.Option })
        {
            Options.Add(option);
        }

        SetAction((parsed, cancellationToken) => written.WriteAsync(parsed, Generate(parsed).ToJson(), cancellationToken));
    }

    private SandboxScenario Generate(ParseResult parsed)
    {
        try
        {
            return SandboxScenario.Generate(parsed.GetValue(_apps), parsed.GetValue(_revisions), parsed.GetValue(_seed));
        }
        catch (ArgumentOutOfRangeException error)
        {
            var option = error.ParamName == "apps" ? (Option)_apps : _revisions;
            throw new BadArgumentsException($"'{error.ActualValue}' does not fit {option.Name}: {option.Description}");
        }
    }
}
