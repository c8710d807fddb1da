using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevisionTools.Templates;

/// <summary>Reads JSON that a person wrote, and says where it is wrong.</summary>
internal static class JsonText
{
    private const int LargestFile = 16 * 1024 * 1024;
    private static readonly JsonDocumentOptions s_withComments = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="RevisionToolsException"><paramref name="kind"/>, with the line and the position where the text is no JSON.</exception>
    public static JsonObject ReadObject(string text, string what, FailureKind kind)
    {
        try
        {
            var node = JsonNode.Parse(text.TrimStart('\uFEFF'), documentOptions: s_withComments);
            ReadAll(node);
            return ObjectOf(node, what, kind);
        }
        catch (Exception failure) when (WhyUnreadable(failure, what, kind) is { } reason)
        {
            throw reason;
        }
    }

    /// <inheritdoc cref="ReadObject(string, string, FailureKind)"/>
    public static JsonObject ReadObject(ReadOnlySpan<byte> utf8, string what, FailureKind kind) => ObjectOf(Read(utf8, what, kind), what, kind);

    /// <summary>The same for what need not be an object.</summary>
    public static JsonNode? Read(ReadOnlySpan<byte> utf8, string what, FailureKind kind)
    {
        try
        {
            var node = JsonNode.Parse(utf8, documentOptions: s_withComments);
            ReadAll(node);
            return node;
        }
        catch (Exception failure) when (WhyUnreadable(failure, what, kind) is { } reason)
        {
            throw reason;
        }
    }

    /// <summary>What is wrong with a text that could not be read; null where that is not the reason of a failure.</summary>
    public static RevisionToolsException? WhyUnreadable(Exception failure, string what, FailureKind kind) => failure switch
    {
        JsonException json => new RevisionToolsException(kind, $"{what} is not JSON: {Explain(json)}", failure),
        ArgumentException or InvalidOperationException =>
            new RevisionToolsException(kind, $"{what} cannot be used: a field stands in it twice, or a text is no Unicode.", failure),
        _ => null,
    };

    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidTemplateFile"/></exception>
    public static JsonObject ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestFile
                ? ReadObject(File.ReadAllText(path), $"The file '{path}'", FailureKind.InvalidTemplateFile)
                : throw new RevisionToolsException(FailureKind.InvalidTemplateFile, $"The file '{path}' is larger than 16 MB; no template is.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RevisionToolsException(FailureKind.InvalidTemplateFile, $"The file '{path}' cannot be read: {failure.Message}", failure);
        }
    }

    private static JsonObject ObjectOf(JsonNode? node, string what, FailureKind kind) =>
        node as JsonObject ?? throw new RevisionToolsException(kind, $"{what} holds no JSON object.");

    /// <summary>A field that stands twice, and half a surrogate pair, show only when they are read.</summary>
    private static void ReadAll(JsonNode? node)
    {
        var children = node switch
        {
            JsonObject fields => fields.Select(field => field.Value),
            JsonArray items => items,
            _ => [],
        };
        _ = TemplateJson.Text(node);
        foreach (var child in children)
        {
            ReadAll(child);
        }
    }

    /// <summary>Where a text is no JSON, in words that count from 1, and why.</summary>
    public static string Explain(JsonException failure) =>
        $"line {failure.LineNumber + 1}, position {failure.BytePositionInLine + 1}. {Reason(failure.Message)}";

    // What the library says of its reader options helps nobody who writes a file.
    private static string Reason(string message) => message.Contains("trailing comma", StringComparison.Ordinal)
        ? "There is a comma after the last item."
        : message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0].Replace(" Change the reader options.", "", StringComparison.Ordinal);
}
