using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;

namespace RevisionTools.Templates;

/// <summary>Reads scale rules out of a template's JSON.</summary>
/// <remarks>ARM-FACTS 5.1.</remarks>
internal static class ScaleRuleReader
{
    public static ScaleRule Of(JsonObject rule)
    {
        var name = Clean(rule["name"]) ?? "";
        return rule switch
        {
            _ when rule["custom"] is JsonObject custom => new(name, Clean(custom["type"]) ?? "custom", Metadata(custom["metadata"] as JsonObject)),
            _ when rule["azureQueue"] is JsonObject queue => new(name, "azure-queue", Metadata(queue)),
            _ when rule["http"] is JsonObject http => new(name, "http", Metadata(http["metadata"] as JsonObject)),
            _ when rule["tcp"] is JsonObject tcp => new(name, "tcp", Metadata(tcp["metadata"] as JsonObject)),
            _ => new(name, "unknown", Metadata(null)),
        };
    }

    /// <summary>What the rule consumes; null for one that is no source of work.</summary>
    public static EventConsumer? ConsumerOf(JsonObject rule) => EventConsumerRules.Of(Of(rule));

    private static IReadOnlyDictionary<string, string> Metadata(JsonObject? fields) =>
        ScaleMetadata.WithoutSecrets((fields ?? []).Where(field => field.Value is JsonValue).ToDictionary(field => field.Key, field => Clean(field.Value)));

    private static string? Clean(JsonNode? node) => node is null ? null : SafeText.Clean(TemplateJson.Text(node) ?? node.ToJsonString());
}
