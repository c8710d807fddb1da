using System.Globalization;

namespace RevisionTools.Sandbox;

/// <summary>The fields of a cron expression, each as a set of bits.</summary>
internal sealed class CronFields
{
    private const int YearsAhead = 8;

    private static readonly string[] s_months =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    private static readonly string[] s_days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly ulong _seconds;
    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _days;
    private readonly ulong _months;
    private readonly ulong _weekdays;

    /// <summary>Five fields: a day fits by its number or its weekday where both are restricted. Six: by both.</summary>
    private readonly bool _fitsEitherDay;

    private CronFields(ulong[] sets, bool fitsEitherDay)
    {
        (_seconds, _minutes, _hours, _days, _months) = (sets[0], sets[1], sets[2], sets[3], sets[4]);

        // Sunday is 0 and 7.
        _weekdays = sets[5] | ((sets[5] >> 7) & 1);
        _fitsEitherDay = fitsEitherDay;
    }

    /// <summary>Null when the text is no expression of five or six fields.</summary>
    internal static CronFields? Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length is not (5 or 6))
        {
            return null;
        }

        var fields = parts.Length == 5 ? ["0", .. parts] : parts;
        var sets = new[]
        {
            Set(fields[0], 0, 59, []), Set(fields[1], 0, 59, []), Set(fields[2], 0, 23, []), Set(fields[3], 1, 31, []),
            Set(fields[4], 1, 12, s_months), Set(fields[5], 0, 7, s_days),
        };
        return Array.Exists(sets, set => set is null or 0)
            ? null
            : new CronFields([.. sets.Select(set => set!.Value)], parts.Length == 5 && fields[3] != "*" && fields[5] != "*");
    }

    /// <summary>The first wall-clock second later than the given one; null when none comes within some years.</summary>
    internal DateTime? Next(DateTime after)
    {
        var time = new DateTime(after.Ticks - (after.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Unspecified).AddSeconds(1);
        var limit = after.Year + YearsAhead;
        while (time.Year < Math.Min(limit, DateTime.MaxValue.Year))
        {
            if (!Has(_months, time.Month))
            {
                time = new DateTime(time.Year, time.Month, 1).AddMonths(1);
            }
            else if (!FitsDay(time))
            {
                time = time.Date.AddDays(1);
            }
            else if (!Has(_hours, time.Hour))
            {
                time = time.Date.AddHours(time.Hour + 1);
            }
            else if (!Has(_minutes, time.Minute))
            {
                time = time.AddSeconds(60 - time.Second);
            }
            else if (!Has(_seconds, time.Second))
            {
                time = time.AddSeconds(1);
            }
            else
            {
                return time;
            }
        }

        return null;
    }

    private static bool Has(ulong set, int value) => ((set >> value) & 1) == 1;

    private bool FitsDay(DateTime time)
    {
        var byNumber = Has(_days, time.Day);
        var byWeekday = Has(_weekdays, (int)time.DayOfWeek);
        return _fitsEitherDay ? byNumber || byWeekday : byNumber && byWeekday;
    }

    /// <summary>The values of a field such as <c>*</c>, <c>*/5</c>, <c>1-5</c>, <c>MON,WED</c>; null when it is malformed.</summary>
    private static ulong? Set(string field, int least, int most, string[] names)
    {
        ulong set = 0;
        foreach (var item in field.Split(','))
        {
            var parts = item.Split('/');
            var step = 1;
            if (parts.Length > 2 || (parts.Length == 2 && (!TryNumber(parts[1], out step) || step < 1)) ||
                Range(parts[0], parts.Length == 2, least, most, names) is not { } range)
            {
                return null;
            }

            for (var value = range.From; value <= range.To; value += step)
            {
                set |= 1UL << value;
            }
        }

        return set;
    }

    private static (int From, int To)? Range(string text, bool hasStep, int least, int most, string[] names)
    {
        if (text is "*" or "?")
        {
            return (least, most);
        }

        var ends = text.Split('-');
        var from = Value(ends[0], least, names);
        var to = ends.Length == 2 ? Value(ends[1], least, names) : hasStep ? most : from;
        return ends.Length <= 2 && from >= least && to <= most && from <= to ? (from, to) : null;
    }

    /// <summary>A number, or a name in its place; -1 when it is neither.</summary>
    private static int Value(string text, int least, string[] names)
    {
        var index = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index + least : TryNumber(text, out var number) ? number : -1;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
