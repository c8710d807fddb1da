using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Traffic;

/// <summary>Five revisions: 1 inactive, 2 and 3 serving with labels, 4 idle and ready, 5 the newest and failed.</summary>
public sealed class WeightEditTests
{
    private static readonly TrafficEntry[] s_table = [Given.To(2, 90, "stable"), Given.To(3, 10, "canary")];

    [Theory]
    [InlineData("web-shop--0000003")]
    [InlineData("0000003")]
    [InlineData("canary")]
    [InlineData("CANARY")]
    [InlineData("label:canary")]
    [InlineData("revision:0000003")]
    [InlineData("revision:web-shop--0000003")]
    public void A_target_is_known_by_its_full_name_its_suffix_and_its_label(string name) => Assert.Equal(
        [Given.To(2, 80, "stable"), Given.To(3, 20, "canary")], Apply(Snapshot(), "stable", (name, 20)));

    [Fact]
    public void A_name_that_is_a_suffix_and_a_label_elsewhere_is_refused_until_it_is_said_which()
    {
        var snapshot = Snapshot(Given.To(2, 90, "0000003"), Given.To(3, 10));

        var failure = Refusal(FailureKind.TrafficTargetNotFound, () => Apply(snapshot, null, ("0000003", 100)));

        Assert.Contains("revision:0000003 or label:0000003", failure.Message, StringComparison.Ordinal);
        Assert.Equal(60, Apply(snapshot, "revision:0000002", ("revision:0000003", 60))[1].Weight);
        Assert.Equal(60, Apply(snapshot, "0000004", ("label:0000003", 60), ("revision:0000003", 10))[0].Weight);
    }

    [Fact]
    public void A_name_that_is_suffix_and_label_of_one_revision_is_no_riddle() => Assert.Equal(
        [Given.To(2, 0, "0000002"), Given.To(3, 100)], Apply(Snapshot(Given.To(2, 90, "0000002"), Given.To(3, 10)), "0000003", ("0000002", 0)));

    [Theory]
    [InlineData("none")]
    [InlineData("revision:canary")]
    [InlineData("label:0000003")]
    [InlineData("web-other--0000003")]
    [InlineData("3")]
    [InlineData("")]
    public void An_unknown_target_is_refused(string name) => Refusal(FailureKind.TrafficTargetNotFound, () => Apply(Snapshot(), "stable", (name, 10)));

    [Theory]
    [InlineData("0000003", "web-shop--0000003")]
    [InlineData("canary", "0000003")]
    [InlineData("canary", "label:canary")]
    public void A_target_that_is_named_twice_is_refused(string first, string second)
    {
        Refusal(FailureKind.InvalidTrafficRequest, () => Apply(Snapshot(), null, (first, 5), (second, 5)));
        Refusal(FailureKind.InvalidTrafficRequest, () => Apply(Snapshot(), second, (first, 5)));
    }

    [Fact]
    public void Two_labels_of_one_revision_are_two_targets() => Assert.Equal(
        [Given.To(2, 30, "blue"), Given.To(2, 70, "green")], Apply(Snapshot(Given.To(2, 50, "blue"), Given.To(2, 50, "green")), "green", ("blue", 30)));

    [Fact]
    public void Who_is_not_named_keeps_what_he_has() => Assert.Equal(
        [Given.To(2, 90, "stable"), Given.To(3, 4, "canary"), Given.To(4, 6)], Apply(Snapshot(), null, ("canary", 4), ("0000004", 6)));

    [Fact]
    public void Of_the_entries_of_one_revision_the_one_that_has_traffic_goes_on_having_it() => Assert.Equal(
        [Given.To(2, 0, "old"), Given.To(2, 60, "stable"), Given.To(2, 0), Given.To(3, 40)],
        Apply(Snapshot(Given.To(2, 0, "old"), Given.To(2, 70, "stable"), Given.To(2, 20), Given.To(3, 10)), "0000003", ("0000002", 60)));

