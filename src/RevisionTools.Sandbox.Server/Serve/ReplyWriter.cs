using Microsoft.AspNetCore.Http;

namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>Puts answers on the wire, spoiled ones too.</summary>
internal static class ReplyWriter
{
    /// <summary>Not passed on: for a browser it would bind every other server on localhost to HTTPS.</summary>
    private const string TransportSecurity = "Strict-Transport-Security";

    internal static Task WriteAsync(HttpContext context, SandboxReply reply)
    {
        switch (reply.Ending)
        {
            case ReplyEnding.ResetBeforeHeaders:
                context.Abort();
                return Task.CompletedTask;
            case ReplyEnding.NeverComes:
                return Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
            case ReplyEnding.CutBody:
                return CutAsync(context, reply);
            default:
                WriteHead(context, reply);
                return WriteBodyAsync(context, reply.Body);
        }
    }

    /// <summary>An answer in JSON of the server itself.</summary>
    internal static Task WriteAsync(HttpContext context, int status, byte[] json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return WriteBodyAsync(context, json);
    }

    /// <summary>
    /// The headers promise the whole body, the connection ends in the middle of it. Over HTTP/1.1 it ends by itself once less was written
    /// than promised; aborting it would throw away what is still on its way. Over HTTP/2 only the stream is aborted, behind what was sent.
    /// </summary>
    private static async Task CutAsync(HttpContext context, SandboxReply reply)
    {
        WriteHead(context, reply);
        context.Response.ContentLength = reply.Body.Length;
        await context.Response.Body.WriteAsync(reply.Body.AsMemory(0, reply.CutAfter), context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        if (HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            context.Abort();
        }
    }

    private static void WriteHead(HttpContext context, SandboxReply reply)
    {
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
        {
            if (!name.Equals(TransportSecurity, StringComparison.OrdinalIgnoreCase))
            {
                context.Response.Headers.Append(name, value);
            }
        }
    }

    /// <summary>The body and its length; an answer to HEAD has the length only, and one whose status allows no body neither.</summary>
    private static Task WriteBodyAsync(HttpContext context, byte[] body)
    {
        if (context.Response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified)
        {
            return Task.CompletedTask;
        }

        context.Response.ContentLength = body.Length;
        return body.Length == 0 || HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.BodyWriter.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
