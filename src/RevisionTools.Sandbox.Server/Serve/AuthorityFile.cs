namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>The file with the certificate that clients have to trust. One that nobody asked for by name is deleted at the end.</summary>
internal sealed class AuthorityFile : IDisposable
{
    private readonly bool _isTemporary;

    private AuthorityFile(string path, bool isTemporary) => (Path, _isTemporary) = (path, isTemporary);

    internal string Path { get; }

    /// <summary>Writes the file; null where there is nothing to trust.</summary>
    /// <exception cref="BadArgumentsException">The file cannot be written.</exception>
    internal static AuthorityFile? Write(string? pem, string? path)
    {
        if (pem is null)
        {
            return null;
        }

        var file = System.IO.Path.GetFullPath(path ?? System.IO.Path.Combine(
            System.IO.Path.GetTempPath(), $"revisiontools-sandbox-{System.IO.Path.GetRandomFileName()}.pem"));
        try
        {
            File.WriteAllText(file, pem);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentsException($"The certificate cannot be written to '{file}': {failure.Message}");
        }

        return new AuthorityFile(file, isTemporary: path is null);
    }

    public void Dispose()
    {
        if (_isTemporary)
        {
            File.Delete(Path);
        }
    }
}
