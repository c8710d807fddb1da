using System.Collections.Specialized;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>Turns the JSON of a template into what a script can walk and print: ordered dictionaries, arrays and plain values, all text harmless.</summary>
internal static class TemplateDictionary
{
    /// <summary>What stands for a value that is not shown.</summary>
    public const string Hidden = "(hidden)";

    private static readonly string[] s_containerLists = ["containers", "initContainers"];
    private static readonly string[] s_ruleKinds = ["custom", "http", "tcp"];

    /// <param name="template">The template as Azure sent it; it stays as it is.</param>
    /// <param name="includeValues">Whether values of environment variables and of headers of probes are shown. What looks like a secret in the metadata of a scale rule never is.</param>
    public static OrderedDictionary Of(JsonObject template, bool includeValues)
    {
        var shown = ToDictionary(template);
        var containers = s_containerLists.SelectMany(list => Items(shown[list])).ToList();
        foreach (var item in containers.SelectMany(container => Items(container["env"])).Concat(containers.SelectMany(HeadersOf)))
        {
            if (!includeValues && item["value"] is not null)
            {
                item["value"] = Hidden;
            }
        }

        foreach (var metadata in Items((shown["scale"] as OrderedDictionary)?["rules"]).SelectMany(MetadataOf))
        {
            HideSecrets(metadata);
        }

        return shown;
    }

    private static IEnumerable<OrderedDictionary> Items(object? list) => (list as object?[] ?? []).OfType<OrderedDictionary>();

    private static IEnumerable<OrderedDictionary> HeadersOf(OrderedDictionary container) =>
        Items(container["probes"]).SelectMany(probe => Items((probe["httpGet"] as OrderedDictionary)?["httpHeaders"]));

    private static IEnumerable<OrderedDictionary> MetadataOf(OrderedDictionary rule) =>
        s_ruleKinds.Select(kind => (rule[kind] as OrderedDictionary)?["metadata"]).OfType<OrderedDictionary>();

    private static void HideSecrets(OrderedDictionary metadata)
    {
        foreach (var name in metadata.Keys.Cast<string>().ToArray())
        {
            if (metadata[name] is string value && ScaleMetadata.IsSecret(name, value))
            {
                metadata[name] = Hidden;
            }
        }
    }

    // Names compare without case, as everywhere in PowerShell.
    private static OrderedDictionary ToDictionary(JsonObject json)
    {
        var dictionary = new OrderedDictionary(json.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in json)
        {
            dictionary[SafeText.Clean(name)] = ToValue(value);
        }

        return dictionary;
    }

    private static object? ToValue(JsonNode? json) => json switch
    {
        null => null,
        JsonObject fields => ToDictionary(fields),
        JsonArray items => items.Select(ToValue).ToArray(),
        _ => ToScalar((JsonValue)json),
    };

    private static object? ToScalar(JsonValue json) => json.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => SafeText.Clean(json.GetValue<string>()),
        JsonValueKind.Number => ToNumber(json),
        _ => null,
    };

    private static object ToNumber(JsonValue json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        var number = document.RootElement;
        if (number.TryGetInt32(out var small))
        {
            return small;
        }

        return number.TryGetInt64(out var whole) ? (object)whole : number.GetDouble();
    }
}
