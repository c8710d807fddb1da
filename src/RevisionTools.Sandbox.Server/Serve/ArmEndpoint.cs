using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RevisionTools.Sandbox.Server.Serve;

/// <summary>The service's own surface: hands requests to the engine, and its replies to the caller.</summary>
internal sealed class ArmEndpoint(SandboxEngine engine)
{
    /// <summary>ARM takes bodies up to 4 MB.</summary>
    internal const int LongestBody = 4 * 1024 * 1024;

    internal async Task AnswerAsync(HttpContext context)
    {
        if (Address(context) is not { } address)
        {
            await RefuseAsync(context, HttpStatusCode.BadRequest, "BadRequest", "The address of the request is not valid.").ConfigureAwait(false);
        }
        else if (await RequestBody.ReadAsync(context, LongestBody).ConfigureAwait(false) is { } body)
        {
            await ReplyWriter.WriteAsync(context, await ExchangeAsync(context, address, body).ConfigureAwait(false)).ConfigureAwait(false);
        }
        else
        {
            // Code and message as users report them.
            await RefuseAsync(
                context,
                HttpStatusCode.RequestEntityTooLarge,
                "RequestContentTooLarge",
                "The request content size exceeds the maximum size of 4 MB.").ConfigureAwait(false);
        }
    }

    private Task<SandboxReply> ExchangeAsync(HttpContext context, Uri address, byte[] body)
    {
        var headers = context.Request.Headers;
        ArmRequest request = new(
            context.Request.Method.ToUpperInvariant(), address, body, headers.Authorization, CorrelationId(headers["x-ms-correlation-request-id"]));
        return engine.ExchangeAsync(request, context.RequestAborted);
    }

    /// <summary>The caller's own, which comes back in the answer; null where no answer can have it.</summary>
    private static string? CorrelationId(string? sent) => sent is not null && sent.Any(char.IsControl) ? null : sent;

    /// <summary>The address as the caller wrote it, with his own host and port; null when it is none.</summary>
    private static Uri? Address(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var text = target.StartsWith('/') ? $"{context.Request.Scheme}://{context.Request.Host.Value}{target}" : target;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? address
            : null;
    }

    /// <summary>Refuses what never reaches the engine, and so is not in its log.</summary>
    private static Task RefuseAsync(HttpContext context, HttpStatusCode status, string code, string message) =>
        ReplyWriter.WriteAsync(context, (int)status, ArmAnswer.Error(status, code, message).Body);
}
