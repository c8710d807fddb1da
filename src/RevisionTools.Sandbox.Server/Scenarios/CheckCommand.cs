using System.CommandLine;
using System.Globalization;

namespace RevisionTools.Sandbox.Server.Scenarios;

/// <summary><c>scenario check</c>: says whether a file is a scenario, or where it is not.</summary>
internal sealed class CheckCommand : Command
{
    private readonly Argument<string> _file = new("file") { Description = "The scenario file." };

    internal CheckCommand(TextWriter output)
        : base("check", "Checks a scenario file; 2 and one line with the JSON path when something is wrong.")
    {
        Arguments.Add(_file);
        SetAction(async (parsed, cancellationToken) =>
        {
            var scenario = SandboxScenario.Load(parsed.GetValue(_file)!);
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"The scenario is good. Apps: {scenario.Apps.Count}, revisions: {scenario.Apps.Sum(app => app.Revisions.Count)}.");
            await output.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
            return 0;
        });
    }
}
