using System.Diagnostics;
using System.Security.Cryptography;

namespace RevisionTools.Tests.ModulePacker;

/// <summary>The same sources give the same package, wherever they lie and whether git is there or not.</summary>
public sealed class ReproducibleBuildTests : IDisposable
{
    private static readonly string[] s_sources = ["src", "module", "docs", "Directory.Build.props", "Directory.Packages.props", ".editorconfig", "LICENSE"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("revisiontools-build-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Two_builds_in_different_folders_give_the_same_bytes()
    {
        var first = await BuildAsync("one");
        var second = await BuildAsync(Path.Combine("and", "another"));

        Assert.Contains(first.Keys, name => name.EndsWith(".nupkg", StringComparison.Ordinal));
        Assert.Contains(first.Keys, name => name.EndsWith("RevisionTools.Core.dll", StringComparison.Ordinal));
        Assert.Equal(first, second);
    }

    private async Task<SortedDictionary<string, string>> BuildAsync(string name)
    {
        var folder = _folder.CreateSubdirectory(name);
        foreach (var source in s_sources)
        {
            Copy(Path.Combine(RepositoryRoot.Path, source), Path.Combine(folder.FullName, source));
        }

        ProcessStartInfo start = new("dotnet", ["build", "src/RevisionTools.Cmdlets", "-c", "Release", "-t:PackModule", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the program that runs the tests tells its own children would lead MSBuild astray.
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(variable);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await error);

        var made = new[] { "output", "artifacts" }.SelectMany(made => Directory.GetFiles(Path.Combine(folder.FullName, made), "*", SearchOption.AllDirectories));
        return new SortedDictionary<string, string>(
            made.ToDictionary(file => Path.GetRelativePath(folder.FullName, file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))),
            StringComparer.Ordinal);
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (File.Exists(source))
        {
            File.Copy(source, target);
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(source).Where(entry => Path.GetFileName(entry) is not ("bin" or "obj")))
        {
            Copy(entry, Path.Combine(target, Path.GetFileName(entry)));
        }
    }
}
