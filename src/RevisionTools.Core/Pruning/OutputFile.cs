using System.Text;

namespace RevisionTools.Pruning;

/// <summary>A file that a prune writes for people or programs.</summary>
/// <param name="Path">The whole path.</param>
/// <param name="MayReplace">Whether a file that is there is replaced.</param>
internal sealed record OutputFile(string Path, bool MayReplace)
{
    /// <summary>Makes sure, before anything else is done, that the file can very likely be written.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.FileNotWritten"/></exception>
    public void Require()
    {
        if (Directory.Exists(Path))
        {
            throw Failure("a folder has that name");
        }

        if (!Directory.Exists(System.IO.Path.GetDirectoryName(Path)))
        {
            throw Failure("there is no such folder");
        }

        if (!MayReplace && File.Exists(Path))
        {
            throw Failure("there is such a file already; -Force replaces it");
        }
    }

    /// <summary>Writes the file as a whole or not at all.</summary>
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.FileNotWritten"/></exception>
    public void Write(string text) => Write(stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>The same for what is too large to be one text.</summary>
    public void Write(Action<Stream> write)
    {
        var draft = $"{Path}.{System.IO.Path.GetRandomFileName()}";
        try
        {
            using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
            }

            File.Move(draft, Path, MayReplace);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            TryDelete(draft);
            throw Failure(failure.Message, failure);
        }
    }

    private static void TryDelete(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // That it was not written is said already.
        }
    }

    /// <summary>That the file was not written, and why.</summary>
    public RevisionToolsException Failure(string why, Exception? cause = null) => new(FailureKind.FileNotWritten, $"The file '{Path}' was not written: {why.TrimEnd('.')}.", cause);
}
