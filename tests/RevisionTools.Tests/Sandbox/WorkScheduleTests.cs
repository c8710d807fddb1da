using System.Globalization;
using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox;

public sealed class WorkScheduleTests
{
    [Theory]
    [InlineData("0 2 * * *", null, "2025-11-03T09:30:00Z", "2025-11-04T02:00:00Z")]
    [InlineData("0 2 * * *", "Europe/Amsterdam", "2025-11-03T09:30:00Z", "2025-11-04T01:00:00Z")]
    [InlineData("30 3 * * *", "Europe/Amsterdam", "2025-07-01T00:00:00Z", "2025-07-01T01:30:00Z")]
    [InlineData("0 */5 * * * *", null, "2025-11-03T09:30:00Z", "2025-11-03T09:35:00Z")]
    [InlineData("*/20 * * * * *", null, "2025-11-03T09:30:05Z", "2025-11-03T09:30:20Z")]
    [InlineData("0 0 9-17 * * MON-FRI", null, "2025-11-07T17:00:00Z", "2025-11-10T09:00:00Z")]
    [InlineData("0 0 1 JAN *", null, "2025-11-03T09:30:00Z", "2026-01-01T00:00:00Z")]
    [InlineData("0 0 29 2 *", null, "2025-11-03T09:30:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 13 * 5", null, "2025-11-03T09:30:00Z", "2025-11-07T00:00:00Z")]
    [InlineData("0 0 0 13 * 5", null, "2025-11-03T09:30:00Z", "2026-02-13T00:00:00Z")]
    [InlineData("0 0 * * 7", null, "2025-11-03T09:30:00Z", "2025-11-09T00:00:00Z")]
    [InlineData("30 2 * * *", "Europe/Amsterdam", "2025-03-29T12:00:00Z", "2025-03-31T00:30:00Z")]
    [InlineData("00:15:00", null, "2025-11-03T09:31:00Z", "2025-11-03T09:45:00Z")]
    [InlineData("PT1H", null, "2025-11-03T09:30:00Z", "2025-11-03T10:00:00Z")]
    public void The_next_time_is_the_first_after_the_given_one(string text, string? zone, string after, string expected) =>
        Assert.Equal(Moment(expected), WorkSchedule.Parse(text, zone)!.Next(Moment(after)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("now and then")]
    [InlineData("* * *")]
    [InlineData("61 * * * *")]
    [InlineData("5-2 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("* * * * FUN")]
    [InlineData("PT")]
    [InlineData("00:00:00")]
    public void What_is_no_schedule_never_comes(string? text) => Assert.Null(WorkSchedule.Parse(text, zone: null));

    [Fact]
    public void A_span_beyond_the_calendar_never_comes() =>
        Assert.Null(WorkSchedule.Parse("10675199.00:00:00", zone: null)!.Next(Moment("2025-11-03T09:30:00Z")));

    [Fact]
    public void A_day_that_never_is_never_comes() => Assert.Null(WorkSchedule.Parse("0 0 31 2 *", null)!.Next(Moment("2025-11-03T09:30:00Z")));

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
