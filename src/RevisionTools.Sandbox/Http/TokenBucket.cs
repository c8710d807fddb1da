namespace RevisionTools.Sandbox;

/// <summary>A bucket of tokens that refills with time (ARM-FACTS 7).</summary>
internal sealed class TokenBucket(int size, int refillPerSecond)
{
    private double _tokens = size;
    private DateTimeOffset _filled = DateTimeOffset.MinValue;

    /// <summary>Takes one and says how many are left; 0 when it was empty.</summary>
    internal int Take(DateTimeOffset now)
    {
        if (_filled > DateTimeOffset.MinValue)
        {
            var refill = Math.Max(0, (now - _filled).TotalSeconds) * refillPerSecond;
            _tokens = Math.Min(size, _tokens + refill);
        }

        _filled = now;
        _tokens = Math.Max(0, _tokens - 1);
        return (int)_tokens;
    }
}
