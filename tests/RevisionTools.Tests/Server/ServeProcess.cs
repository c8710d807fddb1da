using System.Diagnostics;
using RevisionTools.Sandbox.Server.Serve;

namespace RevisionTools.Tests.Server;

/// <summary>The server as a process of its own.</summary>
internal sealed class ServeProcess : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    internal ServeProcess(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", ["exec", typeof(SandboxServer).Assembly.Location, "serve", .. arguments, .. ParentOf(arguments)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
    }

    internal int Id => _process.Id;

    /// <summary>Ends with the test host, should that be killed.</summary>
    private static string[] ParentOf(string[] arguments) =>
        arguments.Contains("--parent-pid") ? [] : ["--parent-pid", $"{Environment.ProcessId}"];

    /// <summary>The line that says it is ready.</summary>
    internal async Task<string> ReadyAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(s_limit) ?? await _process.StandardError.ReadToEndAsync();

    /// <summary>Sends a signal by its name.</summary>
    internal void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end; gives the exit code and what is left of what it printed.</summary>
    internal async Task<(int Code, string Output, string Error)> EndAsync()
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        var error = _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync().WaitAsync(s_limit);
        return (_process.ExitCode, await output, await error);
    }

    /// <summary>Ends it without asking.</summary>
    internal void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
