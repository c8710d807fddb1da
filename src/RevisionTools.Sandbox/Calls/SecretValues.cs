using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>The values of secrets, which are only ever sent to the service.</summary>
internal static class SecretValues
{
    /// <summary>A secret that is sent by its name alone keeps the value that it has.</summary>
    // unconfirmed: no recording sends a configuration back as it was read.
    internal static void Keep(JsonObject present, JsonObject next)
    {
        foreach (var secret in Secrets(next).Where(secret => secret["value"] is null && secret["keyVaultUrl"] is null))
        {
            var name = JsonFields.Text(secret["name"]);
            var known = Secrets(present).FirstOrDefault(other => JsonFields.Text(other["name"]) == name);
            if (known?["value"] is { } value)
            {
                secret["value"] = value.DeepClone();
            }
        }
    }

    private static IEnumerable<JsonObject> Secrets(JsonObject configuration) =>
        (configuration["secrets"] as JsonArray ?? []).OfType<JsonObject>();
}
