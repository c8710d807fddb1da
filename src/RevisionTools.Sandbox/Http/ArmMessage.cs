using System.Net;
using System.Net.Http.Headers;

namespace RevisionTools.Sandbox;

/// <summary>Turns an answer into an HTTP message, with the headers that every ARM answer has.</summary>
internal static class ArmMessage
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json", "utf-8");

    internal static HttpResponseMessage Of(ArmAnswer answer, HttpRequestMessage request, DateTimeOffset now, Guid requestId)
    {
        HttpResponseMessage message = new(answer.Status)
        {
            RequestMessage = request,
            Version = HttpVersion.Version11,
            Content = new ByteArrayContent(answer.Body),
        };
        message.Headers.Date = now;
        message.Headers.TryAddWithoutValidation("Cache-Control", "no-cache");
        message.Headers.TryAddWithoutValidation("Pragma", "no-cache");
        message.Headers.TryAddWithoutValidation("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        message.Headers.TryAddWithoutValidation("X-Content-Type-Options", "nosniff");
        message.Headers.TryAddWithoutValidation("x-ms-request-id", requestId.ToString());
        message.Headers.TryAddWithoutValidation("x-ms-correlation-request-id", CorrelationId(request, requestId));
        foreach ((var name, var value) in answer.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        SetContentHeaders(message.Content.Headers, answer.Body.Length);
        return message;
    }

    internal static void SetContentHeaders(HttpContentHeaders headers, int length)
    {
        headers.ContentLength = length;
        headers.TryAddWithoutValidation("Expires", "-1");
        if (length > 0)
        {
            headers.ContentType = s_json;
        }
    }

    /// <summary>A correlation id that the caller sent comes back.</summary>
    private static string CorrelationId(HttpRequestMessage request, Guid requestId) =>
        request.Headers.TryGetValues("x-ms-correlation-request-id", out var sent)
            ? sent.First()
            : requestId.ToString();
}
