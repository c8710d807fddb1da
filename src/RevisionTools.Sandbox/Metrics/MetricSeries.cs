namespace RevisionTools.Sandbox;

/// <summary>A row of points: of one revision, or of all together.</summary>
internal sealed class MetricSeries
{
    private MetricSeries(string? revisionName, MetricPoint[] points)
    {
        RevisionName = revisionName;
        Points = points;
    }

    /// <summary>Null for all together.</summary>
    internal string? RevisionName { get; }

    /// <summary>A point without samples has no value.</summary>
    internal IReadOnlyList<MetricPoint> Points { get; }

    /// <summary>
    /// The series of a metric: one where nothing is filtered, else one a revision with something in it, the greatest first.
    /// </summary>
    internal static IReadOnlyList<MetricSeries> Of(SandboxApp app, MetricQuery query, MetricDefinition metric, DateTimeOffset now)
    {
        if (query.Filter is not { } filter)
        {
            return [Sum(app.Revisions.Select(revision => Read(revision, query, metric, now)), query.Points)];
        }

        return
        [
            .. app.Revisions.Where(filter.Takes).Select(revision => Read(revision, query, metric, now))
                .Where(series => series.Points.Any(point => point.Maximum > 0))
                .OrderByDescending(series => series.Points.Sum(point => point.Value(metric.Aggregation)))
                .ThenBy(series => series.RevisionName, StringComparer.Ordinal)
                .Take(query.Top),
        ];
    }

    private static MetricSeries Read(SandboxRevision revision, MetricQuery query, MetricDefinition metric, DateTimeOffset now)
    {
        MetricSampler sampler = new(revision, metric);
        var points = new MetricPoint[query.Points];
        var kept = (now - RevisionHistory.Kept).UtcTicks;
        for (var index = 0; index < points.Length; index++)
        {
            var from = query.Span.From.UtcTicks + (index * query.Step.Ticks);
            points[index] = from < kept
                ? default
                : sampler.Read(from, Math.Min(Math.Min(from + query.Step.Ticks, query.Span.To.UtcTicks), now.UtcTicks));
        }

        return new MetricSeries(revision.Name, points);
    }

    private static MetricSeries Sum(IEnumerable<MetricSeries> all, int count)
    {
        var points = new MetricPoint[count];
        foreach (var series in all)
        {
            for (var index = 0; index < count; index++)
            {
                points[index].Add(series.Points[index]);
            }
        }

        return new MetricSeries(null, points);
    }
}
