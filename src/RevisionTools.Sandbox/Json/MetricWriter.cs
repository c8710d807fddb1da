using System.Text.Json;

namespace RevisionTools.Sandbox;

/// <summary>Writes the answer of Monitor to a metrics query (ARM-FACTS 9).</summary>
internal static class MetricWriter
{
    internal static void Write(Utf8JsonWriter writer, SandboxApp app, MetricQuery query, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteNumber("cost", (long)(query.Span.To - query.Span.From).TotalMinutes * query.Metrics.Count);
        writer.WriteString("timespan", query.Span.Text);
        writer.WriteString("interval", query.Interval);
        writer.WriteStartArray("value");
        foreach (var metric in query.Metrics)
        {
            WriteMetric(writer, app, query, metric, now);
        }

        writer.WriteEndArray();
        writer.WriteString("namespace", MetricDefinition.Namespace);
        writer.WriteString("resourceregion", app.Region);
        writer.WriteEndObject();
    }

    private static void WriteMetric(Utf8JsonWriter writer, SandboxApp app, MetricQuery query, MetricDefinition metric, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteString("id", $"{app.Id}/providers/Microsoft.Insights/metrics/{metric.Name}");
        writer.WriteString("type", "Microsoft.Insights/metrics");
        WriteName(writer, metric.Name, metric.DisplayName);
        writer.WriteString("displayDescription", metric.Description);
        writer.WriteString("unit", "Count");
        writer.WriteStartArray("timeseries");
        foreach (var series in MetricSeries.Of(app, query, metric, now))
        {
            WriteSeries(writer, series, query, query.Aggregations.Count == 0 ? [metric.Aggregation] : query.Aggregations);
        }

        writer.WriteEndArray();
        writer.WriteString("errorCode", "Success");
        writer.WriteEndObject();
    }

    private static void WriteSeries(Utf8JsonWriter writer, MetricSeries series, MetricQuery query, IReadOnlyList<string> aggregations)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("metadatavalues");
        if (series.RevisionName is not null)
        {
            // Monitor writes the names of dimensions in lower case.
            writer.WriteStartObject();
            WriteName(writer, "revisionname", "revisionname");
            writer.WriteString("value", series.RevisionName);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data");
        for (var index = 0; index < series.Points.Count; index++)
        {
            WritePoint(writer, query.Span.From + (index * query.Step), series.Points[index], aggregations);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>A point for which there is no sample has its time alone.</summary>
    private static void WritePoint(Utf8JsonWriter writer, DateTimeOffset at, MetricPoint point, IReadOnlyList<string> aggregations)
    {
        writer.WriteStartObject();
        writer.WriteString("timeStamp", MetricSpan.Write(at));
        if (point.Count > 0)
        {
            foreach (var aggregation in aggregations)
            {
                writer.WriteNumber(aggregation.ToLowerInvariant(), Math.Round(point.Value(aggregation), 6));
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter writer, string value, string localizedValue)
    {
        writer.WriteStartObject("name");
        writer.WriteString("value", value);
        writer.WriteString("localizedValue", localizedValue);
        writer.WriteEndObject();
    }
}
