using System.CommandLine;

namespace RevisionTools.Sandbox.Server.Scenarios;

/// <summary>Where a command writes: to a file, or to standard output.</summary>
internal sealed class ScenarioOutput(TextWriter output)
{
    internal Option<string?> Option { get; } = new("--out") { Description = "The file to write; standard output when left out." };

    internal async Task<int> WriteAsync(ParseResult parsed, string json, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Option) is not { } path)
        {
            await output.WriteLineAsync(json.AsMemory(), cancellationToken).ConfigureAwait(false);
            return 0;
        }

        try
        {
            await File.WriteAllTextAsync(path, json + "\n", cancellationToken).ConfigureAwait(false);
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadArgumentsException($"'{path}' cannot be written: {error.Message}");
        }
    }
}
