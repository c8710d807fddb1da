using System.Globalization;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

/// <summary>
/// What restic keeps by the same rules of the same dates. Facts taken from restic/restic at a80be14: dates and answers of
/// internal/data/snapshot_policy_test.go with its golden files, and of the examples in doc/060_forget.rst.
/// </summary>
/// <remarks>
/// Left out is what differs on purpose: hours and years, which there are no rules for; tags, which revisions do not have; and the keep-within
/// rules, which go by the newest snapshot there and by the moment of planning here. What restic calls all is a large number here.
/// </remarks>
public sealed class KeepRulesAgainstResticTests
{
    private const string NewestFirst = """
        2016-01-18T12:02:03 2016-01-12T21:08:03 2016-01-12T21:02:03 2016-01-09T21:02:03 2016-01-08T20:02:03 2016-01-07T10:02:03
        2016-01-06T08:02:03 2016-01-05T09:02:03 2016-01-04T16:23:03 2016-01-04T12:30:03 2016-01-04T12:28:03 2016-01-04T12:24:03
        2016-01-04T12:23:03 2016-01-04T11:23:03 2016-01-04T10:23:03 2016-01-03T07:02:03 2016-01-01T07:08:03 2016-01-01T01:03:03
        2016-01-01T01:02:03 2015-11-22T10:20:30 2015-11-21T10:20:30 2015-11-20T10:20:30 2015-11-18T10:20:30 2015-11-15T10:20:30
        2015-11-13T10:20:30.1 2015-11-13T10:20:30 2015-11-12T10:20:30 2015-11-10T10:20:30 2015-11-08T10:20:30 2015-10-22T10:20:30
        2015-10-22T10:20:30 2015-10-22T10:20:30 2015-10-22T10:20:30 2015-10-22T10:20:30 2015-10-20T10:20:30 2015-10-11T10:20:30
        2015-10-10T10:20:30 2015-10-09T10:20:30 2015-10-08T10:20:30 2015-10-06T10:20:30 2015-10-05T10:20:30 2015-10-02T10:20:30
        2015-10-01T10:20:30 2015-09-22T10:20:30 2015-09-20T10:20:30 2015-09-11T10:20:30 2015-09-10T10:20:30 2015-09-09T10:20:30
        2015-09-08T10:20:30 2015-09-06T10:20:30 2015-09-05T10:20:30 2015-09-02T10:20:30 2015-09-01T10:20:30 2015-08-22T10:20:30
        2015-08-21T10:20:30 2015-08-20T10:20:30 2015-08-18T10:20:30 2015-08-15T10:20:30 2015-08-13T10:20:30.1 2015-08-13T10:20:30
        2015-08-12T10:20:30 2015-08-10T10:20:30 2015-08-08T10:20:30 2014-11-22T10:20:30 2014-11-21T10:20:30 2014-11-20T10:20:30
        2014-11-18T10:20:30 2014-11-15T10:20:30 2014-11-13T10:20:30.1 2014-11-13T10:20:30 2014-11-12T10:20:30 2014-11-10T10:20:30
        2014-11-08T10:20:30 2014-10-22T10:20:30 2014-10-20T10:20:30 2014-10-11T10:20:30 2014-10-10T10:20:30 2014-10-09T10:20:30
        2014-10-08T10:20:30 2014-10-06T10:20:30 2014-10-05T10:20:30 2014-10-02T10:20:30 2014-10-01T10:20:30 2014-09-22T10:20:30
        2014-09-20T10:20:30 2014-09-11T10:20:30 2014-09-10T10:20:30 2014-09-09T10:20:30 2014-09-08T10:20:30 2014-09-06T10:20:30
        2014-09-05T10:20:30 2014-09-02T10:20:30 2014-09-01T10:20:30 2014-08-22T10:20:30 2014-08-21T10:20:30 2014-08-20T10:20:30
        2014-08-18T10:20:30 2014-08-15T10:20:30 2014-08-13T10:20:30.1 2014-08-13T10:20:30 2014-08-12T10:20:30 2014-08-10T10:20:30
        2014-08-08T10:20:30
        """;

