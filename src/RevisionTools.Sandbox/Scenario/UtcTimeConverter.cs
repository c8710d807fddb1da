using System.Text.Json;
using System.Text.Json.Serialization;

namespace RevisionTools.Sandbox;

/// <summary>Reads and writes an absolute moment in the forms of <see cref="ScenarioTime"/>.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && ScenarioTime.TryParse(reader.GetString(), out var time) && !time.IsRelative
            ? time.Resolve(default)
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ScenarioTime.At(value).ToString());
}
