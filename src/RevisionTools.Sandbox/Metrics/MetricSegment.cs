namespace RevisionTools.Sandbox;

/// <summary>A span of time in which a revision's replicas and its rate of requests stay as they are.</summary>
/// <param name="From">Its begin, in UTC ticks.</param>
/// <param name="To">Its end, in UTC ticks.</param>
/// <param name="Replicas">The replicas.</param>
/// <param name="RequestRate">Requests a second.</param>
internal readonly record struct MetricSegment(long From, long To, int Replicas, double RequestRate)
{
    /// <summary>Whole requests: counted from one fixed moment, so that the parts of a span add up to the span.</summary>
    internal double Requests => Math.Floor(RequestRate * To / TimeSpan.TicksPerSecond) - Math.Floor(RequestRate * From / TimeSpan.TicksPerSecond);

    internal double Share => (To - From) / (double)TimeSpan.TicksPerMinute;
}
