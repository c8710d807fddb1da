using System.CommandLine;
using System.CommandLine.Parsing;
using RevisionTools.Sandbox.Server.Rehearse;
using RevisionTools.Sandbox.Server.Scenarios;
using RevisionTools.Sandbox.Server.Serve;

namespace RevisionTools.Sandbox.Server;

/// <summary>The commands of the sandbox program.</summary>
internal static class CommandLine
{
    private const int BadArguments = 2;

    /// <summary>After a signal; whoever is not through by then ends with the exit code of the signal.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <returns>0 on success, 1 when a rehearsal did not end as planned, 2 on bad arguments, 3 when a port cannot be had.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var root = new RootCommand("The Container Apps sandbox of RevisionTools.")
        {
            new RehearseCommand(output), new ScenarioCommand(output), new ServeCommand(output, error),
        };
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        try
        {
            if (parsed.Errors.Count > 0)
            {
                throw new BadArgumentsException(Describe(parsed));
            }

            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = s_patience,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is BadArgumentsException or ScenarioException)
        {
            await error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return BadArguments;
        }
    }

    private static string Describe(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return $"There is no command or option '{parsed.UnmatchedTokens[0]}'; --help lists them.";
        }

        var error = parsed.Errors[0];
        return error.SymbolResult is OptionResult { Tokens.Count: > 0 } result
            ? $"'{result.Tokens[0].Value}' does not fit {result.Option.Name}: {result.Option.Description}"
            : error.Message;
    }
}
