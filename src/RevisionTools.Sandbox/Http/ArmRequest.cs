namespace RevisionTools.Sandbox;

/// <summary>What the sandbox needs to know of a request, read once.</summary>
internal sealed class ArmRequest
{
    internal required string Method { get; init; }

    internal required Uri Uri { get; init; }

    internal required byte[] Body { get; init; }

    internal required bool HasToken { get; init; }

    internal required DateTimeOffset Time { get; init; }

    internal bool IsWrite => IsWriteMethod(Method);

    /// <summary>Decoded, without query; a trailing slash is accepted as the service does (ARM-FACTS 3.5).</summary>
    internal string Path => Uri.UnescapeDataString(Uri.AbsolutePath).TrimEnd('/');

    /// <summary>Scheme, host and port: addresses in answers point where the request came in.</summary>
    internal string Origin => Uri.GetLeftPart(UriPartial.Authority);

    internal static bool IsWriteMethod(string method) => method is not ("GET" or "HEAD");

    /// <summary>A query parameter, decoded; null when absent.</summary>
    internal string? Query(string name)
    {
        foreach (var pair in Uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? pair : pair[..equals];
            if (Uri.UnescapeDataString(key).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
            }
        }

        return null;
    }
}
