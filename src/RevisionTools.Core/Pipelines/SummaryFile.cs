using System.Globalization;
using System.Text;

namespace RevisionTools.Pipelines;

/// <summary>The file that a summary is uploaded from. Its name is the heading that the page of the run shows.</summary>
internal static class SummaryFile
{
    /// <summary>Writes the text to a file of its own.</summary>
    /// <param name="folder">The folder of the job for temporary files; the machine's where that is missing.</param>
    /// <param name="name">The name without extension; a number follows where there is such a file already.</param>
    /// <param name="text">Markdown.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static string Write(string? folder, string name, string text)
    {
        var root = Path.GetFullPath(Directory.Exists(folder) ? folder : Path.GetTempPath());
        for (var number = 1; ; number++)
        {
            var path = Path.Combine(root, number == 1 ? $"{name}.md" : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}.md"));
            if (File.Exists(path))
            {
                continue;
            }

            try
            {
                // Never through a file or a link that somebody else has put there meanwhile.
                using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                file.Write(Encoding.UTF8.GetBytes(text));
                return path;
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another command was quicker.
            }
        }
    }
}
