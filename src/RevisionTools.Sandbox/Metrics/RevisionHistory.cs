namespace RevisionTools.Sandbox;

/// <summary>Replicas and rate of requests of a revision over time: the moments of change alone, and no older than Monitor keeps.</summary>
internal sealed class RevisionHistory
{
    /// <summary>For how long Azure Monitor keeps metrics.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(93);

    private readonly List<Change> _changes;

    internal RevisionHistory(DateTimeOffset since, int replicas, double requestRate)
        : this([new Change(since.UtcTicks, replicas, requestRate)])
    {
    }

    private RevisionHistory(List<Change> changes) => _changes = changes;

    /// <summary>Oldest first; each holds until the next.</summary>
    internal IReadOnlyList<Change> Changes => _changes;

    internal RevisionHistory Copy() => new([.. _changes]);

    internal void Add(DateTimeOffset at, int replicas, double requestRate)
    {
        var ticks = at.UtcTicks;
        if (_changes[^1].Ticks == ticks)
        {
            _changes.RemoveAt(_changes.Count - 1);
        }

        _changes.Add(new Change(ticks, replicas, requestRate));
        var forgotten = ticks - Kept.Ticks;
        var old = 0;
        while (old + 1 < _changes.Count && _changes[old + 1].Ticks <= forgotten)
        {
            old++;
        }

        _changes.RemoveRange(0, old);
    }

    /// <summary>From this moment (in UTC ticks) on it was so.</summary>
    internal readonly record struct Change(long Ticks, int Replicas, double RequestRate);
}
