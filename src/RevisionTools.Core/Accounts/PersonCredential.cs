using Azure.Core;
using Azure.Identity;

namespace RevisionTools.Accounts;

/// <summary>
/// Asks a person once, for the first token. Later ones come from that sign-in; where it does not suffice any more the run fails, and nobody is
/// asked in the middle of it.
/// </summary>
/// <param name="source">The library's credential, which must not ask by itself.</param>
/// <param name="ask">Lets the person sign in.</param>
internal sealed class PersonCredential(TokenCredential source, Func<TokenRequestContext, CancellationToken, Task> ask) : TokenCredential
{
    private bool _hasAsked;

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return await source.GetTokenAsync(requestContext, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthenticationRequiredException) when (!_hasAsked)
        {
            await ask(requestContext, cancellationToken).ConfigureAwait(false);
            _hasAsked = true;
            return await source.GetTokenAsync(requestContext, cancellationToken).ConfigureAwait(false);
        }
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Tokens are asked for asynchronously only.");
}
