using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Finds files by PowerShell's paths.</summary>
internal static class FilePath
{
    /// <summary>The path as the file system knows it. A relative one is taken from PowerShell's location.</summary>
    /// <exception cref="RevisionToolsException"><paramref name="kind"/>, where PowerShell has no such drive, or one that has no files.</exception>
    public static string Resolve(PathIntrinsics paths, string path, FailureKind kind)
    {
        try
        {
            var file = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? file : throw new RevisionToolsException(kind, $"'{path}' is no path of a file.");
        }
        catch (RuntimeException failure)
        {
            throw new RevisionToolsException(kind, $"'{path}' is no path of a file: {failure.Message}", failure);
        }
    }
}
