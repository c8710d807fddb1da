using Azure.Core;

namespace RevisionTools.Accounts;

/// <summary>One way to sign in: a credential of the library, and what its failures mean.</summary>
/// <param name="source">The credential.</param>
/// <param name="diagnosis">Explains its failures.</param>
internal sealed class SourceCredential(TokenCredential source, SignInDiagnosis diagnosis) : AccountCredential
{
    public override string Way => diagnosis.Way;

    /// <summary>The credential.</summary>
    internal TokenCredential Source => source;

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return await source.GetTokenAsync(requestContext, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw diagnosis.Explain(failure);
        }
    }
}
