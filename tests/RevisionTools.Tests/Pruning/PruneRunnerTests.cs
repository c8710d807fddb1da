using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

/// <summary>Runs plans against the sandbox, over the real client.</summary>
public sealed class PruneRunnerTests : SandboxTest
{
    [Fact]
    public async Task What_was_planned_is_deactivated_and_nothing_else()
    {
        var plan = await PlanAsync("web-shop");
        var meant = Deactivations(plan).Select(entry => entry.Name).ToHashSet();

        await RunAsync(plan, new PruneRunOptions { WaitTimeout = TimeSpan.FromHours(1) });

        var after = await new SnapshotReader(Azure).ReadAsync(Shop("web-shop"), CancellationToken.None);
        Assert.Equal(meant, after.Revisions.Where(revision => revision.Active == false).Select(revision => revision.Name).ToHashSet());
        Assert.All(Results, result => Assert.Equal((PruneOutcome.Deactivated, RevisionStage.Inactive), (result.Outcome, result.Stage)));
        Assert.Equal(meant.Count, Sandbox.WriteCount);
        Assert.Empty(Output.Failures);
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task A_revision_that_got_a_label_after_the_plan_is_not_touched()
    {
        var plan = await PlanAsync("web-shop");
        var labelled = Deactivations(plan)[4].Name;
        SetTraffic(Shop("web-shop"), ("web-shop--0000030", 100, null), (labelled, 0, "rescue"));
        Sandbox.ClearRequests();

        await RunAsync(plan);

        var drifted = Assert.Single(Results, result => result.Outcome == PruneOutcome.Drifted);
        Assert.Equal(labelled, drifted.Name);
        Assert.Equal([Interlock.Labelled], drifted.Interlocks);
        Assert.Equal(Deactivations(plan).Count - 1, Sandbox.WriteCount);
        Assert.DoesNotContain(Sandbox.Requests, request => request.IsWrite && request.PathAndQuery.Contains(labelled, StringComparison.Ordinal));
        Assert.Equal(FailureKind.RevisionProtected, Assert.Single(Output.Failures).Kind);
    }

    [Fact]
    public async Task Another_revision_under_the_name_of_a_planned_one_is_not_touched()
    {
        var plan = await PlanAsync("web-shop");
        var entry = Deactivations(plan)[4];
        var gone = entry with { Revision = entry.Revision with { CreatedTime = entry.CreatedTime!.Value.AddDays(-1) } };

        await RunAsync(plan with { Entries = [.. plan.Entries.Select(other => other == entry ? gone : other)] });

        var drifted = Assert.Single(Results, result => result.Outcome == PruneOutcome.Drifted);
        Assert.Equal(entry.Name, drifted.Name);
        Assert.Contains("Another revision has its name", drifted.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(entry.Name, await DownAsync("web-shop"));
        Assert.Equal(Deactivations(plan).Count - 1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task A_revision_that_went_down_by_itself_is_no_failure()
    {
        var plan = await PlanAsync("web-shop");
        await Azure.DeactivateRevisionAsync(Deactivations(plan)[0].Revision.Id, CancellationToken.None);

        await RunAsync(plan);

        Assert.Equal(PruneOutcome.AlreadyInactive, Assert.Single(Results, result => result.Name == Deactivations(plan)[0].Name).Outcome);
        Assert.Empty(Output.Failures);
    }

    [Fact]
    public async Task A_network_that_goes_away_tells_done_unknown_and_not_attempted_apart()
    {
        var plan = await PlanAsync("web-shop");
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionResetAfterWrite, Method = "POST", Skip = 5, Times = 1 });
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Skip = 30, Times = int.MaxValue });

        await RunAsync(plan, new PruneRunOptions { ThrottleLimit = 1 });

        var outcomes = Results.GroupBy(result => result.Outcome).ToDictionary(group => group.Key, group => group.Count());
        var down = await DownAsync("web-shop");
        Assert.Equal(Deactivations(plan).Count, Results.Count);
        Assert.True(outcomes.GetValueOrDefault(PruneOutcome.Deactivated) > 0);
        Assert.True(outcomes.GetValueOrDefault(PruneOutcome.NotAttempted) > 0);
        Assert.All(Results.Where(result => result.Outcome == PruneOutcome.Deactivated), result => Assert.Contains(result.Name, down));
        Assert.All(
            Results.Where(result => result.Outcome is PruneOutcome.NotAttempted or PruneOutcome.Failed), result => Assert.DoesNotContain(result.Name, down));
        Assert.All(Output.Failures, failure => Assert.Equal(FailureKind.ConnectionFailed, failure.Kind));
    }

