using System.Globalization;
using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>Small helpers over the JSON of templates: what is not of the expected kind counts as absent.</summary>
internal static class TemplateJson
{
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>A number, also when it was written as text (ARM-FACTS 3.1).</summary>
    public static decimal? Number(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue(out decimal number) => number,
        JsonValue value when value.TryGetValue(out int number) => number,
        JsonValue value when value.TryGetValue(out double number) && Math.Abs(number) < 1e15 => (decimal)number,
        JsonValue value when value.TryGetValue(out string? text)
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>The objects of an array.</summary>
    public static IEnumerable<JsonObject> Objects(JsonNode? node) => (node as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>A number as it is written, without zeros that say nothing.</summary>
    public static string Format(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
