using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>Small helpers over JSON objects.</summary>
internal static class JsonFields
{
    /// <summary>Writes the named fields in this order, explicit nulls for those that are not set (ARM-FACTS 3.1).</summary>
    internal static void Write(Utf8JsonWriter writer, JsonObject source, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            WriteField(writer, name, source[name]);
        }
    }

    internal static void WriteField(Utf8JsonWriter writer, string name, JsonNode? value)
    {
        writer.WritePropertyName(name);
        WriteValue(writer, value);
    }

    internal static void WriteValue(Utf8JsonWriter writer, JsonNode? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    /// <summary>A copy in which no object, at any depth, has a null field: the service does not echo those.</summary>
    internal static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Where(field => field.Value is not null)
            .Select(field => KeyValuePair.Create(field.Key, WithoutNulls(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(WithoutNulls)]),
        _ => node?.DeepClone(),
    };

    /// <summary>JSON Merge Patch: objects merge, null removes, all else (arrays too) replaces (ARM-FACTS 4.4).</summary>
    internal static JsonObject Merge(JsonObject target, JsonObject patch)
    {
        var merged = (JsonObject)target.DeepClone();
        foreach ((var name, var value) in patch)
        {
            if (value is null)
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = value is JsonObject fields
                    ? Merge(merged[name] as JsonObject ?? [], fields)
                    : value.DeepClone();
            }
        }

        return merged;
    }

    /// <summary>
    /// Reads a parsed text to its end: a key that stands twice in an object, and half a surrogate pair, throw only when they are read.
    /// </summary>
    /// <exception cref="ArgumentException">A key stands twice.</exception>
    /// <exception cref="InvalidOperationException">A string is no text.</exception>
    internal static void ReadAll(JsonNode? node)
    {
        var children = node switch
        {
            JsonObject fields => fields.Select(field => field.Value),
            JsonArray items => items,
            _ => [],
        };
        _ = Text(node);
        foreach (var child in children)
        {
            ReadAll(child);
        }
    }

    internal static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    internal static bool? Flag(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    /// <summary>A whole number, also when it was sent as text (ARM-FACTS 3.1).</summary>
    internal static int? Number(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue(out int number) => number,
        JsonValue value when value.TryGetValue(out string? text) && int.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
