namespace RevisionTools.Sandbox;

/// <summary>
/// A bucket of tokens that refills with time (ARM-FACTS 7). Once it was found empty it refuses until it is full again, and says how long:
/// 250 tokens at 25 a second make the 10 seconds that were captured.
/// </summary>
// unconfirmed: that it refuses until it is full; another capture has 6 seconds.
internal sealed class TokenBucket(int size, int refillPerSecond)
{
    private double _tokens = size;
    private DateTimeOffset _filled = DateTimeOffset.MinValue;
    private DateTimeOffset _refusesUntil = DateTimeOffset.MinValue;

    /// <summary>Whole tokens that are left.</summary>
    internal int Left => (int)_tokens;

    /// <summary>How long a request would be refused; zero when there is a token for it.</summary>
    internal TimeSpan Wait(DateTimeOffset now)
    {
        Fill(now);
        if (_refusesUntil <= now && _tokens < 1)
        {
            _refusesUntil = now.AddSeconds((size - _tokens) / refillPerSecond);
        }

        return _refusesUntil > now ? _refusesUntil - now : TimeSpan.Zero;
    }

    internal int LeftAt(DateTimeOffset now)
    {
        Fill(now);
        return Left;
    }

    internal void Take(DateTimeOffset now)
    {
        Fill(now);
        _tokens = Math.Max(0, _tokens - 1);
    }

    private void Fill(DateTimeOffset now)
    {
        // A clock that was set back refills nothing.
        if (_filled > DateTimeOffset.MinValue && now > _filled)
        {
            _tokens = Math.Min(size, _tokens + ((now - _filled).TotalSeconds * refillPerSecond));
        }

        _filled = now;
    }
}
