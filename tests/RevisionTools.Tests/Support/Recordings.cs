using System.Text.Json;

namespace RevisionTools.Tests.Support;

/// <summary>The recorded traffic of Azure, which lies beside the repository where it is there at all.</summary>
internal static class Recordings
{
    private static readonly Lazy<string?> s_folder = new(Find);

    /// <summary>Why tests that need the recordings are skipped, or null.</summary>
    public static string? Missing => s_folder.Value is null ? "The folder shared/api/recordings is not there." : null;

    public static IReadOnlyList<string> Files => s_folder.Value is { } folder
        ? [.. Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];

    public static IReadOnlyList<RecordedInteraction> Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder.Value!, file)));
        return [.. json.RootElement.GetProperty("interactions").EnumerateArray().Select(one => RecordedInteraction.From(file, one))];
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "api", "recordings");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
