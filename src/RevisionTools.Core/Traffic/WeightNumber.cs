using System.Globalization;

namespace RevisionTools.Traffic;

/// <summary>Reads a weight that came in any of the shapes that PowerShell, JSON and CliXml give numbers.</summary>
internal static class WeightNumber
{
    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidTrafficWeight"/></exception>
    public static int Read(object? value, string target) => Whole(value) is { } number and >= 0 and <= 100
        ? (int)number
        : throw new RevisionToolsException(
            FailureKind.InvalidTrafficWeight,
            $"The weight {(value is null ? "that is missing" : $"'{Convert.ToString(value, CultureInfo.InvariantCulture)}'")} for '{target}' is not a whole number from 0 to 100.");

    private static decimal? Whole(object? value)
    {
        decimal? number = value switch
        {
            sbyte or byte or short or ushort or int or uint or long or ulong or decimal => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
            double real when Math.Abs(real) <= 1000 => (decimal)real,
            float real when Math.Abs(real) <= 1000 => (decimal)real,
            string text when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) => read,
            _ => null,
        };
        return number is { } read2 && decimal.Truncate(read2) == read2 ? read2 : null;
    }
}
