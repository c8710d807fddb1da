using System.Globalization;
using System.Xml;

namespace RevisionTools.Sandbox;

/// <summary>The timespan of a metrics query, <c>from/to</c>: each a moment of ISO 8601, one of them may be a duration.</summary>
/// <param name="From">Its begin, on a whole minute.</param>
/// <param name="To">Its end, on a whole minute, not included.</param>
/// <param name="Text">As it was asked for, to the second.</param>
internal sealed record MetricSpan(DateTimeOffset From, DateTimeOffset To, string Text)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly string[] s_formats =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    /// <summary>The last moment behind which there is a whole minute.</summary>
    private static readonly DateTimeOffset s_last = DateTimeOffset.MaxValue.AddMinutes(-1);

    /// <summary>The last hour when nothing is said.</summary>
    internal static MetricSpan Parse(ArmRequest request, DateTimeOffset now)
    {
        var text = request.Query("timespan");
        if (text is null)
        {
            return Of(now.AddHours(-1), now);
        }

        var parts = text.Split('/');
        var ends = parts.Length switch
        {
            1 => Ends(parts[0], null, now),
            2 => Ends(parts[0], parts[1], now),
            _ => null,
        };
        return ends is ({ } from, { } to) && from < to && to < s_last
            ? Of(from, to)
            : throw new MetricException($"Detected invalid time interval input: {text}");
    }

    private static MetricSpan Of(DateTimeOffset from, DateTimeOffset to)
    {
        var first = Minute(from);
        var last = Minute(to);
        return new(first, last > first ? last : first.AddMinutes(1), $"{Write(from)}/{Write(to)}");
    }

    internal static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset Minute(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static (DateTimeOffset? From, DateTimeOffset? To)? Ends(string first, string? second, DateTimeOffset now)
    {
        var to = second is null ? now : Moment(second);
        var from = Moment(first) ?? Shift(to, -Duration(first));
        return (from, to ?? Shift(from, Duration(second!)));
    }

    /// <summary>Null where one of them is, and where the calendar ends before.</summary>
    private static DateTimeOffset? Shift(DateTimeOffset? moment, TimeSpan? by)
    {
        var ticks = (Int128?)moment?.UtcTicks + by?.Ticks;
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset((long)ticks.Value, TimeSpan.Zero) : null;
    }

    private static DateTimeOffset? Moment(string text) => DateTimeOffset.TryParseExact(
        text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private static TimeSpan? Duration(string text)
    {
        try
        {
            return text.StartsWith('P') ? XmlConvert.ToTimeSpan(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
