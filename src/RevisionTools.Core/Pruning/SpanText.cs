using System.Globalization;
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
            span = TimeSpan.FromDays((7 * Number("w")) + Number("d")) + TimeSpan.FromHours(Number("h"))
                + TimeSpan.FromMinutes(Number("m")) + TimeSpan.FromSeconds(Number("s"));
        }
        catch (OverflowException)
        {
            return false;
        }

        span = match.Groups["minus"].Success ? -span : span;
        return true;

        double Number(string group) => match.Groups[group] is { Success: true } found ? double.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^\s*(?<minus>-)?(?=\d)((?<w>\d{1,6})w)?((?<d>\d{1,6})d)?((?<h>\d{1,6})h)?((?<m>\d{1,6})m)?((?<s>\d{1,6})s)?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Units();

    [GeneratedRegex(@"^\s*(?<minus>-)?((?<d>\d{1,6})\.)?(?<h>\d{1,6}):(?<m>[0-5]?\d)(:(?<s>[0-5]?\d))?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
