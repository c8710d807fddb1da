using RevisionTools.Changes;
using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Traffic;

public sealed class LabelEditTests
{
    private static readonly TrafficEntry[] s_table = [Given.To(2, 90, "stable"), Given.To(3, 10, "canary")];

    [Fact]
    public void A_label_on_a_revision_that_is_not_in_the_table_adds_an_entry_of_nothing() =>
        Assert.Equal([.. s_table, Given.To(4, 0, "next")], Put("next", 4).Apply(Shop()));

    [Fact]
    public void A_second_label_on_a_revision_is_a_second_entry() =>
        Assert.Equal([.. s_table, Given.To(3, 0, "next")], Put("next", 3).Apply(Shop()));

    [Fact]
    public void A_label_that_is_there_already_is_left() => Assert.Equal(s_table, Put("canary", 3).Apply(Shop()));

    [Fact]
    public void A_label_that_is_elsewhere_is_moved_by_force_only()
    {
        Refused(FailureKind.DuplicateLabel, Put("canary", 4));

        Assert.Equal([Given.To(2, 90, "stable"), Given.To(3, 10), Given.To(4, 0, "canary")], Put("canary", 4, force: true).Apply(Shop()));
    }

    [Fact]
    public void Force_moves_a_label_from_where_it_was_seen_and_from_nowhere_else()
    {
        var edit = Put("canary", 4, force: true);

        Refused(FailureKind.TrafficChanged, edit, Given.To(2, 90, "canary"), Given.To(3, 10));
        Assert.Equal([Given.To(2, 90, "stable"), Given.To(3, 10), Given.To(4, 0, "canary")], edit.Apply(Shop(Given.To(2, 90, "stable"), Given.To(3, 10))));
    }

    [Fact]
    public void A_label_that_somebody_else_has_set_meanwhile_is_not_taken() =>
        Refused(FailureKind.DuplicateLabel, Put("next", 4), Given.To(2, 100, "next"));

    [Fact]
    public void An_inactive_or_missing_revision_gets_no_label()
    {
        Refused(FailureKind.TrafficTargetInactive, Put("next", 1));
        Refused(FailureKind.TrafficTargetInactive, Put("canary", 1, force: true));
        Refused(FailureKind.RevisionNotFound, Put("next", 9));
    }

