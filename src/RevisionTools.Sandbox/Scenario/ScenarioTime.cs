using System.Globalization;
using System.Text.Json.Serialization;
using System.Xml;

namespace RevisionTools.Sandbox;

/// <summary>A moment in a scenario: absolute, or counted from the scenario's own time.</summary>
/// <remarks>In JSON an ISO 8601 time (<c>2026-01-15T09:00:00Z</c>; without a zone it is UTC) or an ISO 8601 duration
/// (<c>-P3DT2H</c> is three days and two hours before the scenario's time).</remarks>
[JsonConverter(typeof(ScenarioTimeConverter))]
public readonly record struct ScenarioTime
{
    private static readonly string[] s_formats =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    private static readonly DateTimeOffset s_first = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly long _ticks;

    private ScenarioTime(long ticks, bool isRelative)
    {
        _ticks = ticks;
        IsRelative = isRelative;
    }

    /// <summary>All moments lie before this one.</summary>
    internal static DateTimeOffset End { get; } = new(2900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>No span of time is longer.</summary>
    internal static TimeSpan Longest { get; } = TimeSpan.FromDays(36_525);

    /// <summary>Whether it counts from the scenario's time.</summary>
    public bool IsRelative { get; }

    /// <summary>An absolute moment.</summary>
    /// <param name="time">The moment.</param>
    /// <returns>The moment, in UTC.</returns>
    public static ScenarioTime At(DateTimeOffset time) => new(time.UtcTicks, isRelative: false);

    /// <summary>A moment before the scenario's time.</summary>
    /// <param name="span">How long before.</param>
    /// <returns>The moment.</returns>
    public static ScenarioTime Ago(TimeSpan span) => new(-span.Ticks, isRelative: true);

    /// <summary>Reads either form; from the years 1900 to 2900, and not more than a hundred years away.</summary>
    /// <param name="text">An ISO 8601 time or duration.</param>
    /// <param name="time">The moment.</param>
    /// <returns>Whether it could be read.</returns>
    public static bool TryParse(string? text, out ScenarioTime time)
    {
        if (DateTimeOffset.TryParseExact(
            text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var absolute))
        {
            time = At(absolute);
            return absolute >= s_first && absolute < End;
        }

        time = default;
        try
        {
            var span = XmlConvert.ToTimeSpan(text ?? "");
            time = new ScenarioTime(span.Ticks, isRelative: true);
            return span <= Longest && span >= -Longest;
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>The moment itself.</summary>
    /// <param name="start">The scenario's time.</param>
    /// <returns>The moment, in UTC.</returns>
    public DateTimeOffset Resolve(DateTimeOffset start) =>
        IsRelative ? start + TimeSpan.FromTicks(_ticks) : new DateTimeOffset(_ticks, TimeSpan.Zero);

    /// <summary>The moment that lies so much before.</summary>
    internal ScenarioTime Earlier(TimeSpan by) => new(_ticks - by.Ticks, IsRelative);

    /// <summary>The form that JSON has.</summary>
    /// <returns>An ISO 8601 time or duration.</returns>
    public override string ToString() => IsRelative
        ? XmlConvert.ToString(TimeSpan.FromTicks(_ticks))
        : new DateTime(_ticks, DateTimeKind.Utc).ToString(s_formats[0], CultureInfo.InvariantCulture);
}
