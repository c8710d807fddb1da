using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

/// <summary>What a limit for inactive revisions lets the platform purge.</summary>
public sealed class RetentionForecastTests
{
    [Fact]
    public void The_oldest_inactive_revisions_beyond_the_limit_may_be_purged()
    {
        var forecast = RetentionForecast.Of(Given.Shop(6, InactiveTo(5)), 3);

        Assert.Equal([Given.NameOf(1), Given.NameOf(2)], forecast.MayBePurged.Select(revision => revision.Name));
        Assert.Equal(100, forecast.Before);
        Assert.Equal($"Set limit of inactive revisions from 100 to 3 (lets Azure purge {Given.NameOf(1)}, {Given.NameOf(2)})", forecast.Describe());
    }

    [Fact]
    public void What_is_beyond_the_limit_already_is_not_put_at_risk_by_the_change()
    {
        var forecast = RetentionForecast.Of(Limited(Given.Shop(8, InactiveTo(7)), 5), 4);

        Assert.Equal(3, forecast.MayBePurged.Count);
        Assert.Equal([Given.NameOf(3)], forecast.Endangered.Select(revision => revision.Name));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(100)]
    public void A_higher_or_equal_limit_puts_nothing_at_risk(int limit) =>
        Assert.Empty(RetentionForecast.Of(Limited(Given.Shop(9, InactiveTo(8)), 5), limit).Endangered);

    [Fact]
    public void Active_revisions_do_not_count_and_those_on_their_way_down_do()
    {
        var snapshot = Given.Shop(3, resource => resource.Name == Given.NameOf(1) ? resource with { RunningState = "Deprovisioning" } : resource);

        Assert.Equal(Given.NameOf(1), Assert.Single(RetentionForecast.Of(snapshot, 1).Inactive).Name);
    }

    [Fact]
    public void Many_are_named_by_their_number_the_first_and_the_last() =>
        Assert.Equal(
            $"lets Azure purge 19 inactive revisions, {Given.NameOf(1)} to {Given.NameOf(19)}", RetentionForecast.Of(Given.Shop(21, InactiveTo(20)), 1).Risk());

    [Theory]
    [InlineData(1, 30, false)]
    [InlineData(3, 30, true)]
    [InlineData(2, 20, true)]
    [InlineData(1, 5, true)]
    public void A_limit_must_keep_what_was_made_or_active_within_the_span(int limit, int days, bool isEnough)
    {
        // Ages 40, 25 and 15 days; the first was active until 35 days ago, the others until 25 and 6.
        var forecast = RetentionForecast.Of(
            Given.Snapshot(Given.App() with { LatestRevisionName = Given.NameOf(4) }, Down(1, 40, 35), Down(2, 25, 25), Down(3, 15, 6), Given.Resource(4)), limit);

        var failure = Record.Exception(() => forecast.RequireKept(TimeSpan.FromDays(days), Given.Now));

        Assert.Equal(isEnough, failure is null);
        Assert.True(isEnough || ((RevisionToolsException)failure!).Kind == FailureKind.RetentionTooLow);
    }

    [Fact]
    public void An_old_revision_that_was_active_lately_needs_room_for_all_that_are_younger()
    {
        var snapshot = Given.Snapshot(Given.App(), Down(1, 90, 80), Down(2, 60, 1), Down(3, 50, 49), Down(4, 40, 39));

        var failure = Assert.Throws<RevisionToolsException>(() => RetentionForecast.Of(snapshot, 2).RequireKept(TimeSpan.FromDays(7), Given.Now));

        Assert.Contains("Keeping all 1 inactive revisions", failure.Message, StringComparison.Ordinal);
        Assert.Contains("needs a limit of 3 at least", failure.Message, StringComparison.Ordinal);
        RetentionForecast.Of(snapshot, 3).RequireKept(TimeSpan.FromDays(7), Given.Now);
    }

    [Fact]
    public void What_Azure_does_not_date_is_kept()
    {
        var snapshot = Given.Snapshot(Given.App(), Down(1, 90, 80) with { LastActiveTime = null }, Down(2, 60, 59));

        Assert.Throws<RevisionToolsException>(() => RetentionForecast.Of(snapshot, 1).RequireKept(TimeSpan.FromDays(7), Given.Now));
    }

    [Fact]
    public void What_Azure_does_not_say_the_making_of_is_kept_too()
    {
        var snapshot = Given.Snapshot(Given.App(), Down(1, 90, 80) with { CreatedTime = null }, Down(2, 60, 59) with { CreatedTime = null });

        var failure = Assert.Throws<RevisionToolsException>(() => RetentionForecast.Of(snapshot, 1).RequireKept(TimeSpan.FromDays(7), Given.Now));

        Assert.Equal(FailureKind.RetentionTooLow, failure.Kind);
        RetentionForecast.Of(snapshot, 2).RequireKept(TimeSpan.FromDays(7), Given.Now);
    }

    [Fact]
    public void A_limit_that_would_endanger_more_than_was_agreed_to_is_not_set()
    {
        var approved = RetentionForecast.Of(Given.Shop(6, InactiveTo(4)), 3);
        var fresh = RetentionForecast.Of(Given.Shop(6, InactiveTo(5)), 3);

        var failure = Assert.Throws<RevisionToolsException>(() => fresh.RequireWithin(approved));

        Assert.Equal(FailureKind.RevisionChanged, failure.Kind);
        Assert.Contains(Given.NameOf(2), failure.Message, StringComparison.Ordinal);
        approved.RequireWithin(approved);
    }

    private static Func<RevisionResource, RevisionResource> InactiveTo(int last) => resource =>
        string.CompareOrdinal(resource.Name, Given.NameOf(last)) <= 0 ? resource with { Active = false, RunningState = "Stopped", Replicas = 0 } : resource;

    private static RevisionResource Down(int number, int age, int inactive) => Given.Resource(number, TimeSpan.FromDays(age)) with
    {
        Active = false,
        RunningState = "Stopped",
        LastActiveTime = Given.Now - TimeSpan.FromDays(inactive),
    };

    private static AppSnapshot Limited(AppSnapshot snapshot, int limit) => new(snapshot.App with { MaxInactiveRevisions = limit }, snapshot.Revisions);
}
