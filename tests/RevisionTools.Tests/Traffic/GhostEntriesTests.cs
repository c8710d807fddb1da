using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Traffic;

/// <summary>Entries of a revision, the ninth, that Azure has purged.</summary>
public sealed class GhostEntriesTests
{
    private static readonly TrafficEntry[] s_light = [Given.To(2, 100, "stable"), Given.To(9, 0, "old")];
    private static readonly TrafficEntry[] s_heavy = [Given.To(2, 90, "stable"), Given.To(9, 10, "old")];

    [Fact]
    public void A_ghost_without_weight_is_left_out_of_every_change_and_that_is_said()
    {
        var shop = Shop(s_light);

        var plan = new TrafficPlan(shop, PutLabelEdit.Of("next", Given.NameOf(3), force: false, shop.App));

        Assert.Equal([Given.To(2, 100, "stable"), Given.To(3, 0, "next")], plan.After);
        Assert.Equal([$"'{Given.NameOf(9)}' is not there any more: its entry goes, and label old with it, whose host is dead."], plan.Consequences);
        Assert.Contains(plan.Consequences[0], plan.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_to_be_done_a_ghost_is_no_reason_to_write()
    {
        Assert.False(new TrafficPlan(Shop(s_light), new RestoreEdit(s_light, s_light, allowNotReady: false)).IsNeeded);
        Assert.False(new TrafficPlan(Shop(s_light), Weights(Shop(s_light), "stable", 100)).IsNeeded);
    }

    [Fact]
    public void A_saved_table_is_restored_without_its_ghosts_and_that_is_known_to_be_done()
    {
        var edit = new RestoreEdit(s_light, [Given.To(3, 100)], allowNotReady: false);

        Assert.Equal([Given.To(2, 100, "stable")], edit.Apply(Shop(Given.To(3, 100))));
        Assert.Equal([Given.To(2, 100, "stable")], edit.Apply(Shop(Given.To(2, 100, "stable"))));
        Refused(Shop(Given.To(3, 100)), new RestoreEdit(s_heavy, [Given.To(3, 100)], allowNotReady: false));
    }

    [Fact]
    public void A_ghost_with_weight_forbids_every_change_that_leaves_it_any()
    {
        var shop = Shop(s_heavy);

        var failure = Refused(shop, PutLabelEdit.Of("next", Given.NameOf(3), force: false, shop.App));

        Assert.Contains($"Set-AcaTraffic web-shop -ResourceGroupName rg-shop -Weight @{{ '{Given.NameOf(9)}' = 0 }} -Remainder", failure.Message, StringComparison.Ordinal);
        Refused(shop, Weights(shop, "0000003", 5, remainder: "stable"));
        Refused(shop, Weights(shop, "0000009", 20, remainder: "stable"));
    }

    [Theory]
    [InlineData("0000009")]
    [InlineData("revision:web-shop--0000009")]
    [InlineData("old")]
    public void A_ghost_can_be_given_nothing_and_that_is_known_to_be_done(string name)
    {
        var edit = Weights(Shop(s_heavy), name, 0, remainder: "stable");

        Assert.Equal([Given.To(2, 100, "stable")], edit.Apply(Shop(s_heavy)));
        Assert.Equal([Given.To(2, 100, "stable")], edit.Apply(Shop(Given.To(2, 100, "stable"))));
    }

    [Fact]
    public void All_to_another_cures_the_table_and_all_to_a_ghost_is_refused()
    {
        var shop = Shop(s_heavy);

        Assert.Equal([Given.To(2, 100, "stable")], new AllToEdit(TrafficTargets.Find("stable", shop), allowNotReady: false).Apply(shop));
        Refused(shop, new AllToEdit(TrafficTargets.Find("0000009", shop), allowNotReady: true));
    }

    [Fact]
    public void A_label_comes_off_a_ghost() =>
        Assert.Equal([Given.To(2, 100, "stable")], new TakeOffLabelsEdit([new TrafficTarget(Given.NameOf(9), "old")]).Apply(Shop(s_light)));

    private static RevisionToolsException Refused(AppSnapshot snapshot, TrafficEdit edit)
    {
        var failure = Assert.Throws<RevisionToolsException>(() => edit.Apply(snapshot));
        Assert.Equal(FailureKind.TrafficTargetNotFound, failure.Kind);
        return failure;
    }

    private static WeightEdit Weights(AppSnapshot snapshot, string target, int weight, string? remainder = null) =>
        WeightEdit.Of([KeyValuePair.Create(target, weight)], remainder, allowNotReady: false, snapshot);

    private static AppSnapshot Shop(params TrafficEntry[] traffic)
    {
        var shop = Given.Shop(4);
        return Given.Snapshot(shop.App with { Traffic = traffic }, Given.Resource(1), Given.Resource(2), Given.Resource(3), Given.Resource(4));
    }
}
