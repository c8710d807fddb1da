using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class NamedStateChangeTests
{
    private static readonly HashSet<string> s_nobody = [];

    [Fact]
    public void The_refusal_names_only_what_refuses()
    {
        var shop = Given.Shop(2);

        var change = NamedStateChange.Of(shop.Revisions[1], shop, RevisionState.Inactive, force: true, s_nobody);

        Assert.Equal(InterlockVerdict.Refuse, change.Verdict);
        Assert.Equal([Interlock.CarriesTraffic], change.Interlocks);
        Assert.Contains("Set-AcaTraffic", change.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_consumer_among_others_of_its_source_goes_without_a_word_and_the_only_one_with_a_warning()
    {
        var app = Given.App() with { IngressEnabled = false };
        var rule = new ScaleRule("orders", "azure-queue", new Dictionary<string, string> { ["queueName"] = "orders" });
        var snapshot = Given.Snapshot(
            app,
            Given.Resource(1) with { ScaleRules = [rule] },
            Given.Resource(2) with { ScaleRules = [rule with { Name = "orders-rule" }] },
            Given.Resource(3) with { ScaleRules = [rule with { Name = "mail", Metadata = new Dictionary<string, string> { ["queueName"] = "mail" } }] });

        Assert.Equal("", NamedStateChange.Of(snapshot.Revisions[0], snapshot, RevisionState.Inactive, false, s_nobody).Message);
        Assert.Contains("azure-queue:mail", NamedStateChange.Of(snapshot.Revisions[2], snapshot, RevisionState.Inactive, false, s_nobody).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Single", false, "Refuse")]
    [InlineData("Single", true, "Ask")]
    [InlineData("Multiple", false, "Allow")]
    public void Activation_in_single_mode_would_take_the_live_revision_down(string mode, bool force, string verdict)
    {
        var app = Given.App(mode, Given.ToLatest(100)) with { LatestRevisionName = Given.NameOf(2), LatestReadyRevisionName = Given.NameOf(2) };
        var snapshot = Given.Snapshot(app, Given.Resource(1) with { Active = false, RunningState = "Stopped" }, Given.Resource(2));

        var change = NamedStateChange.Of(snapshot.Revisions[0], snapshot, RevisionState.Active, force, s_nobody);

        Assert.Equal(verdict, change.Verdict.ToString());
        Assert.Equal(mode == "Single", change.Message.Contains(Given.NameOf(2), StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_accepted_binds_no_more_and_what_was_not_does()
    {
        var snapshot = Given.Snapshot(Given.App(traffic: Given.To(9, 100)), Given.Resource(1) with { RunningState = "Dreaming" });
        var change = NamedStateChange.Of(snapshot.Revisions[0], snapshot, RevisionState.Inactive, force: true, s_nobody);

        Assert.Equal([Interlock.LastActive, Interlock.UnknownState], change.Interlocks);
        Assert.Empty(change.Binding(change.Interlocks));
        Assert.Equal([Interlock.UnknownState], change.Binding([Interlock.LastActive]));
    }
}
