using System.Net;

namespace RevisionTools.Tests.Accounts.StandIns;

/// <summary>Stands in front of Azure Resource Manager and lets nobody in whose token is over.</summary>
internal sealed class TokenGate(TokenOffice office, string audience, HttpMessageHandler arm) : DelegatingHandler(arm)
{
    private int _calls;
    private int _refusals;

    public int Calls => _calls;

    public int Refusals => _refusals;

    /// <summary>What a refusal challenges with; null for nothing.</summary>
    public string? Challenge { get; set; }

    /// <summary>Refuses a token that is good; null for none.</summary>
    public Predicate<HttpRequestMessage>? Revoked { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (office.Refuse(request.Headers.Authorization?.Parameter, audience) is null && Revoked?.Invoke(request) is not true)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        Interlocked.Increment(ref _refusals);
        var refusal = Support.ScriptedHandler.Answer(
            (int)HttpStatusCode.Unauthorized, """{"error":{"code":"ExpiredAuthenticationToken","message":"The access token expiry is in the past."}}""");
        if (Challenge is not null)
        {
            refusal.Headers.TryAddWithoutValidation("WWW-Authenticate", Challenge);
        }

        return refusal;
    }
}
