using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>Makes UTF-8 JSON.</summary>
internal static class JsonBytes
{
    // The service sends '+' and '<' as they are; the default encoder would write \u002B into every date.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A buffer that grew beyond this is not kept for the next answer.</summary>
    private const int LargestKept = 1 << 20;

    // A list of revisions has some ten thousand bytes: growing a fresh buffer to that size each time costs more than writing it.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_buffer;

    internal static byte[] Of(Action<Utf8JsonWriter> write)
    {
        // Taken away while in use: what is written may itself need JSON of its own.
        var buffer = s_buffer ?? new ArrayBufferWriter<byte>(4096);
        s_buffer = null;
        buffer.ResetWrittenCount();
        using (Utf8JsonWriter writer = new(buffer, s_options))
        {
            write(writer);
        }

        var json = buffer.WrittenSpan.ToArray();
        s_buffer = buffer.Capacity <= LargestKept ? buffer : null;
        return json;
    }
}
