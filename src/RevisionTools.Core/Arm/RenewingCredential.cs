using System.Collections.Concurrent;
using Azure.Core;

namespace RevisionTools.Arm;

/// <summary>
/// The tokens of a connection, each kept and renewed by the connection's clock. The library's own caches go by the machine's, and its
/// policy's cannot be told that Azure has refused what is in it.
/// </summary>
internal sealed class RenewingCredential : TokenCredential
{
    private readonly ConcurrentDictionary<string, RenewingToken> _tokens = new(StringComparer.Ordinal);
    private readonly TokenCredential _source;
    private readonly TimeProvider _time;

    private RenewingCredential(TokenCredential source, TimeProvider time)
    {
        _source = new ReportingCredential(source);
        _time = time;
    }

    /// <summary>A credential that renews; one that does already stays as it is.</summary>
    public static RenewingCredential Over(TokenCredential source, TimeProvider time) =>
        source as RenewingCredential ?? new RenewingCredential(source, time);

    /// <summary>The token for these scopes.</summary>
    public RenewingToken For(IReadOnlyList<string> scopes) =>
        _tokens.GetOrAdd(string.Join(' ', scopes), _ => new RenewingToken(_source, scopes, _time));

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var held = await For(requestContext.Scopes).GetAsync(cancellationToken).ConfigureAwait(false);
        return new AccessToken(held.Text, held.End);
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Tokens are asked for asynchronously only.");
}
