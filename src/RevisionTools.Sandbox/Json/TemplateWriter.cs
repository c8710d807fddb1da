using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Writes templates: of an app by api-version, of a revision once for all versions.</summary>
internal static class TemplateWriter
{
    private static readonly string[] s_scale = ["minReplicas", "maxReplicas", "cooldownPeriod", "pollingInterval", "rules"];
    private static readonly string[] s_newScale =
        ["minReplicas", "maxReplicas", "cooldownPeriod", "pollingInterval", "allowScalingRuleOverride", "rules"];

    private static readonly string[] s_oldScale = ["minReplicas", "maxReplicas", "rules"];

    /// <summary>A completed template of an app.</summary>
    internal static void WriteApp(Utf8JsonWriter writer, JsonObject template, ApiVersion version) =>
        WriteApp(writer, template, version, "ContainerImage");

    /// <summary>
    /// A template as PUT answers it: until the service has looked at the image it takes it for one that it is to build
    /// (recording 10, index 5 and 10).
    /// </summary>
    internal static void WriteAccepted(Utf8JsonWriter writer, JsonObject template, ApiVersion version) =>
        WriteApp(writer, template, version, "CloudBuild");

    private static void WriteApp(Utf8JsonWriter writer, JsonObject template, ApiVersion version, string imageType)
    {
        writer.WriteStartObject();
        foreach (var name in TemplateRules.Fields)
        {
            writer.WritePropertyName(name);
            switch (template[name])
            {
                case JsonArray containers when name == "containers":
                    WriteContainers(writer, containers, version.HasPreviewFields ? imageType : null);
                    break;
                case JsonObject scale when name == "scale":
                    WriteScale(writer, scale, ScaleFields(version));
                    break;
                case var value:
                    JsonFields.WriteValue(writer, value);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>A revision shows the intervals as null where the app shows their defaults (recording 08, index 32 and 33).</summary>
    internal static void WriteRevision(Utf8JsonWriter writer, JsonObject template)
    {
        var scale = (JsonObject)template["scale"]!;
        NullDefault(scale, "cooldownPeriod", 300);
        NullDefault(scale, "pollingInterval", 30);
        writer.WriteStartObject();
        JsonFields.Write(writer, template, TemplateRules.Fields);
        writer.WriteEndObject();
    }

    /// <summary>A revision's template for an api-version; before 2024-08 it has no intervals.</summary>
    internal static void WriteRevision(Utf8JsonWriter writer, RevisionTemplate template, ApiVersion version)
    {
        if (version.HasScaleIntervals && (version.HasScalingOverride || !template.SetsScalingOverride))
        {
            writer.WriteRawValue(template.Json, skipInputValidation: true);
            return;
        }

        var older = (JsonObject)JsonNode.Parse(template.Json)!;
        var scale = (JsonObject)older["scale"]!;
        scale.Remove("allowScalingRuleOverride");
        if (!version.HasScaleIntervals)
        {
            scale.Remove("cooldownPeriod");
            scale.Remove("pollingInterval");
        }

        older.WriteTo(writer);
    }

    private static string[] ScaleFields(ApiVersion version) =>
        version.HasScalingOverride ? s_newScale : version.HasScaleIntervals ? s_scale : s_oldScale;

    private static void WriteScale(Utf8JsonWriter writer, JsonObject scale, string[] fields)
    {
        writer.WriteStartObject();
        JsonFields.Write(writer, scale, fields);
        writer.WriteEndObject();
    }

    private static void WriteContainers(Utf8JsonWriter writer, JsonArray containers, string? imageType)
    {
        writer.WriteStartArray();
        foreach (var container in containers.OfType<JsonObject>())
        {
            writer.WriteStartObject();
            foreach ((var name, var value) in container.Where(field => field.Key != "imageType"))
            {
                JsonFields.WriteField(writer, name, value);
                if (name == "image" && imageType is not null)
                {
                    writer.WriteString("imageType", JsonFields.Text(container["imageType"]) ?? imageType);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void NullDefault(JsonObject scale, string name, int standard)
    {
        if (JsonFields.Number(scale[name]) == standard)
        {
            scale[name] = null;
        }
    }
}
