using System.Text.Json;
using System.Text.Json.Serialization;

namespace RevisionTools.Arm.Wire;

/// <summary>Reads truth values that come as such or as text in any case; an empty text reads as null.</summary>
internal sealed class LenientBooleanConverter : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String => FromText(reader.GetString()!),
        _ => throw new JsonException("A truth value was expected."),
    };

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options)
    {
        if (value is { } truth)
        {
            writer.WriteBooleanValue(truth);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static bool? FromText(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return bool.TryParse(text, out var truth) ? truth : throw new JsonException("A truth value was expected.");
    }
}
