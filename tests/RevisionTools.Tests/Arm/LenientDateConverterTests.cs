using System.Globalization;
using RevisionTools.Arm.Wire;

namespace RevisionTools.Tests.Arm;

public sealed class LenientDateConverterTests
{
    [Theory]
    [InlineData("2025-10-11T16:32:13+00:00", "2025-10-11T16:32:13.0000000")]
    [InlineData("2025-10-11T16:32:13Z", "2025-10-11T16:32:13.0000000")]
    [InlineData("2025-10-11T16:32:13", "2025-10-11T16:32:13.0000000")]
    [InlineData("2025-10-11T16:32:13.1", "2025-10-11T16:32:13.1000000")]
    [InlineData("2025-10-11T16:32:13.987281", "2025-10-11T16:32:13.9872810")]
    [InlineData("2025-10-11T16:32:54.9872819", "2025-10-11T16:32:54.9872819")]
    [InlineData("2025-10-11T16:32:54.9872819Z", "2025-10-11T16:32:54.9872819")]
    [InlineData("2025-10-11T18:32:13+02:00", "2025-10-11T16:32:13.0000000")]
    public void Dates_with_and_without_zone_are_utc(string text, string expected)
    {
        var date = LenientDateConverter.Parse(text);

        Assert.Equal(expected, date?.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, date?.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("10/11/2025 16:32")]
    [InlineData("2025-13-45T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00")]
    public void What_is_no_date_of_an_event_is_unknown(string text) => Assert.Null(LenientDateConverter.Parse(text));
}