    [Theory]
    [InlineData("Canary")]
    [InlineData("1st")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("a_b")]
    [InlineData("a\n")]
    [InlineData("")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void A_label_that_Azure_would_refuse_is_refused(string label) =>
        Assert.Equal(FailureKind.InvalidLabel, Assert.Throws<RevisionToolsException>(() => Put(label, 4)).Kind);

    [Theory]
    [InlineData("a")]
    [InlineData("a-1")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void A_label_that_Azure_takes_is_taken(string label) => Assert.Equal(label, Put(label, 4).Apply(Shop())[^1].Label);

    [Fact]
    public void Taking_off_keeps_weights_and_drops_what_was_there_for_the_label()
    {
        var snapshot = Shop(Given.To(2, 100, "stable"), Given.To(3, 0, "canary"));

        Assert.Equal([Given.To(2, 100)], TakeOff(snapshot.App, "stable", "canary").Apply(snapshot));
    }

    [Fact]
    public void A_label_that_has_moved_meanwhile_is_not_taken_off_and_one_that_has_gone_is_fine()
    {
        var edit = TakeOff(Shop().App, "canary");

        Refused(FailureKind.TrafficChanged, edit, Given.To(2, 90, "canary"), Given.To(3, 10));
        Assert.Equal([Given.To(2, 90), Given.To(3, 10)], edit.Apply(Shop(Given.To(2, 90), Given.To(3, 10))));
    }

    [Fact]
    public void Labels_swap_and_weights_stay_and_it_is_never_done_twice()
    {
        var edit = new SwapLabelsEdit("stable", "canary", Shop().App);
        TrafficEntry[] swapped = [Given.To(2, 90, "canary"), Given.To(3, 10, "stable")];

        Assert.Equal(swapped, edit.Apply(Shop()));
        Assert.Equal(swapped, edit.Apply(Shop(swapped)));
    }

    [Fact]
    public void A_swap_of_labels_that_have_moved_is_refused() =>
        Refused(FailureKind.TrafficChanged, new SwapLabelsEdit("stable", "canary", Shop().App), Given.To(2, 90, "stable"), Given.To(4, 10, "canary"));

    [Fact]
    public void Labels_that_are_missing_or_the_same_are_not_swapped()
    {
        Assert.Equal(FailureKind.LabelNotFound, Assert.Throws<RevisionToolsException>(() => new SwapLabelsEdit("stable", "none", Shop().App)).Kind);
        Assert.Equal(FailureKind.InvalidTrafficRequest, Assert.Throws<RevisionToolsException>(() => new SwapLabelsEdit("stable", "STABLE", Shop().App)).Kind);
    }

    [Fact]
    public void In_labels_mode_a_plan_names_what_the_service_will_take_down()
    {
        var labels = Labels(Given.To(2, 100, "stable"), Given.To(3, 0, "canary"));

        var plan = new TrafficPlan(labels, TakeOff(labels.App, "canary"));

        Assert.Equal([Given.NameOf(3)], plan.GoingDown);
        Assert.Contains($"'{Given.NameOf(3)}' loses its last label", plan.Describe(), StringComparison.Ordinal);
        Assert.Empty(new TrafficPlan(Shop(), TakeOff(labels.App, "canary")).GoingDown);
        Assert.Empty(new TrafficPlan(labels, new SwapLabelsEdit("stable", "canary", labels.App)).GoingDown);
    }

    [Fact]
    public void In_labels_mode_the_last_label_stays_on_what_keeps_traffic()
    {
        var labels = Labels(s_table);

        Protected(() => new TrafficPlan(labels, TakeOff(labels.App, "canary")));
        Protected(() => new TrafficPlan(labels, PutLabelEdit.Of("canary", Given.NameOf(2), force: true, labels.App)));
        Protected(() => new TrafficPlan(labels, new RestoreEdit([Given.To(2, 90, "stable"), Given.To(3, 10)], s_table, allowNotReady: false)));
        Assert.Equal([Given.To(2, 90, "stable"), Given.To(3, 10)], TakeOff(Shop().App, "canary").Apply(Shop()));
    }

    [Fact]
    public void In_labels_mode_the_last_label_on_the_entry_that_follows_the_latest_counts_for_the_newest() =>
        Protected(() => TakeOff(Shop(Given.ToLatest(100) with { Label = "live" }).App, "live").Apply(Labels(Given.ToLatest(100) with { Label = "live" })));

    [Fact]
    public void In_labels_mode_weight_that_has_come_meanwhile_keeps_the_last_label()
    {
        var seen = Labels(Given.To(2, 100, "stable"), Given.To(3, 0, "canary"));
        var plan = new TrafficPlan(seen, TakeOff(seen.App, "canary"));

        Protected(() => plan.PatchFor(State(Labels(s_table))));
        Assert.NotNull(plan.PatchFor(State(seen)));
    }

    [Fact]
    public void In_labels_mode_no_more_revisions_go_down_than_was_agreed_to()
    {
        var seen = Labels(Given.To(2, 100, "stable"), Given.To(3, 0, "canary"), Given.To(3, 0, "next"));
        var plan = new TrafficPlan(seen, TakeOff(seen.App, "canary"));

        var failure = Assert.Throws<RevisionToolsException>(() => plan.PatchFor(State(Labels(Given.To(2, 100, "stable"), Given.To(3, 0, "canary")))));

        Assert.Equal(FailureKind.TrafficChanged, failure.Kind);
        Assert.Contains(Given.NameOf(3), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_do_not_swap_onto_a_revision_that_is_inactive_or_gone()
    {
        Refused(FailureKind.TrafficTargetInactive, Swap(Given.To(2, 100, "stable"), Given.To(1, 0, "old")), Given.To(2, 100, "stable"), Given.To(1, 0, "old"));
        Refused(FailureKind.RevisionNotFound, Swap(Given.To(2, 100, "stable"), Given.To(9, 0, "old")), Given.To(2, 100, "stable"), Given.To(9, 0, "old"));

        static SwapLabelsEdit Swap(params TrafficEntry[] table) => new("stable", "old", Shop(table).App);
    }

    private static void Protected(Func<object?> action) =>
        Assert.Equal([Interlock.CarriesTraffic], Assert.Throws<RevisionProtectedException>(() => _ = action()).Interlocks);

    private static AppState State(AppSnapshot snapshot) => new(new AppDocument(snapshot.App, []), snapshot);

    private static AppSnapshot Labels(params TrafficEntry[] traffic)
    {
        var shop = Shop(traffic);
        return Given.Snapshot(shop.App with { RevisionMode = "Labels" }, Given.Resource(2), Given.Resource(3), Given.Resource(4));
    }

    private static PutLabelEdit Put(string label, int number, bool force = false) => PutLabelEdit.Of(label, Given.NameOf(number), force, Shop().App);

    private static TakeOffLabelsEdit TakeOff(ContainerApp app, params string[] labels) => new([.. labels.Select(label => LabelRules.Find(app, label))]);

    private static void Refused(FailureKind kind, TrafficEdit edit, params TrafficEntry[] traffic) =>
        Assert.Equal(kind, Assert.ThrowsAny<RevisionToolsException>(() => edit.Apply(Shop(traffic))).Kind);

    private static AppSnapshot Shop(params TrafficEntry[] traffic)
    {
        var shop = Given.Shop(4);
        return Given.Snapshot(
            shop.App with { Traffic = traffic.Length == 0 ? s_table : traffic },
            Given.Resource(1) with { Active = false, RunningState = "Stopped" }, Given.Resource(2), Given.Resource(3), Given.Resource(4));
    }
}
