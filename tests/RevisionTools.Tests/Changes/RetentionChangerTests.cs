using RevisionTools.Changes;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Changes;

/// <summary>Changes of the limit of inactive revisions on the sandbox, from the forecast to the end.</summary>
public sealed class RetentionChangerTests : SandboxTest
{
    [Fact]
    public async Task The_limit_is_set_and_the_record_says_what_may_be_purged()
    {
        var change = await ChangeAsync(await ForecastAsync("api-catalog", 50));

        Assert.Equal((100, 50, 104, 54), (change.Before, change.After, change.InactiveCount, change.MayBePurged.Count));
        Assert.Equal("api-catalog--h1n6s8c", change.MayBePurged[0].Name);
        Assert.Contains("late and without a date", change.Message, StringComparison.Ordinal);
        Assert.Equal(50, (await ReadAsync(Shop("api-catalog"))).App.MaxInactiveRevisions);
        Assert.Equal(1, Sandbox.WriteCount);
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task What_the_platform_purges_in_the_end_is_what_was_foretold()
    {
        var change = await ChangeAsync(await ForecastAsync("api-catalog", 50));
        var before = await ReadAsync(Shop("api-catalog"));
        Sandbox.Clock.Advance(TimeSpan.FromHours(13));
        var after = await ReadAsync(Shop("api-catalog"));

        Assert.Equal(change.MayBePurged.Select(revision => revision.Name), before.Revisions.Select(revision => revision.Name).Except(after.Revisions.Select(revision => revision.Name)));
    }

    [Fact]
    public async Task A_limit_that_is_there_already_is_a_success_without_a_write()
    {
        var change = await ChangeAsync(await ForecastAsync("web-shop", 100));

        Assert.Equal((100, 100), (change.Before, change.After));
        Assert.StartsWith("The limit was 100 already.", change.Message, StringComparison.Ordinal);
        Assert.Equal(0, Sandbox.WriteCount);
    }

    [Fact]
    public async Task A_higher_limit_purges_nothing_and_says_what_is_beyond_it()
    {
        await ChangeAsync(await ForecastAsync("api-catalog", 50));

        var change = await ChangeAsync(await ForecastAsync("api-catalog", 60));

        Assert.Equal((50, 60, 44), (change.Before, change.After, change.MayBePurged.Count));
        Assert.StartsWith("A higher limit purges nothing.", change.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_that_went_down_since_the_forecast_and_pushes_another_out_stops_it()
    {
        var forecast = await ForecastAsync("api-catalog", 90);
        await Azure.DeactivateRevisionAsync(new RevisionId(Shop("api-catalog"), "api-catalog--0000104"), CancellationToken.None);
        Sandbox.ClearRequests();

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => ChangeAsync(forecast));

        Assert.Equal((FailureKind.RevisionChanged, 0), (failure.Kind, Sandbox.WriteCount));
    }

    [Fact]
    public async Task What_is_to_be_kept_is_asked_again_right_before_the_write()
    {
        var failure = await Assert.ThrowsAsync<RevisionToolsException>(
            async () => await ChangeAsync(await ForecastAsync("api-catalog", 3), keepSince: TimeSpan.FromDays(10)));

        Assert.Equal((FailureKind.RetentionTooLow, 0), (failure.Kind, Sandbox.WriteCount));
    }

    [Fact]
    public async Task An_app_that_is_busy_for_a_minute_is_waited_for()
    {
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.Status,
            Status = 409,
            ErrorCode = "ContainerAppOperationInProgress",
            Method = "PATCH",
            Times = 5,
        });

        var change = await ChangeAsync(await ForecastAsync("web-landing", 3));

        Assert.Equal((3, 3), (change.After, change.MayBePurged.Count));
    }

    private async Task<RetentionForecast> ForecastAsync(string app, int limit) => RetentionForecast.Of(await ReadAsync(Shop(app)), limit);

    private Task<RetentionChange> ChangeAsync(RetentionForecast forecast, TimeSpan? keepSince = null) =>
        new RetentionChanger(Azure, keepSince, TimeSpan.FromMinutes(5), Output).ChangeAsync(forecast, CancellationToken.None);
}
