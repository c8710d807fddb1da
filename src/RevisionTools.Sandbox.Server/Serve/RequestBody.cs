using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>Reads bodies up to a bound.</summary>
internal static class RequestBody
{
    /// <summary>The whole body; null when it is longer than the bound.</summary>
    internal static async ValueTask<byte[]?> ReadAsync(HttpContext context, int bound)
    {
        var request = context.Request;
        if (request.ContentLength > bound)
        {
            return null;
        }

        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return [];
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            if (read.Buffer.Length > bound)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
