using System.Text.Json;

namespace RevisionTools.Pruning.Journal;

/// <summary>The file of a journal. While it is open for writing no other run can open it.</summary>
internal sealed class JournalFile : IDisposable
{
    // On Unix only a file that is shared with nobody is locked against other writers; programs other than .NET's can read it all the same.
    private static readonly FileShare s_share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    private readonly FileStream _stream;
    private int _whole;

    private JournalFile(FileStream stream, string path)
    {
        _stream = stream;
        var bytes = ReadAll(stream, path);
        (History, _whole) = JournalReader.Read(bytes, path);
        IsCut = _whole < bytes.Length;
    }

    public JournalHistory History { get; }

    /// <summary>Whether the last line was cut when the file was opened.</summary>
    public bool IsCut { get; }

    /// <summary>Opens it for writing, and makes it where there is none and <paramref name="create"/> allows it.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidJournal"/>, <see cref="FailureKind.FileNotWritten"/></exception>
    public static JournalFile Open(string path, bool create)
    {
        var stream = OpenStream(path, create ? FileMode.OpenOrCreate : FileMode.Open, FileAccess.ReadWrite, s_share);
        return Wrap(stream, path);
    }

    /// <summary>Reads it without changing it.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidJournal"/></exception>
    public static JournalHistory Read(string path)
    {
        using var file = Wrap(OpenStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), path);
        return file.History;
    }

    /// <summary>Writes a line, and returns when it is on the disk. What is left of a cut line goes first.</summary>
    /// <exception cref="IOException">It could not be written; what stands at the end of the file then is a cut line.</exception>
    public void Append(JournalLine line)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(line, JournalJsonContext.Default.JournalLine);
        if (_stream.Length > _whole)
        {
            _stream.SetLength(_whole);
        }

        _stream.Position = _whole;
        _stream.Write([.. json, (byte)'\n']);
        _stream.Flush(flushToDisk: true);
        _whole += json.Length + 1;
        History.Add(line);
    }

    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // What could not be written was told when it was.
        }
    }

    private static JournalFile Wrap(FileStream stream, string path)
    {
        try
        {
            return new JournalFile(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static FileStream OpenStream(string path, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, mode, access, share, bufferSize: 0);
        }
        catch (IOException failure) when (mode == FileMode.Open && failure is (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new RevisionToolsException(FailureKind.InvalidJournal, $"There is no journal '{path}'.", failure);
        }
        catch (IOException failure) when (IsInUse(failure))
        {
            throw new RevisionToolsException(FailureKind.InvalidJournal, $"The journal '{path}' is in use: another run is writing it.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw access == FileAccess.Read
                ? new RevisionToolsException(FailureKind.InvalidJournal, $"The journal '{path}' cannot be read: {failure.Message}", failure)
                : new RevisionToolsException(FailureKind.FileNotWritten, $"The journal '{path}' cannot be written: {failure.Message}", failure);
        }
    }

    private static byte[] ReadAll(FileStream stream, string path)
    {
        try
        {
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (IOException failure)
        {
            throw new RevisionToolsException(FailureKind.InvalidJournal, $"The journal '{path}' cannot be read: {failure.Message}", failure);
        }
    }

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK of Linux and of macOS.
    private static bool IsInUse(IOException failure) => OperatingSystem.IsWindows()
        ? (failure.HResult & 0xFFFF) is 32 or 33
        : failure.HResult is 11 or 35;
}
