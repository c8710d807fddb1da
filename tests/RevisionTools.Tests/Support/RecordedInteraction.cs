using System.Text.Json;

namespace RevisionTools.Tests.Support;

/// <summary>One recorded request with its answer.</summary>
internal sealed record RecordedInteraction(
    string File, string Index, string Method, Uri Uri, string? RequestBody, int Status, string? Body,
    IReadOnlyList<(string Name, string Value)> Headers, int Times)
{
    public string Path => Uri.AbsolutePath;

    public JsonElement Json => JsonDocument.Parse(Body!).RootElement;

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public HttpResponseMessage ToResponse() => ScriptedHandler.Answer(Status, Body, [.. Headers]);

    public override string ToString() => $"{File}#{Index} {Method} {Path} -> {Status}";

    public static RecordedInteraction From(string file, JsonElement json) => new(
        file,
        json.GetProperty("index").ToString(),
        json.GetProperty("method").GetString()!,
        new Uri(json.GetProperty("uri").GetString()!),
        Text(json.GetProperty("requestBody")),
        json.GetProperty("status").GetInt32(),
        Text(json.GetProperty("responseBody")),
        [.. json.GetProperty("headers").EnumerateObject().Where(header => header.Name != "content-length")
            .Select(header => (header.Name, header.Value.ToString()))],
        json.TryGetProperty("repeatedTimes", out var times) && times.ValueKind == JsonValueKind.Number ? times.GetInt32() : 1);

    private static string? Text(JsonElement body) => body.ValueKind == JsonValueKind.Null ? null : body.GetRawText();
}
