using System.Text.Json;

namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>The answers of the control calls.</summary>
internal static class ControlJson
{
    /// <summary>An error; with the JSON path where the body is at fault.</summary>
    internal static byte[] Error(string message, string? path) => JsonBytes.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        if (path is not null)
        {
            writer.WriteString("path", path);
        }

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

    /// <summary>The present state as a scenario that can be served again, and what a scenario does not hold.</summary>
    internal static byte[] State(ContainerAppsSandbox sandbox) => JsonBytes.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("scenario");
        writer.WriteRawValue(sandbox.Export().ToJson());
        writer.WriteStartObject("counters");
        writer.WriteNumber("requests", sandbox.Requests.Count);
        writer.WriteNumber("writes", sandbox.WriteCount);
        writer.WriteNumber("inFlight", sandbox.InFlight);
        writer.WriteStartArray("buckets");
        foreach (var bucket in sandbox.Engine.Look(sandbox.Engine.Throttle.Left))
        {
            WriteBucket(writer, bucket);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("queues");
        foreach (var queue in sandbox.Queues)
        {
            WriteQueue(writer, queue);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
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

    private static void WriteQueue(Utf8JsonWriter writer, SandboxQueueCount queue)
    {
        writer.WriteStartObject();
        writer.WriteString("name", queue.Name);
        writer.WriteBoolean("isTimer", queue.IsTimer);
        writer.WriteNumber("waiting", queue.Waiting);
        writer.WriteNumber("arrived", queue.Arrived);
        writer.WriteStartObject("consumed");
        foreach (var (revision, count) in queue.Consumed.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteNumber(revision, count);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteBucket(Utf8JsonWriter writer, BucketState bucket)
    {
        writer.WriteStartObject();
        writer.WriteString("scope", bucket.Scope);
        if (bucket.Principal is not null)
        {
            writer.WriteString("principal", bucket.Principal);
        }

        writer.WriteString("class", bucket.Class);
        writer.WriteNumber("left", bucket.Left);
        writer.WriteEndObject();
    }
}
