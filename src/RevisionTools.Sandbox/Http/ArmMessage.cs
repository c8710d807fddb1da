using System.Net;
using System.Net.Sockets;

namespace RevisionTools.Sandbox;

/// <summary>HTTP messages of <see cref="HttpClient"/> in terms of the engine, and back.</summary>
internal static class ArmMessage
{
    private static readonly HashSet<string> s_contentHeaders = new(["Content-Type", "Expires"], StringComparer.OrdinalIgnoreCase);

    internal static async Task<ArmRequest> ReadAsync(HttpRequestMessage message)
    {
        var body = message.Content is null
            ? []
            : await message.Content.ReadAsByteArrayAsync(CancellationToken.None).ConfigureAwait(false);
        return new ArmRequest(
            message.Method.Method.ToUpperInvariant(),
            message.RequestUri ?? throw new InvalidOperationException("The request has no address."),
            body,
            message.Headers.Authorization?.ToString(),
            message.Headers.TryGetValues("x-ms-correlation-request-id", out var sent) ? sent.First() : null);
    }

    /// <exception cref="HttpRequestException">The connection dies before the answer.</exception>
    /// <exception cref="TaskCanceledException">The answer never comes: as if the caller's time-out had passed.</exception>
    internal static HttpResponseMessage Of(SandboxReply reply, HttpRequestMessage request) => reply.Ending switch
    {
        ReplyEnding.ResetBeforeHeaders => throw Reset(),
        ReplyEnding.NeverComes => throw TimedOut(),
        ReplyEnding.CutBody => Write(reply, request, new StreamContent(new TruncatedStream(reply.Body, reply.CutAfter))),
        _ => Write(reply, request, new ByteArrayContent(reply.Body)),
    };

    private static HttpResponseMessage Write(SandboxReply reply, HttpRequestMessage request, HttpContent content)
    {
        HttpResponseMessage message = new((HttpStatusCode)reply.Status)
        {
            RequestMessage = request,
            Version = HttpVersion.Version11,
            Content = content,
        };
        content.Headers.ContentLength = reply.Body.Length;
        foreach ((var name, var value) in reply.Headers)
        {
            if (s_contentHeaders.Contains(name))
            {
                content.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    /// <summary>What HttpClient throws when the peer closes the connection before the answer.</summary>
    private static HttpRequestException Reset()
    {
        SocketException reset = new((int)SocketError.ConnectionReset);
        return new HttpRequestException(
            HttpRequestError.Unknown,
            "An error occurred while sending the request.",
            new IOException($"Unable to read data from the transport connection: {reset.Message}.", reset));
    }

    /// <summary>What HttpClient throws when its time-out passes.</summary>
    private static TaskCanceledException TimedOut()
    {
        const string Words = "The request was canceled because no answer came in time.";
        return new TaskCanceledException(Words, new TimeoutException(Words));
    }
}
