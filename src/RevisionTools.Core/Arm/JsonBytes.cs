using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Arm;

/// <summary>JSON as it goes out.</summary>
internal static class JsonBytes
{
    public static ReadOnlyMemory<byte> Of(JsonObject json)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            json.WriteTo(writer);
        }

        return bytes.WrittenMemory;
    }
}
