using Azure.Core;
using Azure.Identity;

namespace RevisionTools.Accounts;

/// <summary>The default chain of credentials. When none of them is to be had it says what to do, and leaves the long list of reasons to the inner exception.</summary>
/// <param name="chain">The credentials.</param>
/// <param name="advice">The message for when none works.</param>
internal sealed class ChainCredential(TokenCredential chain, string advice) : TokenCredential
{
    /// <summary>The credentials.</summary>
    public TokenCredential Chain => chain;

    /// <summary>The message for when none works.</summary>
    public string Advice => advice;

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return await chain.GetTokenAsync(requestContext, cancellationToken).ConfigureAwait(false);
        }
        catch (CredentialUnavailableException exception)
        {
            throw Failure(exception);
        }
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return chain.GetToken(requestContext, cancellationToken);
        }
        catch (CredentialUnavailableException exception)
        {
            throw Failure(exception);
        }
    }

    private ServiceRequestException Failure(CredentialUnavailableException exception) =>
        new(FailureKind.AuthenticationFailed, advice, exception);
}
