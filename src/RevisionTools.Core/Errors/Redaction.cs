using System.Net;
using System.Text.RegularExpressions;

namespace RevisionTools;

/// <summary>
/// Takes secrets out of texts that libraries and servers have written: those that are known, whatever looks like a token, and passwords in
/// addresses.
/// </summary>
/// <param name="secrets">The known ones.</param>
internal sealed partial class Redaction(params IEnumerable<string?> secrets)
{
    private const string Hidden = "***";

    // Servers and proxies may send back what they were sent, as a form encodes it.
    private readonly string[] _secrets =
    [
        .. secrets.OfType<string>().Where(secret => secret.Trim().Length > 0)
            .SelectMany(secret => new[] { secret, Uri.EscapeDataString(secret), WebUtility.UrlEncode(secret) })
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(secret => secret.Length),
    ];

    public string Hide(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        }

        return AddressPassword().Replace(WebToken().Replace(text, Hidden), "${scheme}***@");
    }

    [GeneratedRegex(@"\beyJ[\w-]{5,}(\.[\w-]*)*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WebToken();

    [GeneratedRegex(@"(?<scheme>\w://)[^/\s@]+@", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AddressPassword();
}
