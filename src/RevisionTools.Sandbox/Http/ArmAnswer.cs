using System.Net;
using System.Text;
using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>An answer before it becomes an HTTP message: status, body and the headers that are its own.</summary>
internal sealed class ArmAnswer(HttpStatusCode status, byte[] body)
{
    internal HttpStatusCode Status => status;

    internal byte[] Body => body;

    internal List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>ARM itself answers: the headers of the resource provider are not there.</summary>
    internal bool IsOfGateway { get; set; }

    /// <summary>An error by ARM itself, not by the resource provider (ARM-FACTS 3.2).</summary>
    internal bool IsGatewayError => Headers.Exists(header => header is { Key: "x-ms-failure-cause", Value: "gateway" });

    internal static ArmAnswer Ok(Action<Utf8JsonWriter> write) => new(HttpStatusCode.OK, JsonBytes.Of(write));

    internal static ArmAnswer Ok(string text) => Ok(writer => writer.WriteStringValue(text));

    internal static ArmAnswer Empty(HttpStatusCode status) => new(status, []);

    /// <summary>The envelope of ARM-FACTS section 6.</summary>
    internal static ArmAnswer Error(
        HttpStatusCode status, string code, string message, params (string Code, string Message)[] details) =>
        new(status, JsonBytes.Of(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("code", code);
            writer.WriteString("message", message);
            if (details.Length > 0)
            {
                WriteDetails(writer, details);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }));

    internal static ArmAnswer Raw(HttpStatusCode status, string body) => new(status, Encoding.UTF8.GetBytes(body));

    /// <summary>This answer with another body.</summary>
    internal ArmAnswer WithBody(byte[] other)
    {
        ArmAnswer answer = new(status, other) { IsOfGateway = IsOfGateway };
        answer.Headers.AddRange(Headers);
        return answer;
    }

    internal ArmAnswer With(string header, string value)
    {
        Headers.Add(KeyValuePair.Create(header, value));
        return this;
    }

    private static void WriteDetails(Utf8JsonWriter writer, (string Code, string Message)[] details)
    {
        writer.WriteStartArray("details");
        foreach ((var code, var message) in details)
        {
            writer.WriteStartObject();
            writer.WriteString("code", code);
            writer.WriteString("message", message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
