using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RevisionTools.Arm.Wire;

/// <summary>Reads whole numbers that come as numbers or as text; an empty text reads as null.</summary>
internal sealed class LenientInt32Converter : JsonConverter<int?>
{
    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number => Whole(reader.GetDouble()),
        JsonTokenType.String => FromText(reader.GetString()!),
        _ => throw new JsonException("A number was expected."),
    };

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options)
    {
        if (value is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static int? FromText(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Whole(number)
            : throw new JsonException("A number was expected.");
    }

    private static int Whole(double number) =>
        number is >= int.MinValue and <= int.MaxValue && Math.Floor(number).Equals(number)
            ? (int)number
            : throw new JsonException("A whole number was expected.");
}
