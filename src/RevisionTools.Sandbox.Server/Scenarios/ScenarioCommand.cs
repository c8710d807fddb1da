using System.CommandLine;

namespace RevisionTools.Sandbox.Server.Scenarios;

/// <summary><c>scenario</c>: makes and checks the files that a sandbox starts from.</summary>
internal sealed class ScenarioCommand : Command
{
    public ScenarioCommand(TextWriter output)
        : base("scenario", "Makes and checks scenarios: the files that a sandbox starts from.")
    {
        Subcommands.Add(new GenerateCommand(output));
        Subcommands.Add(new ImportCommand(output));
        Subcommands.Add(new SampleCommand(output));
        Subcommands.Add(new SchemaCommand(output));
        Subcommands.Add(new CheckCommand(output));
    }
}
