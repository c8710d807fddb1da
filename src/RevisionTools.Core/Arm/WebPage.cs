using System.Globalization;

namespace RevisionTools.Arm;

/// <summary>A page for people where a service answers with data: something stands in between.</summary>
internal static class WebPage
{
    /// <summary>Whether an answer is one. Azure's own front door sends pages as well when it has trouble (5xx), and those are tried again.</summary>
    public static bool IsInTheWay(int status, string? contentType) =>
        status < 500 && contentType?.Split(';')[0].Trim() is { } type
        && (type.Equals("text/html", StringComparison.OrdinalIgnoreCase) || type.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase));

    public static string Explain(string host, int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"In the name of {host} a web page answered ({status}): a proxy or the sign-in page of a network stands in between. Set HTTPS_PROXY to the proxy to take, or have it let {host} through.");
}
