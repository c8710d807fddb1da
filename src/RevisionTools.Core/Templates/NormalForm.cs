using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>
/// Brings templates and configurations into one form: what is null, empty, the default or Azure's own computation is gone, and one value
/// is written in one way.
/// </summary>
internal static class NormalForm
{
    /// <param name="fields">A template, or <c>{"configuration": ..}</c>.</param>
    public static JsonObject Of(JsonObject fields) => Normal(fields, "") as JsonObject ?? [];

    private static JsonNode? Normal(JsonNode? node, string shape) => node switch
    {
        null => null,
        JsonObject fields => NormalObject(fields, shape),
        JsonArray items => NormalArray(items, shape),
        JsonValue value => NormalValue(value, shape),
        _ => node.DeepClone(),
    };

    private static JsonObject? NormalObject(JsonObject fields, string shape)
    {
        JsonObject normal = [];
        foreach (var (name, value) in fields)
        {
            var below = shape.Length == 0 ? name : $"{shape}.{name}";
            if (!FieldDefaults.IsIgnored(below) && Normal(value, below) is { } kept)
            {
                normal[name] = kept;
            }
        }

        return normal.Count > 0 || FieldDefaults.IsMarker(shape) || shape.EndsWith("[]", StringComparison.Ordinal) ? normal : null;
    }

    private static JsonArray? NormalArray(JsonArray items, string shape)
    {
        // The words of a command and its arguments stay as they are: an empty one counts.
        var normal = items.Any(item => item is JsonObject)
            ? new JsonArray([.. items.Select(item => Normal(item, shape + "[]"))])
            : (JsonArray)items.DeepClone();
        return normal.Count > 0 ? normal : null;
    }

    private static JsonValue? NormalValue(JsonValue value, string shape)
    {
        var text = Written(value, shape);
        var standard = FieldDefaults.Of(shape);
        var comparison = FieldDefaults.IsCaseless(shape) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return text.Length == 0 || string.Equals(text, standard, comparison) ? null : JsonValue.Create(text);
    }

    private static string Written(JsonValue value, string shape)
    {
        var text = TemplateJson.Text(value);
        if (FieldDefaults.IsText(shape))
        {
            return text ?? value.ToJsonString();
        }

        if (text is not null && FieldDefaults.IsQuantity(shape))
        {
            return Quantity(text);
        }

        var isNumber = text is null || FieldDefaults.Of(shape) is { } standard && char.IsAsciiDigit(standard[0]);
        return isNumber && TemplateJson.Number(value) is { } number ? TemplateJson.Format(number) : text ?? value.ToJsonString();
    }

    /// <summary>Memory in Gi, in which Azure answers it.</summary>
    private static string Quantity(string text)
    {
        var digits = text.TakeWhile(character => char.IsAsciiDigit(character) || character == '.').Count();
        var unit = text[digits..].Trim();
        return TemplateJson.Number(JsonValue.Create(text[..digits])) is not { } amount ? text
            : unit == "Mi" ? TemplateJson.Format(amount / 1024) + "Gi"
            : TemplateJson.Format(amount) + unit;
    }
}
