using System.Globalization;

namespace RevisionTools.Sandbox;

/// <summary>A metrics query, read and checked.</summary>
internal sealed class MetricQuery
{
    private const int DefaultTop = 10;

    /// <summary>A little more than a month of minutes.</summary>
    // unconfirmed: that Monitor has a limit is likely, what it is was not looked up; the sandbox needs one.
    private const int MostPoints = 50_000;

    private static readonly (string Text, TimeSpan Span)[] s_intervals =
    [
        ("PT1M", TimeSpan.FromMinutes(1)), ("PT5M", TimeSpan.FromMinutes(5)), ("PT15M", TimeSpan.FromMinutes(15)),
        ("PT30M", TimeSpan.FromMinutes(30)), ("PT1H", TimeSpan.FromHours(1)), ("PT6H", TimeSpan.FromHours(6)),
        ("PT12H", TimeSpan.FromHours(12)), ("P1D", TimeSpan.FromDays(1)),
    ];

    private static readonly string[] s_aggregations = ["Average", "Minimum", "Maximum", "Total", "Count"];

    internal required IReadOnlyList<MetricDefinition> Metrics { get; init; }

    internal required MetricSpan Span { get; init; }

    internal required string Interval { get; init; }

    internal required TimeSpan Step { get; init; }

    /// <summary>Empty takes each metric's own.</summary>
    internal required IReadOnlyList<string> Aggregations { get; init; }

    /// <summary>Null answers one series over all revisions.</summary>
    internal required MetricFilter? Filter { get; init; }

    /// <summary>How many series a filter may bring at most.</summary>
    internal required int Top { get; init; }

    /// <summary>Points in a series.</summary>
    internal int Points => (int)Math.Ceiling((Span.To - Span.From) / Step);

    internal static MetricQuery Parse(ArmRequest request, DateTimeOffset now)
    {
        RequireNamespace(request.Query("metricnamespace"));
        var metrics = ParseNames(request.Query("metricnames"));
        (var interval, var step) = ParseInterval(request.Query("interval"));
        var span = MetricSpan.Parse(request, now);
        if ((span.To - span.From) / step > MostPoints)
        {
            throw new MetricException($"The timespan holds more than {MostPoints} intervals of {interval}.");
        }

        return new MetricQuery
        {
            Metrics = metrics,
            Span = span,
            Interval = interval,
            Step = step,
            Aggregations = ParseAggregations(request.Query("aggregation")),
            Filter = request.Query("$filter") is { Length: > 0 } filter ? MetricFilter.Parse(filter, metrics[0].Name) : null,
            Top = int.TryParse(request.Query("top"), NumberStyles.None, CultureInfo.InvariantCulture, out var top) ? top : DefaultTop,
        };
    }

    private static void RequireNamespace(string? name)
    {
        if (name is not null && !name.Equals(MetricDefinition.Namespace, StringComparison.OrdinalIgnoreCase))
        {
            throw new MetricException($"Invalid metric namespace: {name}");
        }
    }

    /// <summary>The text is that of Monitor; the list of valid ones is as long as the sandbox's.</summary>
    private static MetricDefinition[] ParseNames(string? names) => string.IsNullOrEmpty(names)
        ? MetricDefinition.All
        : [.. names.Split(',').Select(name => MetricDefinition.Find(name.Trim()) ?? throw new MetricException(
            "Failed to find metric configuration for provider: Microsoft.App, resource Type: containerapps, " +
            $"metric: {name.Trim()}, Valid metrics: {string.Join(',', MetricDefinition.All.Select(metric => metric.Name))}"))];

    // unconfirmed: the wording for a bad interval or aggregation is not in the facts (ARM-FACTS 9).
    private static (string Text, TimeSpan Span) ParseInterval(string? text)
    {
        var interval = Array.Find(s_intervals, each => each.Text.Equals(text ?? "PT1M", StringComparison.OrdinalIgnoreCase));
        return interval.Text is null
            ? throw new MetricException(
                $"Detected invalid time grain input: {text}, supported ones are: {string.Join(',', s_intervals.Select(each => each.Span.ToString()))}")
            : interval;
    }

    private static string[] ParseAggregations(string? text) => string.IsNullOrEmpty(text)
        ? []
        : [.. text.Split(',').Select(name => Array.Find(
            s_aggregations, known => known.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) ??
            throw new MetricException($"Detected invalid aggregation input: {name.Trim()}, supported ones are: {string.Join(',', s_aggregations)}"))];
}
