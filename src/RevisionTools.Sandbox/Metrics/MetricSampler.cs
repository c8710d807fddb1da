namespace RevisionTools.Sandbox;

/// <summary>Reads the history of a revision minute by minute, forward only.</summary>
internal sealed class MetricSampler(SandboxRevision revision, MetricDefinition metric)
{
    /// <summary>Of a revision that never changed only the present is known.</summary>
    private readonly IReadOnlyList<RevisionHistory.Change> _changes = revision.History?.Changes ??
        [new RevisionHistory.Change(revision.CreatedTime.UtcTicks, revision.Replicas, revision.RequestRate)];

    private int _index;

    /// <summary>The samples of a span; none before the revision was there.</summary>
    internal MetricPoint Read(long from, long to)
    {
        MetricPoint point = default;
        for (var minute = from; minute < to; minute += TimeSpan.TicksPerMinute)
        {
            ReadMinute(ref point, minute, Math.Min(to, minute + TimeSpan.TicksPerMinute));
        }

        return point;
    }

    private void ReadMinute(ref MetricPoint point, long from, long to)
    {
        (var sum, var time, var least, var most) = (0d, 0d, double.MaxValue, 0d);
        while (Segment(from, to) is { } segment)
        {
            var value = metric.Sample(segment);
            sum += metric.Adds ? value : value * segment.Share;
            time += segment.Share;
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
            from = segment.To;
        }

        if (time > 0)
        {
            var sample = metric.Adds ? sum : sum / time;
            point.Add(sample, metric.Adds ? sample : least, metric.Adds ? sample : most);
        }
    }

    /// <summary>The first stretch within a span in which nothing changes; null when there is none left.</summary>
    private MetricSegment? Segment(long from, long to)
    {
        while (_index + 1 < _changes.Count && _changes[_index + 1].Ticks <= from)
        {
            _index++;
        }

        var change = _changes[_index];
        var begin = Math.Max(from, change.Ticks);
        var end = _index + 1 < _changes.Count ? Math.Min(to, _changes[_index + 1].Ticks) : to;
        return begin < end ? new MetricSegment(begin, end, change.Replicas, change.RequestRate) : null;
    }
}
