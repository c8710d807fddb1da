using RevisionTools.Sandbox.Server;

namespace RevisionTools.Tests.Support;

/// <summary>The sandbox program, run in this process.</summary>
internal static class SandboxProgram
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(arguments, output, error, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
