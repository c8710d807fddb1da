using Azure.Core;

namespace RevisionTools.Accounts;

/// <summary>
/// A sign-in of another tool, which is asked anew each time and cannot be told of claims. With the claims of a challenge it gives what it has;
/// Azure says whether that suffices.
/// </summary>
internal sealed class ToolCredential(TokenCredential tool) : TokenCredential
{
    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        tool.GetTokenAsync(new TokenRequestContext(requestContext.Scopes), cancellationToken);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Tokens are asked for asynchronously only.");
}
