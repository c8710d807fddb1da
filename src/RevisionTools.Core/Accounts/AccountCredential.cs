using Azure.Core;

namespace RevisionTools.Accounts;

/// <summary>A way to sign in, ready to give tokens. Whatever fails comes out as one kind of exception that holds no secret, or as cancellation.</summary>
internal abstract class AccountCredential : TokenCredential
{
    /// <summary>The way in words; null while it is not known which one works.</summary>
    public abstract string? Way { get; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Tokens are asked for asynchronously only.");

    public override string ToString() => Way ?? "not signed in yet";
}
