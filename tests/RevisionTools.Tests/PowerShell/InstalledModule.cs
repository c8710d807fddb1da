using RevisionTools.ModulePacker.Output;
using RevisionTools.Tests.ModulePacker;

namespace RevisionTools.Tests.PowerShell;

/// <summary>
/// The module as users get it: packed, published to a folder and installed from there into a folder of its own. Made once for a run, where
/// there is a PowerShell.
/// </summary>
public sealed class InstalledModule : IDisposable
{
    private readonly DirectoryInfo? _folder;

    private readonly string _module = string.Empty;

    public InstalledModule()
    {
        if (PowerShellProcess.WhyItCannotRun is not null)
        {
            return;
        }

        _folder = Directory.CreateTempSubdirectory("revisiontools-installed-");
        var package = Path.Combine(_folder.FullName, $"RevisionTools.{BuiltModule.Manifest.Version.ToNormalizedString()}.nupkg");
        PackageWriter.Write(BuiltModule.Folder, package);
        var (exitCode, output) = PowerShellProcess.Run(
            "-File", Path.Combine(RepositoryRoot.Path, "tests", "Pester", "Install-Package.ps1"),
            "-PackagePath", package, "-Destination", Path.Combine(_folder.FullName, "installed"));
        _module = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? string.Empty;
        if (exitCode != 0 || !File.Exists(Path.Combine(_module, "RevisionTools.psd1")))
        {
            throw new InvalidOperationException($"The package could not be installed: {output}");
        }
    }

    /// <summary>Runs PowerShell with the module as the one under test.</summary>
    /// <param name="arguments">What follows the switches.</param>
    /// <returns>The exit code and all that it printed.</returns>
    internal (int ExitCode, string Output) Run(params string[] arguments) =>
        PowerShellProcess.Run(new Dictionary<string, string> { ["REVISIONTOOLS_MODULE_PATH"] = _module }, arguments);

    public void Dispose() => _folder?.Delete(recursive: true);
}
