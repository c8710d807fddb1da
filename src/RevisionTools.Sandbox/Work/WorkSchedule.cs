using System.Globalization;
using System.Xml;

namespace RevisionTools.Sandbox;

/// <summary>When something happens again: cron of five fields, NCRONTAB of six, or a span of time.</summary>
internal sealed class WorkSchedule
{
    private readonly string _text;
    private readonly CronFields? _cron;
    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan _every;

    private WorkSchedule(string text, CronFields? cron, TimeZoneInfo zone, TimeSpan every)
    {
        _text = text;
        _cron = cron;
        _zone = zone;
        _every = every;
    }

    /// <summary>Null when the text is no schedule. An unknown time zone counts as UTC.</summary>
    internal static WorkSchedule? Parse(string? text, string? zone)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (Span(text) is { } every)
        {
            return every >= TimeSpan.FromSeconds(1) ? new WorkSchedule(text, null, TimeZoneInfo.Utc, every) : null;
        }

        var known = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc;
        return CronFields.Parse(text) is { } cron ? new WorkSchedule($"{text} {known.Id}", cron, known, default) : null;
    }

    /// <summary>The first moment later than the given one; null when there is none within some years.</summary>
    internal DateTimeOffset? Next(DateTimeOffset after)
    {
        if (_cron is null)
        {
            // unconfirmed: each host counts a span from its own start; here all count from the same moment.
            var last = after.UtcTicks - (after.UtcTicks % _every.Ticks);
            return _every.Ticks > DateTimeOffset.MaxValue.UtcTicks - last ? null : new DateTimeOffset(last + _every.Ticks, TimeSpan.Zero);
        }

        var local = TimeZoneInfo.ConvertTime(after, _zone).DateTime;
        while (_cron.Next(local) is { } next)
        {
            if (!_zone.IsInvalidTime(next))
            {
                var moment = new DateTimeOffset(next, _zone.GetUtcOffset(next)).ToUniversalTime();
                if (moment > after)
                {
                    return moment;
                }
            }

            local = next;
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static TimeSpan? Span(string text)
    {
        if (text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var plain))
        {
            return plain;
        }

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
