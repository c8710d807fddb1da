using System.Diagnostics;

namespace RevisionTools.Tests.PowerShell;

/// <summary>Runs PowerShell in a process of its own.</summary>
internal static class PowerShellProcess
{
    /// <summary>Only what hangs takes so long, also where PowerShell is a tool of .NET and starts three times as slowly.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(15);

    private static readonly Lazy<string?> s_missing = new(FindWhatIsMissing);

    /// <summary>Why the built module cannot be tried inside PowerShell, as the reason to skip; <see langword="null"/> where it can.</summary>
    public static string? WhyItCannotRun => s_missing.Value;

    /// <summary>Runs PowerShell without a profile and without prompts.</summary>
    /// <param name="arguments">What follows the switches.</param>
    /// <returns>The exit code and all that it printed.</returns>
    /// <exception cref="TimeoutException">It ran for more than a quarter of an hour and was ended.</exception>
    public static (int ExitCode, string Output) Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    /// <summary>Runs PowerShell without a profile and without prompts.</summary>
    /// <param name="environment">Variables that it finds set.</param>
    /// <param name="arguments">What follows the switches.</param>
    /// <returns>The exit code and all that it printed.</returns>
    /// <exception cref="TimeoutException">It ran for more than a quarter of an hour and was ended.</exception>
    public static (int ExitCode, string Output) Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"pwsh {string.Join(' ', arguments)} did not end within {s_limit}.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }

    /// <summary>Starts PowerShell without a profile and without prompts.</summary>
    /// <param name="arguments">What follows the switches.</param>
    /// <returns>The process, whose streams belong to the caller.</returns>
    public static Process Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    private static Process Start(IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        ProcessStartInfo start = new(FindExecutable() ?? "pwsh", ["-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = RepositoryRoot.Path,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        foreach ((var name, var value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string? FindWhatIsMissing()
    {
        if (FindExecutable() is null)
        {
            return "pwsh is not on the PATH, so the built module cannot be tried inside PowerShell.";
        }

        var (exitCode, output) = Run("-Command", "\"$($PSVersionTable.PSVersion)\"; exit [int]($PSVersionTable.PSVersion -lt '7.4')");
        return exitCode == 0 ? null : $"pwsh on the PATH is older than 7.4, or does not start: {output.Trim()}";
    }

    private static string? FindExecutable()
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
