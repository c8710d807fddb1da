using System.Text.Json;
using System.Text.Json.Serialization;

namespace RevisionTools.Pruning.Saved;

/// <summary>Reads and writes every text through <see cref="SafeText"/>: somebody else may have written the file, and it may end in a log.</summary>
internal sealed class CleanTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? SafeText.Clean(reader.GetString()!) : throw new JsonException("A text was expected.");

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SafeText.Clean(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(SafeText.Clean(value));

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}
