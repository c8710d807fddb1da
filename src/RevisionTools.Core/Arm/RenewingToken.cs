using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Azure.Core;

namespace RevisionTools.Arm;

/// <summary>
/// The token of a connection for one purpose: kept, renewed some minutes before its end by the connection's clock, and replaced when Azure
/// refuses it. One caller at a time asks for the next one; the others go on with the present one while it is good, else they wait, each with
/// its own cancellation.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that nobody takes a wait handle of holds nothing.")]
internal sealed class RenewingToken(TokenCredential source, IReadOnlyList<string> scopes, TimeProvider time)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile HeldToken? _held;
    private volatile ExceptionDispatchInfo? _failure;

    public async ValueTask<HeldToken> GetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_held is not { } held || now >= held.End)
        {
            return await ReplaceAsync(other => time.GetUtcNow() < other.End, claims: null, isRefused: false, cancellationToken).ConfigureAwait(false);
        }

        return now < held.RenewAt ? held : await RenewInTimeAsync(held, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The token to try next after Azure has refused one; null where there is none that would fare better.</summary>
    /// <param name="refused">The token that was refused.</param>
    /// <param name="claims">What Azure wants the next one to hold; null where it does not say.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<HeldToken?> ReplaceRefusedAsync(HeldToken refused, string? claims, CancellationToken cancellationToken)
    {
        var isHopeless = claims is null ? refused is { IsAfterRefusal: true, IsAccepted: false } : claims == refused.Claims;
        if (isHopeless)
        {
            return null;
        }

        var next = await ReplaceAsync(other => other.Text != refused.Text, claims, isRefused: true, cancellationToken).ConfigureAwait(false);
        return claims is null && next.Text == refused.Text ? null : next;
    }

    private async ValueTask<HeldToken> RenewInTimeAsync(HeldToken held, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
        {
            return held;
        }

        try
        {
            return _held is { } other && other != held
                ? other
                : _held = await NextAsync(held, null, isRefused: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What is in hand is good for some minutes yet.
            return _held = held.After(time.GetUtcNow());
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<HeldToken> ReplaceAsync(Predicate<HeldToken> isGood, string? claims, bool isRefused, CancellationToken cancellationToken)
    {
        var failureBefore = _failure;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_held is { } other && isGood(other))
            {
                return other;
            }

            if (_failure is { } failure && failure != failureBefore)
            {
                // Whoever was first has failed for all who waited.
                failure.Throw();
            }

            return _held = await NextAsync(_held, claims, isRefused, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<HeldToken> NextAsync(HeldToken? worn, string? claims, bool isRefused, CancellationToken cancellationToken)
    {
        var token = await AskAsync(claims ?? (isRefused ? PastCache(worn) : null), cancellationToken).ConfigureAwait(false);
        if (!isRefused && token.Token == worn?.Text)
        {
            // The library's cache goes by the machine's clock.
            token = await AskAsync(PastCache(worn), cancellationToken).ConfigureAwait(false);
        }

        return HeldToken.Take(token, time.GetUtcNow(), TimeProvider.System.GetUtcNow(), claims, isRefused);
    }

    private ValueTask<AccessToken> AskAsync(string? claims, CancellationToken cancellationToken) =>
        source.GetTokenAsync(new TokenRequestContext([.. scopes], claims: claims, isCaeEnabled: true), cancellationToken);

    /// <summary>Claims that any token given from now on has. A request with claims is not answered from the library's cache.</summary>
    private static string PastCache(HeldToken? worn)
    {
        var issued = worn is null ? null : TokenClaims.Read(worn.Text).IssuedOn;
        var later = ((issued?.ToUnixTimeSeconds() ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
        return $$$"""{"access_token":{"nbf":{"essential":true,"value":"{{{later}}}"} } }""";
    }
}
