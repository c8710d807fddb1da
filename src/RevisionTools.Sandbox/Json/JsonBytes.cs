using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>Makes UTF-8 JSON.</summary>
internal static class JsonBytes
{
    // The service sends '+' and '<' as they are; the default encoder would write \u002B into every date.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] Of(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new(4096);
        using (Utf8JsonWriter writer = new(buffer, s_options))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
