using System.CommandLine;

namespace RevisionTools.Sandbox.Server.Scenarios;

/// <summary><c>scenario import</c>: a copy of live apps, from what Azure CLI prints.</summary>
internal sealed class ImportCommand : Command
{
    private readonly Option<string[]> _apps = new("--app")
    {
        Description = "A file with the output of 'az containerapp show' or 'list'; may be repeated.",
        Required = true,
    };

    private readonly Option<string[]> _revisions = new("--revisions")
    {
        Description = "A file with the output of 'az containerapp revision list --all'; may be repeated, one for each app.",
        Required = true,
    };

    internal ImportCommand(TextWriter output)
        : base("import", "Makes a scenario of live apps, from what Azure CLI prints. Values of secrets are left behind.")
    {
        ScenarioOutput written = new(output);
        foreach (var option in new Option[] { _apps, _revisions, written.Option })
        {
            Options.Add(option);
        }

        SetAction((parsed, cancellationToken) => written.WriteAsync(parsed, Import(parsed).ToJson(), cancellationToken));
    }

    private SandboxScenario Import(ParseResult parsed) =>
        SandboxScenario.Import(Read(parsed.GetValue(_apps)!), Read(parsed.GetValue(_revisions)!), TimeProvider.System.GetUtcNow());

    private static IEnumerable<string> Read(IEnumerable<string> paths) => paths.Select(path =>
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadArgumentsException($"'{path}' cannot be read: {error.Message}");
        }
    });
}
