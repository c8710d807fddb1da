using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Who sends a request: ARM counts by the object id in the token.</summary>
internal static class Principal
{
    /// <summary>The claim oid of a JWT; any other token stands for a principal of its own.</summary>
    internal static string IdOf(string? token, SandboxRandom random) =>
        token is null ? "" : ObjectId(token) ?? random.Guid($"principal/{token}").ToString();

    private static string? ObjectId(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            return JsonFields.Text((JsonNode.Parse(FromBase64Url(parts[1])) as JsonObject)?["oid"]);
        }
        catch (Exception error) when (error is FormatException or JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[] FromBase64Url(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
}