    private const string Weekdays = """
        2025-05-02T23:00:00 2025-05-02T11:00:00 2025-05-01T11:00:00 2025-04-29T11:00:00 2025-04-28T11:00:00 2025-04-25T23:00:00
        2025-04-25T11:00:00 2025-04-24T11:00:00 2025-04-23T11:00:00 2025-04-22T11:00:00 2025-04-21T11:00:00
        """;

    // Places among the dates above, from 0.
    [Theory]
    [InlineData(10, null, null, null, "0-9")]
    [InlineData(15, null, null, null, "0-14")]
    [InlineData(99, null, null, null, "0-98")]
    [InlineData(200, null, null, null, "0-102")]
    [InlineData(null, 3, null, null, "0-1 3")]
    [InlineData(null, 10, null, null, "0-1 3-8 15-16")]
    [InlineData(null, 30, null, null, "0-1 3-8 15-16 19-24 26-29 34-43")]
    [InlineData(5, 5, null, null, "0-5")]
    [InlineData(2, 10, null, null, "0-1 3-8 15-16")]
    [InlineData(null, null, 2, null, "0-1")]
    [InlineData(null, null, 4, null, "0-1 3 15")]
    [InlineData(null, 3, 4, null, "0-1 3 15")]
    [InlineData(null, null, null, 6, "0 19 29 43 53 63")]
    [InlineData(null, 2, 2, 6, "0-1 19 29 43 53 63")]
    [InlineData(int.MaxValue, null, null, null, "0-102")]
    public void The_same_is_kept(int? last, int? daily, int? weekly, int? monthly, string places)
    {
        ArgumentNullException.ThrowIfNull(places);
        var dates = Dates(NewestFirst);

        var kept = Kept(dates, new RetentionPolicy { KeepLast = last, KeepDaily = daily, KeepWeekly = weekly, KeepMonthly = monthly });

        Assert.Equal(places.Split(' ').SelectMany(Places).Select(place => dates[place]), kept);
    }

    [Fact]
    public void Days_count_only_where_something_was_made()
    {
        var dates = Dates(Weekdays);

        Assert.Equal([dates[0], dates[2], dates[3], dates[4], dates[5]], Kept(dates, new RetentionPolicy { KeepDaily = 5 }));
    }

    // One a day for a hundred years, the last of them on a Sunday: 7 days, 4 more ends of weeks and 11 more of months.
    [Fact]
    public void Days_weeks_and_months_overlap()
    {
        var end = new DateTimeOffset(2025, 6, 29, 3, 0, 0, TimeSpan.Zero);
        var dates = Enumerable.Range(0, 36_525).Select(days => end.AddDays(-days)).ToList();

        var kept = Kept(dates, new RetentionPolicy { KeepDaily = 7, KeepWeekly = 5, KeepMonthly = 12 });

        Assert.Equal(7 + 4 + 11, kept.Count);
        Assert.Equal(dates.Take(7), kept.Take(7));
        Assert.Equal(4, kept.Skip(7).Count(date => date.DayOfWeek == DayOfWeek.Sunday && date.AddDays(1).Day != 1 && date > end.AddDays(-35)));
        Assert.Equal(11, kept.Skip(7).Count(date => date.AddDays(1).Day == 1));
    }

    private static List<DateTimeOffset> Dates(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(date => DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))];

    private static IEnumerable<int> Places(string range)
    {
        var ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }

    /// <summary>The dates of the revisions that are kept, newest first.</summary>
    private static List<DateTimeOffset> Kept(List<DateTimeOffset> dates, RetentionPolicy policy)
    {
        var snapshot = Given.Snapshot(Given.App(), [.. dates.Select((date, index) => Given.Resource(index + 1) with { CreatedTime = date })]);
        var plan = PrunePlanner.Plan(new PruneWorld(snapshot), new PruneRequest(policy, InterlockLifts.None), dates[0].AddHours(1));
        return [.. plan.Entries.Where(entry => entry.Decision == PruneDecision.Keep).Select(entry => entry.CreatedTime!.Value).Reverse()];
    }
}
