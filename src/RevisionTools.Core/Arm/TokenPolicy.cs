using Azure.Core;
using Azure.Core.Pipeline;

namespace RevisionTools.Arm;

/// <summary>Adds the token. Azure.Core's policy sends a request again when Azure challenges its token, which <see cref="SendOnce"/> forbids.</summary>
internal sealed class TokenPolicy(TokenCredential credential, IEnumerable<string> scopes) : BearerTokenAuthenticationPolicy(credential, scopes)
{
    protected override ValueTask<bool> AuthorizeRequestOnChallengeAsync(HttpMessage message) =>
        SendOnce.IsDemanded(message) ? new(false) : base.AuthorizeRequestOnChallengeAsync(message);
}