    [Fact]
    public void A_sum_that_is_not_100_is_refused_with_the_arithmetic()
    {
        var failure = Refusal(FailureKind.InvalidTrafficSum, () => Apply(Snapshot(), null, ("canary", 25)));

        Assert.Contains("115, not to 100", failure.Message, StringComparison.Ordinal);
        Assert.Contains("(label canary)=25 as asked", failure.Message, StringComparison.Ordinal);
        Assert.Contains("web-shop--0000002=90 (stable) as it is", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rest_goes_to_the_one_that_is_named_for_it_and_to_nobody_else() => Assert.Equal(
        [Given.To(2, 50, "stable"), Given.To(3, 10, "canary"), Given.To(4, 40)], Apply(Snapshot(), "0000004", ("stable", 50)));

    [Fact]
    public void A_rest_below_nothing_is_refused() =>
        Refusal(FailureKind.InvalidTrafficSum, () => Apply(Snapshot(), "0000004", ("stable", 95)));

    [Fact]
    public void The_entry_that_follows_the_latest_is_a_target_like_others()
    {
        var snapshot = Snapshot(Given.ToLatest(100));

        Assert.Equal([Given.ToLatest(0), Given.To(4, 100)], Apply(snapshot, "0000004", ("@latest", 0)));
        Assert.Equal([Given.ToLatest(100)], Apply(snapshot, "@LATEST", ("0000004", 0)));
    }

    [Fact]
    public void More_for_the_latest_is_refused_while_the_newest_is_not_ready() =>
        Assert.Contains("unasked", Refusal(FailureKind.TrafficTargetNotReady, () => Apply(Snapshot(), "stable", ("@latest", 10))).Message, StringComparison.Ordinal);

    [Fact]
    public void Traffic_to_an_inactive_revision_is_refused_also_when_unready_ones_are_allowed() =>
        Refusal(FailureKind.TrafficTargetInactive, () => Edit(allowNotReady: true, "stable", ("0000001", 1)).Apply(Snapshot()));

    [Fact]
    public void Nothing_for_an_inactive_revision_is_fine() => Assert.Equal(s_table, Apply(Snapshot(), null, ("0000001", 0)));

    [Fact]
    public void Less_for_an_inactive_revision_that_has_some_is_refused_too() =>
        Refusal(FailureKind.TrafficTargetInactive, () => Apply(Snapshot(Given.To(1, 50), Given.To(2, 50)), "0000002", ("0000001", 20)));

    [Fact]
    public void More_for_a_revision_that_is_not_ready_needs_to_be_allowed()
    {
        Refusal(FailureKind.TrafficTargetNotReady, () => Apply(Snapshot(), "stable", ("0000005", 10)));

        Assert.Equal(10, Edit(allowNotReady: true, "stable", ("0000005", 10)).Apply(Snapshot())[^1].Weight);
    }

    [Fact]
    public void Less_for_a_revision_that_is_not_ready_is_fine() =>
        Assert.Equal(5, Apply(Snapshot(Given.To(2, 90), Given.To(5, 10)), "0000002", ("0000005", 5))[1].Weight);

    [Fact]
    public void A_table_in_which_nothing_is_ready_is_refused_even_if_allowed_unless_nothing_serves_now()
    {
        Refusal(FailureKind.TrafficTargetNotReady, () => Edit(allowNotReady: true, null, ("0000005", 100), ("0000002", 0), ("0000003", 0)).Apply(Snapshot()));

        var dark = Snapshot(Given.To(1, 100));
        Assert.Equal(100, new AllToEdit(new TrafficTarget(Given.NameOf(5)), allowNotReady: true).Apply(dark)[^1].Weight);
    }

    [Fact]
    public void All_to_one_keeps_labels_at_nothing_and_drops_what_holds_nothing() => Assert.Equal(
        [Given.To(2, 0, "stable"), Given.To(4, 100)],
        new AllToEdit(new TrafficTarget(Given.NameOf(4)), allowNotReady: false).Apply(Snapshot(Given.To(2, 90, "stable"), Given.To(3, 10))));

    [Fact]
    public void An_app_without_ingress_and_one_in_single_mode_are_refused_and_labels_mode_is_not()
    {
        Refusal(FailureKind.IngressRequired, () => Edit(false, null, ("canary", 10)).Apply(With(app => app with { IngressEnabled = false })));
        Refusal(FailureKind.MultipleModeRequired, () => Edit(false, null, ("canary", 10)).Apply(With(app => app with { RevisionMode = "Single" })));

        Assert.Equal(20, Edit(false, "stable", ("canary", 20)).Apply(With(app => app with { RevisionMode = "Labels" }))[1].Weight);
    }

    [Fact]
    public void A_label_that_has_moved_since_is_not_what_was_agreed_to()
    {
        var edit = Edit(allowNotReady: false, "stable", ("canary", 20));

        Refusal(FailureKind.TrafficChanged, () => edit.Apply(Snapshot(Given.To(2, 90, "stable"), Given.To(4, 10, "canary"))));
        Refusal(FailureKind.TrafficChanged, () => edit.Apply(Snapshot(Given.To(2, 90, "stable"), Given.To(4, 10))));
    }

    private static RevisionToolsException Refusal(FailureKind kind, Action action)
    {
        var failure = Assert.Throws<RevisionToolsException>(action);
        Assert.Equal(kind, failure.Kind);
        return failure;
    }

    private static IReadOnlyList<TrafficEntry> Apply(AppSnapshot snapshot, string? remainder, params (string Target, int Weight)[] weights) =>
        WeightEdit.Of(Pairs(weights), remainder, allowNotReady: false, snapshot).Apply(snapshot);

    private static WeightEdit Edit(bool allowNotReady, string? remainder, params (string Target, int Weight)[] weights) =>
        WeightEdit.Of(Pairs(weights), remainder, allowNotReady, Snapshot());

    private static IEnumerable<KeyValuePair<string, int>> Pairs((string Target, int Weight)[] weights) =>
        weights.Select(weight => KeyValuePair.Create(weight.Target, weight.Weight));

    private static AppSnapshot Snapshot(params TrafficEntry[] traffic) => With(app => traffic.Length == 0 ? app : app with { Traffic = traffic });

    private static AppSnapshot With(Func<ContainerApp, ContainerApp> change)
    {
        var app = Given.App(traffic: s_table) with { LatestRevisionName = Given.NameOf(5), LatestReadyRevisionName = Given.NameOf(4) };
        return Given.Snapshot(
            change(app),
            Given.Resource(1) with { Active = false, RunningState = "Stopped", Replicas = 0 },
            Given.Resource(2),
            Given.Resource(3),
            Given.Resource(4),
            Given.Resource(5) with { ProvisioningState = "Failed", RunningState = "Failed", HealthState = "Unhealthy" });
    }
}
