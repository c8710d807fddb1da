using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Traffic;

public sealed class TrafficJoinTests
{
    [Fact]
    public void An_entry_that_follows_the_latest_leads_to_the_newest_that_is_ready()
    {
        var row = Assert.Single(TrafficJoin.Join(Snapshot([Given.ToLatest(100)], newest: Starting)).Entries);

        Assert.Equal((Given.NameOf(3), Given.NameOf(2), 100, 100), (row.RevisionName, row.EffectiveRevisionName, row.Weight, row.EffectiveWeight));
        Assert.Equal((RevisionStage.Provisioning, false, true), (row.Stage, row.IsReady, row.LatestRevision));
    }

    [Fact]
    public void A_label_has_its_own_host_beside_the_apps()
    {
        var table = TrafficJoin.Join(Snapshot([Given.To(2, 100), Given.To(3, 0, "canary")]));

        Assert.Equal([null, "https://web-shop---canary.blue.northeurope.azurecontainerapps.io"], table.Entries.Select(row => row.LabelUrl));
        Assert.Empty(table.Problems);
    }

    [Fact]
    public void Traffic_that_would_move_unasked_is_a_problem()
    {
        var problem = Assert.Single(TrafficJoin.Join(Snapshot([Given.ToLatest(100)], newest: Starting)).Problems);

        Assert.Equal((TrafficProblemKind.LatestNotReady, Given.NameOf(3)), (problem.Kind, problem.RevisionName));
        Assert.Contains($"it goes to '{Given.NameOf(2)}' now", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_follows_the_latest_with_nothing_on_it_is_no_problem() =>
        Assert.Empty(TrafficJoin.Join(Snapshot([Given.ToLatest(0), Given.To(2, 100)], newest: Starting)).Problems);

    [Fact]
    public void Traffic_that_follows_the_latest_to_a_ready_one_that_is_down_is_a_problem() => Assert.Equal(
        [TrafficProblemKind.LatestNotReady, TrafficProblemKind.WeightOnInactive],
        Kinds(Snapshot([Given.ToLatest(100)], newest: Starting, middle: Inactive)));

    [Fact]
    public void An_entry_of_a_revision_that_is_gone_is_a_ghost()
    {
        var table = TrafficJoin.Join(Snapshot([Given.To(2, 90), Given.To(9, 10, "old")]));

        Assert.Equal(TrafficProblemKind.GhostEntry, Assert.Single(table.Problems).Kind);
        Assert.Equal((RevisionStage.Removed, 0, null), (table.Entries[1].Stage, table.Entries[1].EffectiveWeight, table.Entries[1].EffectiveRevisionName));
    }

    [Fact]
    public void Traffic_and_labels_on_what_is_down_are_problems() => Assert.Equal(
        [TrafficProblemKind.WeightOnInactive, TrafficProblemKind.DeadLabel],
        Kinds(Snapshot([Given.To(2, 90, "old"), Given.To(3, 10)], middle: Inactive)));

    [Fact]
    public void Traffic_to_what_goes_down_counts_as_traffic_to_the_inactive() => Assert.Equal(
        [TrafficProblemKind.WeightOnInactive],
        Kinds(Snapshot([Given.To(2, 90), Given.To(3, 10)], middle: revision => revision with { RunningState = "Deprovisioning" })));

    [Fact]
    public void Traffic_to_failed_and_to_unready_revisions_are_told_apart() => Assert.Equal(
        [TrafficProblemKind.WeightOnFailed, TrafficProblemKind.WeightOnNotReady],
        Kinds(Snapshot([Given.To(2, 90), Given.To(3, 10)], Starting, revision => revision with { RunningState = "Failed" })));

    [Fact]
    public void A_revision_that_serves_and_is_unhealthy_is_not_ready() => Assert.Equal(
        [TrafficProblemKind.WeightOnNotReady],
        Kinds(Snapshot([Given.To(3, 100)], revision => revision with { HealthState = "Unhealthy" })));

    [Fact]
    public void A_revision_that_is_scaled_to_zero_is_ready() =>
        Assert.Empty(Kinds(Snapshot([Given.To(3, 100)], revision => revision with { RunningState = "ScaledToZero", HealthState = "None", Replicas = 0 })));

    [Fact]
    public void A_sum_other_than_100_is_a_problem() =>
        Assert.Equal([TrafficProblemKind.SumNot100], Kinds(Snapshot([Given.To(2, 60), Given.To(3, 10)])));

    [Fact]
    public void Named_revisions_in_single_mode_are_a_problem_and_the_latest_is_not()
    {
        Assert.Equal([TrafficProblemKind.SingleMode], Kinds(Snapshot([Given.To(3, 100)], mode: "Single")));
        Assert.Empty(Kinds(Snapshot([Given.ToLatest(100)], mode: "Single")));
    }

    [Fact]
    public void In_single_mode_all_requests_go_to_the_newest_that_is_ready_whatever_the_weights_say()
    {
        var table = TrafficJoin.Join(Snapshot([Given.To(1, 60), Given.To(9, 40, "old")], mode: "Single", middle: Inactive, newest: Starting));

        Assert.Equal([(Given.NameOf(2), 100), (null, 0)], table.Entries.Select(row => (row.EffectiveRevisionName, row.EffectiveWeight)));
        Assert.Equal([TrafficProblemKind.SingleMode, TrafficProblemKind.GhostEntry], table.Problems.Select(problem => problem.Kind));
        Assert.DoesNotContain("40 %", table.Problems[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_single_mode_weight_on_an_inactive_revision_harms_nobody_and_a_label_there_does()
    {
        Assert.Equal([TrafficProblemKind.SingleMode], Kinds(Snapshot([Given.To(2, 100)], mode: "Single", middle: Inactive)));
        Assert.Equal([TrafficProblemKind.SingleMode, TrafficProblemKind.DeadLabel], Kinds(Snapshot([Given.To(2, 100, "old")], mode: "Single", middle: Inactive)));
    }

    [Fact]
    public void In_single_mode_the_entry_that_leads_to_the_ready_one_stands_for_all_requests()
    {
        var table = TrafficJoin.Join(Snapshot([Given.To(1, 100), Given.To(3, 0)], mode: "Single"));

        Assert.Equal([(null, 0), (Given.NameOf(3), 100)], table.Entries.Select(row => (row.EffectiveRevisionName, row.EffectiveWeight)));
    }

    [Fact]
    public void A_label_that_follows_the_latest_is_looked_after_at_no_weight_too()
    {
        TrafficEntry[] traffic = [Given.ToLatest(0) with { Label = "next" }, Given.To(1, 100)];

        var waiting = Assert.Single(TrafficJoin.Join(Snapshot(traffic, newest: Starting)).Problems);

        Assert.Equal(TrafficProblemKind.LatestNotReady, waiting.Kind);
        Assert.StartsWith("label 'next' follows the latest revision", waiting.Message, StringComparison.Ordinal);
        Assert.Equal([TrafficProblemKind.LatestNotReady, TrafficProblemKind.DeadLabel], Kinds(Snapshot(traffic, newest: Starting, middle: Inactive)));
        Assert.Empty(Kinds(Snapshot(traffic)));
    }

    [Fact]
    public void Without_ingress_there_are_no_entries_and_that_is_the_only_problem()
    {
        var app = Given.App() with { IngressEnabled = false };

        var table = TrafficJoin.Join(Given.Snapshot(app, Given.Resource(1)));

        Assert.Empty(table.Entries);
        Assert.Equal(TrafficProblemKind.NoIngress, Assert.Single(table.Problems).Kind);
    }

    private static IEnumerable<TrafficProblemKind> Kinds(AppSnapshot snapshot) => TrafficJoin.Join(snapshot).Problems.Select(problem => problem.Kind);

    private static RevisionResource Starting(RevisionResource revision) => revision with { RunningState = "Activating", HealthState = "None" };

    private static RevisionResource Inactive(RevisionResource revision) => revision with { Active = false, RunningState = "Stopped", Replicas = 0 };

    /// <summary>Three revisions; the newest ready one is the middle one where the newest is changed, else the newest.</summary>
    private static AppSnapshot Snapshot(
        TrafficEntry[] traffic, Func<RevisionResource, RevisionResource>? newest = null, Func<RevisionResource, RevisionResource>? middle = null, string mode = "Multiple")
    {
        var app = Given.App(mode, traffic) with
        {
            LatestRevisionName = Given.NameOf(3),
            LatestReadyRevisionName = Given.NameOf(newest is null ? 3 : 2),
            Fqdn = "web-shop.blue.northeurope.azurecontainerapps.io",
        };
        return Given.Snapshot(
            app, Given.Resource(1), (middle ?? (same => same))(Given.Resource(2)), (newest ?? (same => same))(Given.Resource(3)));
    }
}
