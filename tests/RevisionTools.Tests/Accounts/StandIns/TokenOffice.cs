using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace RevisionTools.Tests.Accounts.StandIns;

/// <summary>Gives signed web tokens that end by a clock, and knows its own.</summary>
internal sealed class TokenOffice(TimeProvider clock, TimeSpan lifetime)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly List<string> _given = [];

    public TimeSpan Lifetime => lifetime;

    public IReadOnlyList<string> Given
    {
        get
        {
            lock (_given)
            {
                return [.. _given];
            }
        }
    }

    public string Give(string audience)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_given)
        {
            var claims = new JsonObject
            {
                ["aud"] = audience,
                ["iat"] = now,
                ["nbf"] = now,
                ["exp"] = now + (long)lifetime.TotalSeconds,
                ["appid"] = "a-1",
                ["tid"] = "t-1",
                ["uti"] = $"{_given.Count}",
            };
            var content = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode(claims.ToJsonString())}";
            var token = $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(content)))}";
            _given.Add(token);
            return token;
        }
    }

    /// <summary>When a token ends, in seconds of Unix time.</summary>
    public static long End(string token) => (long)JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!["exp"]!;

    /// <summary>Why a token is not good; null where it is.</summary>
    public string? Refuse(string? token, string audience)
    {
        var parts = token?.Split('.') ?? [];
        if (parts.Length != 3
            || !CryptographicOperations.FixedTimeEquals(
                HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")), Base64Url.DecodeFromChars(parts[2])))
        {
            return "The token is none of ours.";
        }

        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        return (string)claims["aud"]! != audience ? "The token is meant for somebody else."
            : (long)claims["exp"]! <= clock.GetUtcNow().ToUnixTimeSeconds() ? "The token has expired."
            : null;
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
