using System.Diagnostics;

namespace RevisionTools.Tests.Pruning.FaultRuns;

/// <summary>Fault runs in a process of their own, which has one worker thread so that a seed always gives the same run.</summary>
internal static class FaultRunProcess
{
    private static readonly string s_program = typeof(RevisionTools.FaultRuns.CommandLine).Assembly.Location;

    public static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", s_program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
