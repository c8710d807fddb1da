namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>The answers of the control calls.</summary>
internal static class ControlJson
{
    internal static byte[] Error(string message) => JsonBytes.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("message", message);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    internal static byte[] Time(DateTimeOffset now) => JsonBytes.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("time", now);
        writer.WriteEndObject();
    });

    /// <summary>Requests in order of arrival; the status is null while there is none.</summary>
    internal static byte[] Log(IReadOnlyList<SandboxRequest> requests) => JsonBytes.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("value");
        foreach (var request in requests)
        {
            writer.WriteStartObject();
            writer.WriteString("time", request.Time);
            writer.WriteString("method", request.Method);
            writer.WriteString("path", request.PathAndQuery);
            if (request.Status is { } status)
            {
                writer.WriteNumber("status", status);
            }
            else
            {
                writer.WriteNull("status");
            }

            writer.WriteBoolean("isWrite", request.IsWrite);
            writer.WriteBoolean("isIntervention", request.IsIntervention);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
