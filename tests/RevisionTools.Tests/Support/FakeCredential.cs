using Azure.Core;

namespace RevisionTools.Tests.Support;

/// <summary>Gives a token that no service knows, or fails.</summary>
internal sealed class FakeCredential(Exception? failure = null, string token = "token-of-the-test") : TokenCredential
{
    public int Calls { get; private set; }

    /// <summary>What the last token was asked for.</summary>
    public IReadOnlyList<string> Scopes { get; private set; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Calls++;
        Scopes = requestContext.Scopes;
        return failure is null ? new AccessToken(token, DateTimeOffset.UtcNow.AddHours(1)) : throw failure;
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
