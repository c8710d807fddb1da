using System.Globalization;
using Azure.Core;
using RevisionTools.Arm;

namespace RevisionTools.Accounts;

/// <summary>A token that the user brings along. It cannot be renewed, and its text is never shown.</summary>
internal sealed class StaticTokenCredential : AccountCredential
{
    private static readonly TimeSpan s_assumedLifetime = TimeSpan.FromHours(1);

    private readonly string _token;
    private readonly TimeProvider _time;

    public StaticTokenCredential(string token, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        _token = token.Trim();
        _time = time;
        Claims = TokenClaims.Read(_token);
    }

    public override string Way => SignInWays.Token;

    /// <summary>What the token says about itself.</summary>
    public TokenClaims Claims { get; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (Claims.ExpiresOn is not { } end)
        {
            return new AccessToken(_token, now + s_assumedLifetime);
        }

        return end > now
            ? new AccessToken(_token, end)
            : throw new ServiceRequestException(
                FailureKind.AuthenticationFailed,
                string.Create(CultureInfo.InvariantCulture, $"The access token expired at {end:yyyy-MM-dd HH:mm:ss} UTC."));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));

    public override string ToString() => $"access token of {Claims.AccountName ?? "an unnamed account"}";
}
