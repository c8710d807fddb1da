using Azure.Core;
using Azure.Identity;

namespace RevisionTools.Accounts;

/// <summary>
/// Looks once, and for a short while, whether the metadata service of Azure's virtual machines is there, before a credential asks it in
/// earnest: where it is not, the credential would try for half a minute to find that out.
/// </summary>
/// <param name="source">The credential.</param>
/// <param name="settings">The way there, and the clock.</param>
internal sealed class MetadataServiceLook(TokenCredential source, CredentialSettings settings) : TokenCredential
{
    private const string DefaultHost = "http://169.254.169.254";
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);

    private bool _isThere;

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        if (!Volatile.Read(ref _isThere))
        {
            await FindAsync(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _isThere, true);
        }

        return await source.GetTokenAsync(requestContext, cancellationToken).ConfigureAwait(false);
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Tokens are asked for asynchronously only.");

    /// <summary>Whatever the service answers, it is there; it refuses requests that lack its header.</summary>
    private async Task FindAsync(CancellationToken cancellationToken)
    {
        var host = settings.Variable("AZURE_POD_IDENTITY_AUTHORITY_HOST") ?? DefaultHost;
        using var limit = new CancellationTokenSource(s_timeout, settings.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var client = new HttpClient(SignInTransport.ToMachine(settings), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
            using var answer = await client.GetAsync(new Uri(new Uri(host), "/metadata/identity/oauth2/token"), HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            throw new CredentialUnavailableException("The metadata service does not answer.", failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CredentialUnavailableException($"The metadata service does not answer within {s_timeout.TotalSeconds:0} second.", failure);
        }
    }
}
