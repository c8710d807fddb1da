using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RevisionTools.Sandbox.Server.Serve;

/// <summary><c>serve</c>: the sandbox over HTTP or HTTPS, until it is told to stop.</summary>
internal sealed class ServeCommand : Command
{
    private const int PortUnavailable = 3;

    /// <summary>Eleven days a second; much beyond, the clock runs into its end while somebody looks.</summary>
    private const double HighestTimeScale = 1_000_000;

    private readonly Option<int> _port = new("--port") { Description = "The port on 127.0.0.1, 0 to 65535; 0 (the default) takes any that is free." };
    private readonly Option<string?> _scenario = new("--scenario") { Description = "The file with the scenario; the sample fleet when left out. The clock starts at the scenario's time where it has one, else now." };
    private readonly Option<int?> _seed = new("--seed") { Description = "Where the sandbox's chance begins, a whole number; 1 when left out." };
    private readonly Option<double> _timeScale = new("--time-scale") { Description = "Virtual seconds for each real second, 0 to 1000000; 1 when left out.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _https = new("--https") { Description = "Serve HTTPS with a certificate of its own." };
    private readonly Option<string?> _caFile = new("--ca-file") { Description = "Where to write the certificate that clients have to trust; a file of its own, deleted at the end, when left out." };
    private readonly Option<int?> _parentPid = new("--parent-pid") { Description = "Stop when the process with this id, a whole number, is gone." };
    private readonly Option<string?> _token = new("--token") { Description = "The bearer token to let in, printable and without spaces; a random one when left out." };

    private readonly TextWriter _output;
    private readonly TextWriter _error;

    public ServeCommand(TextWriter output, TextWriter error)
        : base("serve", "Serves the sandbox on 127.0.0.1; prints one line of JSON when it is ready.")
    {
        (_output, _error) = (output, error);
        foreach (var option in new Option[] { _port, _scenario, _seed, _timeScale, _https, _caFile, _parentPid, _token })
        {
            Options.Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // System.CommandLine waits for a command on a signal only once it has its task; until then it ends the process at once.
        await Task.Yield();
        var options = Read(parsed);
        var parent = parsed.GetValue(_parentPid) is { } id ? ParentProcess.Find(id) : null;
        using var sandbox = CreateSandbox(parsed);
        SandboxServer server = new(sandbox, options);
        await using var served = server.ConfigureAwait(false);
        try
        {
            await server.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (PortUnavailableException failure)
        {
            await _error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return PortUnavailable;
        }

        // Not before the port is ours: the file may be that of another server there.
        using var authority = AuthorityFile.Write(server.AuthorityPem, parsed.GetValue(_caFile));
        await _output.WriteLineAsync(ReadyLine(server, authority?.Path)).ConfigureAwait(false);
        await _output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        await WaitAsync(parent, cancellationToken).ConfigureAwait(false);
        await server.StopAsync().ConfigureAwait(false);
        return 0;
    }

    private SandboxServerOptions Read(ParseResult parsed)
    {
        var port = parsed.GetValue(_port);
        Require(port is >= 0 and <= ushort.MaxValue, port, _port);
        var token = parsed.GetValue(_token);
        Require(token is null || (token.Length > 0 && token.All(letter => letter is > ' ' and < '\x7f')), token, _token);
        var https = parsed.GetValue(_https);
        return https || parsed.GetValue(_caFile) is null
            ? new SandboxServerOptions { Port = port, UseHttps = https, Token = token, Errors = TextWriter.Synchronized(_error) }
            : throw new BadArgumentsException("--ca-file goes with --https.");
    }

    private ContainerAppsSandbox CreateSandbox(ParseResult parsed)
    {
        var rate = parsed.GetValue(_timeScale);
        Require(rate is >= 0 and <= HighestTimeScale, rate, _timeScale);
        var seed = parsed.GetValue(_seed);
        var scenario = parsed.GetValue(_scenario) is { } path
            ? SandboxScenario.Load(path)
            : SandboxScenario.Sample(seed ?? 1);
        return new ContainerAppsSandbox(new SandboxClock(scenario.Time ?? TimeProvider.System.GetUtcNow(), rate), scenario, seed);
    }

    private static void Require<T>(bool holds, T value, Option option)
    {
        if (!holds)
        {
            throw new BadArgumentsException(
                string.Create(CultureInfo.InvariantCulture, $"'{value}' does not fit {option.Name}: {option.Description}"));
        }
    }

    private static string ReadyLine(SandboxServer server, string? authorityFile) => Encoding.UTF8.GetString(JsonBytes.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("endpoint", server.Endpoint.GetLeftPart(UriPartial.Authority));
        writer.WriteString("token", server.Token);
        writer.WriteString("caFile", authorityFile);
        writer.WriteNumber("pid", Environment.ProcessId);
        writer.WriteEndObject();
    }));

    /// <summary>Until a signal has come (the token), or the parent is gone.</summary>
    private static async Task WaitAsync(Process? parent, CancellationToken cancellationToken)
    {
        try
        {
            await (parent?.WaitForExitAsync(cancellationToken) ?? Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }
}
