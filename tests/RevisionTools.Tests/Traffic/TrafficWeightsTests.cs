using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Traffic;

public sealed class TrafficWeightsTests
{
    [Fact]
    public void A_latest_entry_is_configured_for_the_newest_and_reaches_the_newest_that_is_ready()
    {
        var app = Given.App(traffic: Given.ToLatest(100)) with { LatestRevisionName = Given.NameOf(2), LatestReadyRevisionName = Given.NameOf(1) };

        Assert.Equal((0, 100), Weights(app, 1));
        Assert.Equal((100, 0), Weights(app, 2));
    }

    [Fact]
    public void Entries_of_one_revision_add_up()
    {
        var app = Given.App(traffic: [Given.ToLatest(60), Given.To(2, 30, "blue"), Given.To(1, 10)]) with
        {
            LatestRevisionName = Given.NameOf(2),
            LatestReadyRevisionName = Given.NameOf(2),
        };

        Assert.Equal((90, 90), Weights(app, 2));
        Assert.Equal((10, 10), Weights(app, 1));
    }

    [Fact]
    public void Labels_are_found_at_no_weight_and_without_case()
    {
        var app = Given.App(traffic: [Given.To(1, 0, "old") with { RevisionName = Given.NameOf(1).ToUpperInvariant() }, Given.To(2, 100)]);

        Assert.Equal(["old"], TrafficWeights.Of(app, Given.NameOf(1)).Labels);
        Assert.Empty(TrafficWeights.Of(app, Given.NameOf(2)).Labels);
    }

    [Fact]
    public void A_label_on_a_latest_entry_is_served_by_the_ready_one_until_the_newest_is_ready()
    {
        var app = Given.App(traffic: Given.ToLatest(100) with { Label = "live" }) with
        {
            LatestRevisionName = Given.NameOf(2),
            LatestReadyRevisionName = Given.NameOf(1),
        };

        Assert.Equal(["live"], TrafficWeights.Of(app, Given.NameOf(1)).Labels);
        Assert.Equal(["live"], TrafficWeights.Of(app, Given.NameOf(2)).Labels);
    }

    [Fact]
    public void Without_a_ready_revision_a_latest_entry_reaches_nothing()
    {
        var app = Given.App(traffic: Given.ToLatest(100)) with { LatestRevisionName = Given.NameOf(1) };

        Assert.Equal((100, 0), Weights(app, 1));
    }

    private static (int Configured, int Effective) Weights(ContainerApp app, int number)
    {
        var weights = TrafficWeights.Of(app, Given.NameOf(number));
        return (weights.Configured, weights.Effective);
    }
}
