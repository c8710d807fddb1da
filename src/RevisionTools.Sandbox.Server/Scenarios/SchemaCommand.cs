using System.CommandLine;

namespace RevisionTools.Sandbox.Server.Scenarios;

/// <summary><c>scenario schema</c>: the JSON schema of scenario files.</summary>
internal sealed class SchemaCommand : Command
{
    internal SchemaCommand(TextWriter output)
        : base("schema", "Writes the JSON schema of scenario files.")
    {
        ScenarioOutput written = new(output);
        Options.Add(written.Option);
        SetAction((parsed, cancellationToken) => written.WriteAsync(parsed, ScenarioSchema.Json(), cancellationToken));
    }
}
