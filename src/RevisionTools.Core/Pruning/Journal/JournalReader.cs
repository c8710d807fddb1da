using System.Text;
using System.Text.Json;

namespace RevisionTools.Pruning.Journal;

/// <summary>Reads the bytes of a journal. Only the last line can be cut, since each is flushed before the next is begun; whatever else is wrong is refused.</summary>
internal static class JournalReader
{
    /// <summary>How the first line begins, by which a journal that was cut in it is told from a file that is none.</summary>
    private static readonly byte[] s_opening = Encoding.UTF8.GetBytes(
        $$"""{"seq":1,"line":"Run","journal":"{{JournalHistory.FormatName}}","version":""");

    /// <param name="bytes">The file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <returns>What it tells, and how many of its bytes are whole lines.</returns>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidJournal"/>, with the line.</exception>
    public static (JournalHistory History, int Whole) Read(ReadOnlySpan<byte> bytes, string path)
    {
        var history = new JournalHistory();
        var start = 0;
        while (bytes[start..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            Add(history, bytes.Slice(start, length), path);
            start += length + 1;
        }

        // A file system that lost its power may leave zeros behind what it had not written yet.
        var tail = bytes[start..].TrimEnd((byte)0);
        var opening = history.Count == 0 ? s_opening : Encoding.UTF8.GetBytes($$"""{"seq":{{history.Count + 1}},"line":""");
        var common = Math.Min(tail.Length, opening.Length);
        return tail[..common].SequenceEqual(opening.AsSpan(0, common))
            ? (history, start)
            : throw Invalid(path, history.Count + 1, history.Count == 0 ? "it is not the beginning of a RevisionTools journal" : "it is not what a cut line leaves");
    }

    public static RevisionToolsException Invalid(string path, int line, string why, Exception? cause = null) =>
        new(FailureKind.InvalidJournal, $"The journal '{path}' cannot be used: line {line}: {why}.", cause);

    private static void Add(JournalHistory history, ReadOnlySpan<byte> json, string path)
    {
        var number = history.Count + 1;
        try
        {
            history.Add(JsonSerializer.Deserialize(json, JournalJsonContext.Default.JournalLine) ?? throw new InvalidDataException("it is empty"));
        }
        catch (JsonException failure)
        {
            throw Invalid(path, number, "it is not a line of a RevisionTools journal, or was altered", failure);
        }
        catch (InvalidDataException failure)
        {
            throw Invalid(path, number, failure.Message, failure);
        }
    }
}
