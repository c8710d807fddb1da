using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RevisionTools.Pruning;

/// <summary>
/// Reads a span of time as people write it. The framework reads 48:00:00 as 48 days and 7 as 7 days, and PowerShell reads 7 as 7 ticks;
/// a keep rule that is off by such a factor takes down what it should keep.
/// </summary>
internal static partial class SpanText
{
    public const string Forms = "for example 7d, 48h, 2d12h, 48:00:00 or 2.00:00:00";

    /// <summary>Takes units (w, d, h, m, s) or a clock ([d.]h:mm[:ss], hours without a limit); a number alone has no unit and is refused.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        var match = Units().Match(text) is { Success: true } units ? units : Clock().Match(text);
        if (!match.Success)
        {
            return false;
        }

        try
        {
            // Whole ticks in decimals: a double would lose some, and what is written could not be read back as it was.
            var days = (7 * Number("w")) + Number("d");
            var seconds = (((((days * 24) + Number("h")) * 60) + Number("m")) * 60) + Number("s");
            span = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond * (match.Groups["minus"].Success ? -1 : 1)));
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }

        decimal Number(string group) => match.Groups[group] is { Success: true } found ? decimal.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The span with its units, as <see cref="TryParse"/> reads it back: <c>7d</c>, <c>2d12h</c>, <c>1h30m</c>.</summary>
    public static string Format(TimeSpan span)
    {
        var text = new StringBuilder(span < TimeSpan.Zero ? "-" : "");
        Add(Math.Abs((decimal)span.Days), "d");
        Add(Math.Abs((decimal)span.Hours), "h");
        Add(Math.Abs((decimal)span.Minutes), "m");
        Add(Math.Abs((decimal)(span.Ticks % TimeSpan.TicksPerMinute)) / TimeSpan.TicksPerSecond, "s");
        return span == TimeSpan.Zero ? "0s" : text.ToString();

        void Add(decimal amount, string unit)
        {
            if (amount != 0)
            {
                text.Append(amount.ToString("0.#######", CultureInfo.InvariantCulture)).Append(unit);
            }
        }
    }

    // A \d would take the digits of every script, and the framework reads ours only.
    [GeneratedRegex(@"^\s*(?<minus>-)?(?=[0-9])((?<w>[0-9]{1,6})w)?((?<d>[0-9]{1,8})d)?((?<h>[0-9]{1,6})h)?((?<m>[0-9]{1,6})m)?((?<s>[0-9]{1,6}(\.[0-9]{1,7})?)s)?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Units();

    [GeneratedRegex(@"^\s*(?<minus>-)?((?<d>[0-9]{1,6})\.)?(?<h>[0-9]{1,6}):(?<m>[0-5]?[0-9])(:(?<s>[0-5]?[0-9]))?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
