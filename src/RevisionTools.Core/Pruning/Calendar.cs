using System.Globalization;

namespace RevisionTools.Pruning;

/// <summary>Says on which day, in which week and in which month something was made, by the clocks of one time zone.</summary>
internal sealed class Calendar(string? timeZone)
{
    private readonly TimeZoneInfo _zone = timeZone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(timeZone);

    /// <summary>The first day of the unit that a moment lies in: the same for all moments of it.</summary>
    public DateOnly Begin(DateTimeOffset moment, CalendarUnit unit)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, _zone).DateTime);
        return unit switch
        {
            CalendarUnit.Day => day,

            // A week has its days on both sides of New Year.
            CalendarUnit.Week => DateOnly.FromDayNumber(Math.Max(0, day.DayNumber - (((int)day.DayOfWeek + 6) % 7))),
            _ => new DateOnly(day.Year, day.Month, 1),
        };
    }

    /// <summary>The unit that begins on a day, in words.</summary>
    public static string Name(DateOnly begin, CalendarUnit unit) => unit switch
    {
        CalendarUnit.Day => begin.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CalendarUnit.Week => begin.ToString("'the week of 'yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => begin.ToString("yyyy-MM", CultureInfo.InvariantCulture),
    };
}
