using System.Text;

namespace RevisionTools.FaultRuns.Journal;

/// <summary>The disk that journals are on. What stands there when a process dies is all that the next one finds.</summary>
internal sealed class JournalDisk : IDisposable
{
    // Lines are flushed to the disk one by one; in memory that costs nothing.
    private static readonly string s_root = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();

    private readonly string _folder = Directory.CreateDirectory(System.IO.Path.Combine(s_root, $"revisiontools-{Guid.NewGuid():N}")).FullName;
    private int _files = 1;

    public string Path => System.IO.Path.Combine(_folder, $"prune-{_files}.jsonl");

    /// <summary>
    /// The process that has the file open is dead. The next one finds a copy: the dead one's handle, which the system would have closed, is
    /// still there in this process.
    /// </summary>
    /// <param name="torn">From 0 to 1: how much of the last line reached the disk; null for all of it.</param>
    public void Die(double? torn)
    {
        var text = Read();
        if (torn is { } part && text.Length > 0)
        {
            var last = text.LastIndexOf('\n', text.Length - 2) + 1;
            text = text[..(last + (int)((text.Length - last) * part))];
        }

        _files++;
        File.WriteAllText(Path, text);
    }

    /// <summary>What stands in the file about writes, line by line.</summary>
    public IReadOnlyList<JournalEntry> Entries()
    {
        // What stands behind the last end of a line is a line that was cut.
        var lines = Read().Split('\n');
        return [.. lines.Take(lines.Length - 1).Select(JournalEntry.Of).OfType<JournalEntry>()];
    }

    public string Read()
    {
        if (!File.Exists(Path))
        {
            return "";
        }

        using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
