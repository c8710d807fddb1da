namespace RevisionTools.Lifecycle;

/// <summary>
/// Spreads looks in time: a few seconds apart with jitter, and the further apart the more is looked at together, so that all of them
/// stay far below the reads that Azure Resource Manager refills in a second.
/// </summary>
/// <remarks>ARM-FACTS 7: 250 reads and 25 more a second for a subscription, region and principal.</remarks>
internal sealed class PollPace(Random random)
{
    private const double ReadsPerSecond = 3;
    private const int ReadsAtOnce = 30;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(3);

    private readonly object _lock = new();
    private int _reads;

    /// <summary>Takes part; the place is given back by disposing of it.</summary>
    /// <param name="readsPerLook">How many reads one look costs.</param>
    public Place Enter(int readsPerLook)
    {
        lock (_lock)
        {
            var before = _reads;
            _reads += readsPerLook;
            return new Place(this, readsPerLook, TimeSpan.FromSeconds(Math.Max(0, before - ReadsAtOnce) / ReadsPerSecond));
        }
    }

    /// <summary>How long to wait until the next look.</summary>
    public TimeSpan Next()
    {
        lock (_lock)
        {
            var share = TimeSpan.FromSeconds(_reads / ReadsPerSecond);
            return (share > s_interval ? share : s_interval) + TimeSpan.FromSeconds(random.NextDouble());
        }
    }

    private void Leave(int readsPerLook)
    {
        lock (_lock)
        {
            _reads -= readsPerLook;
        }
    }

    /// <summary>A part in the pace.</summary>
    /// <param name="pace">The pace.</param>
    /// <param name="readsPerLook">What it weighs.</param>
    /// <param name="firstLook">How long to hold the first look back, so that very many do not all begin at once.</param>
    internal sealed class Place(PollPace pace, int readsPerLook, TimeSpan firstLook) : IDisposable
    {
        public TimeSpan FirstLook => firstLook;

        public void Dispose() => pace.Leave(readsPerLook);
    }
}
