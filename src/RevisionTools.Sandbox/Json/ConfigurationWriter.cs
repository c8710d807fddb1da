using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Writes the configuration of an app, by api-version (recordings 03, 08 and 10 have the shapes).</summary>
internal static class ConfigurationWriter
{
    private static readonly string[] s_old =
        ["secrets", "activeRevisionsMode", "ingress", "registries", "dapr", "maxInactiveRevisions", "service"];

    private static readonly string[] s_stable =
        [
            "secrets", "activeRevisionsMode", "ingress", "registries", "dapr", "runtime", "maxInactiveRevisions", "service",
            "identitySettings",
        ];

    private static readonly string[] s_preview =
        [
            "secrets", "activeRevisionsMode", "targetLabel", "revisionTransitionThreshold", "ingress", "registries",
            "identitySettings", "dapr", "runtime", "maxInactiveRevisions", "service",
        ];

    private static readonly string[] s_ingress =
        [
            "fqdn", "external", "targetPort", "exposedPort", "transport", "traffic", "customDomains", "allowInsecure",
            "ipSecurityRestrictions", "corsPolicy", "clientCertificateMode", "stickySessions", "additionalPortMappings",
        ];

    private static readonly string[] s_previewIngress = [.. s_ingress, "targetPortHttpScheme"];

    internal static void Write(Utf8JsonWriter writer, JsonObject configuration, ApiVersion version)
    {
        writer.WriteStartObject();
        foreach (var name in version.HasPreviewFields ? s_preview : version.HasScaleIntervals ? s_stable : s_old)
        {
            writer.WritePropertyName(name);
            switch (configuration[name])
            {
                case JsonArray secrets when name == "secrets":
                    WriteSecrets(writer, secrets);
                    break;
                case JsonObject ingress when name == "ingress":
                    writer.WriteStartObject();
                    JsonFields.Write(writer, ingress, version.HasPreviewFields ? s_previewIngress : s_ingress);
                    writer.WriteEndObject();
                    break;
                case var value:
                    JsonFields.WriteValue(writer, value);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>The values of secrets are write-only.</summary>
    private static void WriteSecrets(Utf8JsonWriter writer, JsonArray secrets)
    {
        writer.WriteStartArray();
        foreach (var secret in secrets.OfType<JsonObject>())
        {
            writer.WriteStartObject();
            foreach ((var name, var value) in secret.Where(field => field.Key != "value"))
            {
                JsonFields.WriteField(writer, name, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
