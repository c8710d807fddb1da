namespace RevisionTools.Templates;

/// <summary>The parts of an image's name.</summary>
/// <param name="Registry">Host and port of the registry.</param>
/// <param name="Repository">The path within the registry.</param>
/// <param name="Tag">The tag; null for an image by digest alone.</param>
/// <param name="Digest">The digest with its algorithm, or null.</param>
internal readonly record struct ImageReference(string Registry, string Repository, string? Tag, string? Digest)
{
    private const string DockerHub = "docker.io";
    private const string DockerHubIndex = "index.docker.io";
    private const string DockerHubOwner = "library/";
    private const string ImpliedTag = "latest";

    /// <summary>
    /// Reads <c>[registry[:port]/]repository[:tag][@digest]</c> as container runtimes do: the first part is a registry only if it looks like
    /// a host, else the image is one of Docker Hub; and no tag and no digest mean the tag latest.
    /// </summary>
    public static ImageReference Parse(string image)
    {
        var (named, digest) = SplitAt(image.Trim(), '@', last: false);
        var (registry, path) = SplitRegistry(named);
        var (repository, tag) = SplitAt(path, ':', last: true);
        if (registry == DockerHub && !repository.Contains('/', StringComparison.Ordinal))
        {
            repository = DockerHubOwner + repository;
        }

        return new ImageReference(registry, repository, tag ?? (digest is null ? ImpliedTag : null), digest);
    }

    private static (string Registry, string Path) SplitRegistry(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        if (!first.Contains('.', StringComparison.Ordinal) && !first.Contains(':', StringComparison.Ordinal) && first != "localhost")
        {
            return (DockerHub, name);
        }

        return (first == DockerHubIndex ? DockerHub : first, name[(slash + 1)..]);
    }

    private static (string Before, string? After) SplitAt(string text, char separator, bool last)
    {
        var at = last ? text.LastIndexOf(separator) : text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], at + 1 < text.Length ? text[(at + 1)..] : null);
    }
}