    [Fact]
    public async Task A_lost_answer_is_Unknown_when_nothing_can_be_read_back()
    {
        var plan = await PlanAsync("web-shop");
        var first = Deactivations(plan)[0].Name;
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionResetAfterWrite, Method = "POST", Times = int.MaxValue });
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Method = "GET", Skip = 4, Times = int.MaxValue });

        await RunAsync(plan, new PruneRunOptions { ThrottleLimit = 1 });

        Assert.All(Results, result => Assert.Equal(result.Name == first ? PruneOutcome.Unknown : PruneOutcome.NotAttempted, result.Outcome));
        Assert.Contains(Results, result => result.Name == first);
        Assert.Contains(first, await DownAsync("web-shop"));
    }

    [Fact]
    public async Task Without_the_permission_one_refusal_is_enough_for_an_app_and_other_apps_go_on()
    {
        var shop = await PlanAsync("web-shop", 1);
        var other = await PlanAsync("web-checkout", 1);
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Method = "POST", Path = "*/web-shop/*", Times = int.MaxValue });

        var runner = new PruneRunner(Azure, new PruneRunOptions { ThrottleLimit = 2 }, Output);
        await runner.RunAsync([ApprovedPrune.Whole(shop), ApprovedPrune.Whole(other)], CancellationToken.None);

        Assert.All(Results.Where(result => result.ContainerAppName == "web-shop"), result =>
            Assert.True(result.Outcome is PruneOutcome.Failed or PruneOutcome.NotAttempted));
        Assert.InRange(Results.Count(result => result.Outcome == PruneOutcome.Failed), 1, 2);
        Assert.All(Results.Where(result => result.ContainerAppName == "web-checkout"), result => Assert.Equal(PruneOutcome.Deactivated, result.Outcome));
        Assert.Empty(Output.Warnings);
        Assert.All(Output.Failures, failure => Assert.Contains("revisions/deactivate/action", failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_elses_change_during_the_prune_is_reported()
    {
        var plan = await PlanAsync("web-checkout", 1);
        var one = Deactivations(plan).Take(1).ToList();
        var calls = new CallsBetween(Azure, () =>
        {
            SetTraffic(Shop("web-checkout"), ("web-checkout--v2-14", 50, "stable"), ("web-checkout--v2-15", 50, "canary"));
            return Task.CompletedTask;
        });

        var runner = new PruneRunner(calls, new PruneRunOptions(), Output);
        await runner.RunAsync([new ApprovedPrune(plan, one)], CancellationToken.None);

        Assert.Contains("the traffic was [", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_takes_no_slot()
    {
        var plan = await PlanAsync("web-shop");
        var two = Deactivations(plan).Take(2).ToList();
        var calls = new CallsBetween(Azure, () => Task.CompletedTask) { DownAfter = 2 };

        await new PruneRunner(calls, new PruneRunOptions { ThrottleLimit = 1, WaitTimeout = TimeSpan.FromHours(1) }, Output).RunAsync([new ApprovedPrune(plan, two)], CancellationToken.None);

        Assert.Empty(Output.Failures);
        Assert.All(Results, result => Assert.Equal((PruneOutcome.Deactivated, RevisionStage.Inactive), (result.Outcome, result.Stage)));
        Assert.Equal(2, Results.Count);
    }

    [Fact]
    public async Task Where_newer_ones_have_gone_since_the_plan_the_keep_rules_hold_more()
    {
        var plan = await PlanAsync("web-shop");
        await Azure.DeactivateRevisionAsync(new RevisionId(Shop("web-shop"), "web-shop--0000028"), CancellationToken.None);
        await Azure.DeactivateRevisionAsync(new RevisionId(Shop("web-shop"), "web-shop--0000029"), CancellationToken.None);

        await RunAsync(plan);

        var kept = Results.Where(result => result.Outcome == PruneOutcome.Drifted).ToList();
        Assert.Equal(["web-shop--0000026", "web-shop--0000027"], kept.Select(result => result.Name).Order());
        Assert.All(kept, result => Assert.Contains("(KeepLast 3)", result.Message, StringComparison.Ordinal));
        Assert.Equal(3, (await ReadAsync(Shop("web-shop"))).Revisions.Count(revision => revision.IsStanding));
    }

    [Fact]
    public async Task After_a_refusal_in_the_middle_the_app_is_still_compared()
    {
        var plan = await PlanAsync("web-shop");
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.Status,
            Status = 403,
            Method = "POST",
            Skip = 3,
            Times = int.MaxValue,
            Before = _ => SetTraffic(Shop("web-shop"), ("web-shop--0000030", 90, null), ("web-shop--0000029", 10, null)),
        });

        await RunAsync(plan, new PruneRunOptions { ThrottleLimit = 1 });

        Assert.Equal(3, Results.Count(result => result.Outcome == PruneOutcome.Deactivated));
        Assert.Contains("the traffic was [", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_refused_ends_the_run()
    {
        var plan = await PlanAsync("web-shop");
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 401, Method = "POST", Times = int.MaxValue });

        await RunAsync(plan, new PruneRunOptions { ThrottleLimit = 1 });

        Assert.Equal(PruneOutcome.Failed, Assert.Single(Results, result => result.Outcome != PruneOutcome.NotAttempted).Outcome);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task A_stop_sends_nothing_more()
    {
        var plan = await PlanAsync("web-shop");
        using var stop = new CancellationTokenSource();
        var calls = new CallsBetween(Azure, () => stop.CancelAsync());

        var runner = new PruneRunner(calls, new PruneRunOptions { ThrottleLimit = 3 }, Output);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync([ApprovedPrune.Whole(plan)], stop.Token));

        Assert.InRange(Sandbox.WriteCount, 0, 3);
    }

    private IReadOnlyList<PruneResult> Results => Output.Results<PruneResult>();

    private static List<PrunePlanEntry> Deactivations(PrunePlan plan) => [.. plan.Entries.Where(entry => entry.Decision == PruneDecision.Deactivate)];

    private async Task<PrunePlan> PlanAsync(string app, int keepLast = 3)
    {
        var snapshot = await new SnapshotReader(Azure).ReadAsync(Shop(app), CancellationToken.None);
        var plan = PrunePlanner.Plan(
            new PruneWorld(snapshot), new PruneRequest(new RetentionPolicy { KeepLast = keepLast }, InterlockLifts.None), Sandbox.Clock.GetUtcNow());
        Assert.NotEmpty(Deactivations(plan));
        Sandbox.ClearRequests();
        return plan;
    }

    private async Task RunAsync(PrunePlan plan, PruneRunOptions? options = null)
    {
        var runner = new PruneRunner(Azure, options ?? new PruneRunOptions(), Output);
        await runner.RunAsync([ApprovedPrune.Whole(plan)], CancellationToken.None);
    }

    private async Task<HashSet<string>> DownAsync(string app)
    {
        Sandbox.ClearFaults();
        var snapshot = await new SnapshotReader(Azure).ReadAsync(Shop(app), CancellationToken.None);
        return [.. snapshot.Revisions.Where(revision => !revision.IsStanding).Select(revision => revision.Name)];
    }
}
