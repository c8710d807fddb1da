using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;

namespace RevisionTools.Arm;

/// <summary>What Azure asks a token to hold when it refuses one, for continuous access evaluation or a stronger sign-in.</summary>
internal static partial class ClaimsChallenge
{
    private const int LongestClaims = 16 * 1024;

    /// <summary>The claims as JSON; null where the answer asks for none.</summary>
    public static string? Of(Response response)
    {
        if (response.Status != 401 || !response.Headers.TryGetValues("WWW-Authenticate", out var headers))
        {
            return null;
        }

        return headers.SelectMany(header => Bearer().Matches(header))
            .Select(match => Claims(match.Groups["parameters"].Value))
            .FirstOrDefault(claims => claims is not null);
    }

    private static string? Claims(string text)
    {
        var parameters = Parameter().Matches(text).ToLookup(
            match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);
        return parameters["error"].Contains("insufficient_claims") && parameters["claims"].FirstOrDefault() is { Length: <= LongestClaims } encoded
            && Base64Text.Decode(encoded) is { } claims && IsObject(claims)
            ? System.Text.Encoding.UTF8.GetString(claims)
            : null;
    }

    private static bool IsObject(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(
        """\bBearer\s+(?<parameters>([\w-]+\s*=\s*("[^"]*"|[^\s",]+)\s*,?\s*)+)""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Bearer();

    [GeneratedRegex("""(?<name>[\w-]+)\s*=\s*("(?<value>[^"]*)"|(?<value>[^\s",]+))""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Parameter();
}
