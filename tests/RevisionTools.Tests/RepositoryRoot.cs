namespace RevisionTools.Tests;

/// <summary>The folder of the solution, whatever the working directory is.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "RevisionTools.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("RevisionTools.sln is not above " + AppContext.BaseDirectory);
    }
}
