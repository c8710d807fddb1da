using Azure.Core;

namespace RevisionTools.Accounts;

/// <summary>Tokens that another module in the caller's session gives.</summary>
/// <param name="ask">See <see cref="SignIn.Caller"/>.</param>
/// <param name="tenantId">The tenant; null for that of the caller.</param>
internal sealed class CallerCredential(Func<CallerTokenRequest, CancellationToken, Task<CallerToken>> ask, string? tenantId) : TokenCredential
{
    private const string ScopeEnd = "/.default";

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var scope = requestContext.Scopes[0];
        var resource = scope.EndsWith(ScopeEnd, StringComparison.Ordinal) ? scope[..^ScopeEnd.Length] : scope;
        var token = await ask(new CallerTokenRequest(resource, tenantId), cancellationToken).ConfigureAwait(false);
        return new AccessToken(token.Text, token.ExpiresOn);
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Tokens are asked for asynchronously only.");
}
