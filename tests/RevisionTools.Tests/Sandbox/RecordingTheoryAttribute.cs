namespace RevisionTools.Tests.Sandbox;

/// <summary>A theory over the recordings of real traffic; skipped where they do not lie beside the checkout.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RecordingTheoryAttribute : TheoryAttribute
{
    public RecordingTheoryAttribute()
    {
        if (Folder is null)
        {
            Skip = "The folder shared/api/recordings was not found above the test directory.";
        }
    }

    /// <summary>The folder of the recordings, searched upward from the test directory.</summary>
    internal static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var recordings = Path.Combine(folder.FullName, "shared", "api", "recordings");
            if (Directory.Exists(recordings))
            {
                return recordings;
            }
        }

        return null;
    }
}
