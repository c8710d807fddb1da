using System.Text.Json;
using System.Text.Json.Serialization;

namespace RevisionTools.Sandbox;

/// <summary>Reads and writes a <see cref="ScenarioTime"/> as text.</summary>
internal sealed class ScenarioTimeConverter : JsonConverter<ScenarioTime>
{
    public override ScenarioTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && ScenarioTime.TryParse(reader.GetString(), out var time)
            ? time
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, ScenarioTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
