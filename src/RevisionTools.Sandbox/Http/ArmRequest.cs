using System.Text;

namespace RevisionTools.Sandbox;

/// <summary>What the sandbox needs to know of a request, read once.</summary>
/// <param name="method">The HTTP method, upper case.</param>
/// <param name="uri">The address as the caller has it; addresses in answers point to the same host and port.</param>
/// <param name="body">The body; empty for none.</param>
/// <param name="authorization">The Authorization header.</param>
/// <param name="correlationId">The header x-ms-correlation-request-id.</param>
internal sealed class ArmRequest(string method, Uri uri, byte[] body, string? authorization, string? correlationId)
{
    private const string Bearer = "Bearer ";

    internal string Method => method;

    internal Uri Uri => uri;

    internal byte[] Body => body;

    internal string? CorrelationId => correlationId;

    /// <summary>The bearer token; null when there is none.</summary>
    internal string? Token { get; } =
        authorization?.Length > Bearer.Length && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : null;

    /// <summary>When the service takes it up, by the service's clock.</summary>
    internal DateTimeOffset Time { get; set; }

    /// <summary>Whether it may change something; what a registry is asked changes nothing.</summary>
    internal bool IsWrite => IsWriteMethod(method) && !RegistryHosts.IsFor(uri);

    /// <summary>Decoded, without query; a trailing slash is accepted as the service does (ARM-FACTS 3.5).</summary>
    internal string Path { get; } = Uri.UnescapeDataString(uri.AbsolutePath).TrimEnd('/');

    /// <summary>Scheme, host and port.</summary>
    internal string Origin => uri.GetLeftPart(UriPartial.Authority);

    internal static bool IsWriteMethod(string method) => method is not ("GET" or "HEAD");

    /// <summary>A query parameter, decoded; null when absent.</summary>
    internal string? Query(string name) => Find(uri.Query.TrimStart('?'), name);

    /// <summary>A field of a form in the body, decoded; null when absent.</summary>
    internal string? Form(string name) => Find(Encoding.UTF8.GetString(body), name);

    private static string? Find(string pairs, string name)
    {
        foreach (var pair in pairs.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? pair : pair[..equals];
            if (Decode(key).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return equals < 0 ? "" : Decode(pair[(equals + 1)..]);
            }
        }

        return null;
    }

    /// <summary>Forms write a space as a plus.</summary>
    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
