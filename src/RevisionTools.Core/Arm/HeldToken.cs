using Azure.Core;

namespace RevisionTools.Arm;

/// <summary>A token, and how long it is good for by the connection's clock.</summary>
internal sealed class HeldToken
{
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_unknownLifetime = TimeSpan.FromMinutes(5);

    private volatile bool _isAccepted;

    private HeldToken(string text, DateTimeOffset end, DateTimeOffset renewAt)
    {
        Text = text;
        End = end;
        RenewAt = renewAt;
    }

    public string Text { get; }

    public DateTimeOffset End { get; }

    /// <summary>From when on the next one is asked for, while this one is still good.</summary>
    public DateTimeOffset RenewAt { get; private init; }

    /// <summary>Whether Azure had refused the one before.</summary>
    public bool IsAfterRefusal { get; init; }

    /// <summary>The claims that Azure had asked for when it refused the one before.</summary>
    public string? Claims { get; init; }

    /// <summary>Whether Azure has taken it.</summary>
    public bool IsAccepted => _isAccepted;

    /// <summary>Takes a token in that was given just now.</summary>
    /// <param name="token">The token.</param>
    /// <param name="now">The time by the connection's clock.</param>
    /// <param name="machineNow">The time by the machine's clock.</param>
    /// <param name="claims">See <see cref="Claims"/>.</param>
    /// <param name="isAfterRefusal">See <see cref="IsAfterRefusal"/>.</param>
    public static HeldToken Take(AccessToken token, DateTimeOffset now, DateTimeOffset machineNow, string? claims, bool isAfterRefusal)
    {
        var lifetime = Lifetime(token, now, machineNow);
        var unhurried = lifetime - Min(s_margin, lifetime / 2);
        return new HeldToken(token.Token, now + lifetime, now + Max(unhurried, Min(s_pause, lifetime)))
        {
            Claims = claims,
            IsAfterRefusal = isAfterRefusal,
        };
    }

    /// <summary>The same after an attempt to renew it that came to nothing.</summary>
    public HeldToken After(DateTimeOffset failedAttempt)
    {
        var later = new HeldToken(Text, End, failedAttempt + s_pause) { Claims = Claims, IsAfterRefusal = IsAfterRefusal };
        later._isAccepted = _isAccepted;
        return later;
    }

    /// <summary>Notes that Azure has taken it.</summary>
    public void Accept() => _isAccepted = true;

    public override string ToString() => $"a token until {End:u}";

    /// <summary>
    /// Libraries reckon the end from a lifetime with the machine's clock, or hand on what the giver's clock says, which the token says too.
    /// Any of these clocks may be wrong, or run apart from ours. So the shortest reading counts that makes sense of a token that was given
    /// just now; that a reading was too long is told by Azure, which refuses the token.
    /// </summary>
    private static TimeSpan Lifetime(AccessToken token, DateTimeOffset now, DateTimeOffset machineNow)
    {
        var claims = TokenClaims.Read(token.Token);
        TimeSpan?[] readings = [token.ExpiresOn - machineNow, claims.ExpiresOn - now, claims.ExpiresOn - claims.IssuedOn];
        return readings.Where(reading => reading > TimeSpan.Zero).Min() ?? s_unknownLifetime;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
