using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace RevisionTools.Sandbox;

/// <summary>Reads and writes a span of time as an ISO 8601 duration.</summary>
internal sealed class SpanConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return XmlConvert.ToTimeSpan(reader.GetString() ?? "");
        }
        catch (Exception error) when (error is FormatException or OverflowException or InvalidOperationException)
        {
            throw new JsonException(message: null, error);
        }
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(XmlConvert.ToString(value));
}
