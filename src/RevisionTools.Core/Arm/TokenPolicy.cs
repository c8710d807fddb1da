using Azure.Core;
using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>
/// Adds the token, asked for anew for each try. Where Azure refuses it, with a challenge or without, the next one is got and the request sent
/// again, once. A message that may be sent only once (<see cref="SendOnce"/>) is left refused, and marked where there is a new token.
/// </summary>
/// <remarks>It stands behind the guard of the endpoint, so no other host gets a token, and no other host's challenge is answered.</remarks>
internal sealed class TokenPolicy(RenewingToken token) : HttpPipelinePolicy
{
    private const int Unauthorized = 401;
    private const string Header = "Authorization";
    private const string Scheme = "Bearer ";

    /// <summary>Whether a message was refused for its token, and a new one is there.</summary>
    public static bool HasRenewed(HttpMessage message) => message.TryGetProperty(typeof(TokenPolicy), out _);

    /// <summary>The token that a request was sent with last; null before that.</summary>
    public static string? TokenOf(Request request) => request.Headers.TryGetValue(Header, out var value) ? value?[Scheme.Length..] : null;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var held = await token.GetAsync(message.CancellationToken).ConfigureAwait(false);
        await SendAsync(message, pipeline, held).ConfigureAwait(false);
        if (message.Response.Status != Unauthorized)
        {
            return;
        }

        var next = await token.ReplaceRefusedAsync(held, ClaimsChallenge.Of(message.Response), message.CancellationToken).ConfigureAwait(false);
        if (next is null)
        {
            return;
        }

        if (SendOnce.IsDemanded(message))
        {
            message.SetProperty(typeof(TokenPolicy), true);
            return;
        }

        message.Response.ContentStream?.Dispose();
        await SendAsync(message, pipeline, next).ConfigureAwait(false);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Requests are sent asynchronously only.");

    private static async ValueTask SendAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline, HeldToken held)
    {
        message.Request.Headers.SetValue(Header, $"{Scheme}{held.Text}");
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        if (message.Response.Status != Unauthorized)
        {
            held.Accept();
        }
    }
}
