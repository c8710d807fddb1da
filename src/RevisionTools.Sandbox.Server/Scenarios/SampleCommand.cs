using System.CommandLine;

namespace RevisionTools.Sandbox.Server.Scenarios;

/// <summary><c>scenario sample</c>: the sample fleet as a file, to begin one's own from.</summary>
internal sealed class SampleCommand : Command
{
    internal SampleCommand(TextWriter output)
        : base("sample", "Writes the sample fleet as a scenario.")
    {
        ScenarioOutput written = new(output);
        Options.Add(written.Option);
        SetAction((parsed, cancellationToken) => written.WriteAsync(parsed, SandboxScenario.Sample().ToJson(), cancellationToken));
    }
}
