using System.Text.Json;

namespace RevisionTools.Arm;

/// <summary>What a token says about itself, for display and for its expiry only: nothing is verified and nothing decided by it.</summary>
/// <param name="AccountName">The user's sign-in name, or the id of an application; null where the token does not say.</param>
/// <param name="TenantId">The directory that gave the token.</param>
/// <param name="ExpiresOn">When it ends.</param>
internal sealed record TokenClaims(string? AccountName, string? TenantId, DateTimeOffset? ExpiresOn)
{
    private static readonly TokenClaims s_none = new(null, null, null);
    private static readonly string[] s_nameClaims = ["upn", "unique_name", "preferred_username", "appid", "azp"];

    /// <summary>When it was given.</summary>
    public DateTimeOffset? IssuedOn { get; init; }

    /// <summary>Reads a JSON Web Token; another text has no claims.</summary>
    public static TokenClaims Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || Base64Text.Decode(parts[1]) is not { } payload)
        {
            return s_none;
        }

        try
        {
            using var json = JsonDocument.Parse(payload);
            return json.RootElement.ValueKind == JsonValueKind.Object ? From(json.RootElement) : s_none;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter is what a text with half a surrogate pair gives.
            return s_none;
        }
    }

    private static TokenClaims From(JsonElement claims) => new(
        s_nameClaims.Select(name => Text(claims, name)).FirstOrDefault(text => text is not null), Text(claims, "tid"), Time(claims, "exp"))
    {
        IssuedOn = Time(claims, "iat") ?? Time(claims, "nbf"),
    };

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.Number && claim.TryGetDouble(out var seconds)
            && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String
        && claim.GetString() is { Length: > 0 } text
            ? SafeText.Clean(text)
            : null;
}
