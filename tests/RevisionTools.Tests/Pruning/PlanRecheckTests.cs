using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

/// <summary>Saved plans that are taken up again on the sandbox.</summary>
public sealed class PlanRecheckTests : SandboxTest
{
    private const string Cloud = "Sandbox";

    [Fact]
    public async Task A_plan_whose_app_has_not_moved_is_taken_up_a_day_later()
    {
        var plan = Saved(await PlanAsync("web-shop"));
        Sandbox.Clock.Advance(TimeSpan.FromDays(1));

        var taken = Assert.Single(await RecheckAsync([plan]));

        Assert.Equal(Names(plan), Names(taken));
        Assert.Equal(plan.Fingerprint, taken.Fingerprint);
        Assert.Empty(Output.Failures);
    }

    [Fact]
    public async Task A_plan_whose_app_has_moved_is_refused_with_what_moved_and_others_go_on()
    {
        var moved = await PlanAsync("web-shop");
        var other = await PlanAsync("web-checkout");
        SetTraffic(Shop("web-shop"), ("web-shop--0000030", 90, null), ("web-shop--0000002", 10, null));

        var taken = Assert.Single(await RecheckAsync([moved, other]));

        Assert.Equal("web-checkout", taken.ContainerAppName);
        var refusal = Assert.Single(Output.Failures);
        Assert.Equal(FailureKind.PrunePlanDrifted, refusal.Kind);
        Assert.Contains("web-shop--0000002=10", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Sandbox.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task With_AllowDrift_only_what_both_plans_take_down_is_left_and_the_rest_is_said()
    {
        var plan = await PlanAsync("web-shop");
        SetTraffic(Shop("web-shop"), ("web-shop--0000030", 90, null), ("web-shop--0000002", 10, null));
        await Azure.DeactivateRevisionAsync(new RevisionId(Shop("web-shop"), "web-shop--0000003"), CancellationToken.None);

        var taken = Assert.Single(await RecheckAsync([plan], allowDrift: true));

        Assert.Equal(Names(plan).Except(["web-shop--0000002", "web-shop--0000003"]), Names(taken));
        var results = Output.Results<PruneResult>().ToDictionary(result => result.Name);
        Assert.Equal(PruneOutcome.Drifted, results["web-shop--0000002"].Outcome);
        Assert.Contains("CarriesTraffic", results["web-shop--0000002"].Message, StringComparison.Ordinal);
        Assert.Equal(PruneOutcome.AlreadyInactive, results["web-shop--0000003"].Outcome);
        Assert.Equal(2, results.Count);
    }

    [Fact]
    public async Task With_AllowDrift_what_only_the_new_plan_takes_down_stays()
    {
        SetTraffic(Shop("web-shop"), ("web-shop--0000030", 90, null), ("web-shop--0000002", 10, null));
        var plan = await PlanAsync("web-shop");
        SetTraffic(Shop("web-shop"), ("web-shop--0000030", 100, null));

        var taken = Assert.Single(await RecheckAsync([plan], allowDrift: true));

        Assert.Equal(Names(plan), Names(taken));
        Assert.DoesNotContain("web-shop--0000002", Names(taken));
        var result = Assert.Single(Output.Results<PruneResult>());
        Assert.Equal(("web-shop--0000002", PruneOutcome.Drifted), (result.Name, result.Outcome));
        Assert.StartsWith("only a new plan", result.Message, StringComparison.Ordinal);
        Assert.Equal(PruneDecision.Keep, taken.Entries.Single(entry => entry.Name == "web-shop--0000002").Decision);
    }

    [Fact]
    public async Task With_AllowDrift_the_limit_stays_where_it_would_put_more_at_risk_than_the_plan_did()
    {
        var plan = await PlanAsync("web-shop", new RetentionPolicy { KeepName = ["*1?", "*2?", "*30"], MaxInactive = 4 });
        foreach (var number in Enumerable.Range(25, 3))
        {
            await Azure.DeactivateRevisionAsync(new RevisionId(Shop("web-shop"), $"web-shop--{number:0000000}"), CancellationToken.None);
        }

        var taken = Assert.Single(await RecheckAsync([plan], allowDrift: true));

        Assert.NotNull(plan.Retention);
        Assert.Null(taken.Retention);
        Assert.DoesNotContain(taken.Entries, entry => entry.PurgeExpected || entry.Reasons.Any(reason => reason.StartsWith("beyond the limit", StringComparison.Ordinal)));
        Assert.Contains("stays 100: with 4 Azure might purge ", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_AllowDrift_a_limit_that_puts_less_at_risk_than_the_plan_did_is_lowered()
    {
        var plan = await PlanAsync("web-shop", new RetentionPolicy { KeepLast = 24, MaxInactive = 2 });
        SetTraffic(Shop("web-shop"), ("web-shop--0000030", 90, null), ("web-shop--0000004", 10, null));

        var taken = Assert.Single(await RecheckAsync([plan], allowDrift: true));

        Assert.Equal(Names(plan).Count - 1, Names(taken).Count);
        Assert.Equal(plan.Retention!.MayBePurged.Count - 1, taken.Retention!.MayBePurged.Count);
        Assert.Equal(taken.Retention.MayBePurged.Select(revision => revision.Name), taken.Entries.Where(entry => entry.PurgeExpected).Select(entry => entry.Name));
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task With_AllowDrift_the_name_of_a_revision_that_was_at_risk_does_not_put_another_at_risk()
    {
        var plan = await PlanAsync("web-shop", new RetentionPolicy { KeepLast = 24, MaxInactive = 2 });
        SetTraffic(Shop("web-shop"), ("web-shop--0000030", 90, null), ("web-shop--0000004", 10, null));
        var others = plan.Retention!.MayBePurged.Select(revision => revision with { CreatedTime = revision.CreatedTime!.Value.AddHours(-1) });

        var taken = Assert.Single(await RecheckAsync([plan with { Retention = plan.Retention with { MayBePurged = [.. others] } }], allowDrift: true));

        Assert.Null(taken.Retention);
    }

    [Fact]
    public async Task What_an_earlier_part_of_the_run_has_done_does_not_stop_the_rest()
    {
        var plan = await PlanAsync("web-shop", new RetentionPolicy { KeepLast = 3, MaxInactive = 40 });
        var id = new RevisionId(Shop("web-shop"), "web-shop--0000029");
        Assert.DoesNotContain(id.Name, Names(plan));
        await Azure.DeactivateRevisionAsync(id, CancellationToken.None);
        await Azure.UpdateAppAsync(
            Shop("web-shop"),
            new() { ["properties"] = new System.Text.Json.Nodes.JsonObject { ["configuration"] = new System.Text.Json.Nodes.JsonObject { ["maxInactiveRevisions"] = 40 } } },
            TimeSpan.FromMinutes(5), CancellationToken.None);

        Assert.Empty(await RecheckAsync([plan]));
        var own = new PlanRecheck(Azure, new PlanTarget(Cloud, null), Output)
        {
            OwnDeactivations = new HashSet<RevisionId> { id },
            OwnLimits = new Dictionary<ContainerAppId, int> { [Shop("web-shop")] = 40 },
        };

        var taken = Assert.Single(await own.ReadAsync([plan], 4, CancellationToken.None));
        Assert.Null(ApprovedPrune.Whole(taken).Limit);
    }

    [Fact]
    public async Task A_plan_that_was_carried_out_is_carried_out_again_to_no_effect()
    {
        var plan = Saved(await PlanAsync("web-shop", new RetentionPolicy { KeepLast = 3, MaxInactive = 40 }));
        await RunAsync(Assert.Single(await RecheckAsync([plan])));
        Assert.Equal(Names(plan).Count, Output.Results<PruneResult>().Count(result => result.Outcome == PruneOutcome.Deactivated));
        var writes = Sandbox.WriteCount;

        var again = Assert.Single(await RecheckAsync([plan]));
        await RunAsync(again);

        Assert.Equal(writes, Sandbox.WriteCount);
        Assert.Equal(Names(plan).Count, Output.Results<PruneResult>().Count(result => result.Outcome == PruneOutcome.AlreadyInactive));
        Assert.Null(ApprovedPrune.Whole(again).Limit);
        Assert.Empty(Output.Failures);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_purged_since_the_plan_was_made_leaves_nothing_to_do(bool isRehearsal)
    {
        var real = await PlanAsync("web-shop");
        const string gone = "web-shop--0000000";
        var oldest = real.Entries.First(entry => entry.Decision == PruneDecision.Deactivate);
        var purged = oldest.Revision with { Name = gone, ResourceId = new RevisionId(Shop("web-shop"), gone).Path };
        var plan = real with
        {
            World = real.World with { Snapshot = new AppSnapshot(real.World.Snapshot.App, real.World.Snapshot.Revisions.Prepend(purged)) },
            Entries = [oldest with { Revision = purged }, .. real.Entries],
        };
        var recheck = new PlanRecheck(Azure, new PlanTarget(Cloud, null), Output) { IsRehearsal = isRehearsal };

        var taken = Assert.Single(await recheck.ReadAsync([plan], 4, CancellationToken.None));

        Assert.Equal(Names(plan).Skip(1), Names(taken));
        Assert.Empty(Output.Failures);
        Assert.Equal(isRehearsal ? [] : [(gone, PruneOutcome.AlreadyInactive)], Output.Results<PruneResult>().Select(result => (result.Name, result.Outcome)));
        Assert.Equal(isRehearsal ? [gone] : [], recheck.LeftOut.Select(result => result.Name));
    }

    [Fact]
    public async Task A_plan_is_refused_in_another_cloud_and_in_another_subscription()
    {
        var plan = await PlanAsync("web-shop");
        var elsewhere = Guid.NewGuid().ToString();

        Assert.Empty(await RecheckAsync([plan], target: new PlanTarget("AzureCloud", null)));
        Assert.Empty(await RecheckAsync([plan], target: new PlanTarget(Cloud, elsewhere)));
        Assert.Single(await RecheckAsync([plan], target: new PlanTarget(Cloud, Sandbox.SubscriptionId.ToUpperInvariant())));

        Assert.All(Output.Failures, failure => Assert.Equal(FailureKind.InvalidPrunePlan, failure.Kind));
        Assert.Contains("'Sandbox'", Output.Failures[0].Message, StringComparison.Ordinal);
        Assert.Contains("'AzureCloud'", Output.Failures[0].Message, StringComparison.Ordinal);
        Assert.Contains(elsewhere, Output.Failures[1].Message, StringComparison.Ordinal);
        Assert.Contains($"-SubscriptionId {Sandbox.SubscriptionId}", Output.Failures[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_another_moment_or_of_the_future_is_not_carried_out()
    {
        var now = Sandbox.Clock.GetUtcNow();
        var plan = await PlanAsync("web-shop");

        Assert.Empty(await RecheckAsync([PlanRehearsal.Again(plan, null, now.AddDays(9))]));
        Assert.Empty(await RecheckAsync([plan with { CreatedTime = now.AddHours(1) }]));
        Assert.Single(await RecheckAsync([plan with { CreatedTime = now.AddMinutes(4) }]));

        Assert.All(Output.Failures, failure => Assert.Equal(FailureKind.InvalidPrunePlan, failure.Kind));
        Assert.Equal(2, Output.Failures.Count);
    }

    [Fact]
    public async Task Two_plans_of_one_app_are_refused_before_anything_is_read()
    {
        var plan = await PlanAsync("web-shop");
        Sandbox.ClearRequests();

        var refusal = await Assert.ThrowsAsync<RevisionToolsException>(() => RecheckAsync([plan, plan]));

        Assert.Equal(FailureKind.InvalidPruneRequest, refusal.Kind);
        Assert.Empty(Sandbox.Requests);
    }

    [Fact]
    public async Task A_plan_is_planned_again_on_what_it_knows_without_a_request()
    {
        var plan = await PlanAsync("web-shop", new RetentionPolicy { KeepSinceCreated = TimeSpan.FromDays(3650) });
        Sandbox.ClearRequests();

        var later = PlanRehearsal.Again(plan, null, Sandbox.Clock.GetUtcNow().AddYears(20));
        var other = PlanRehearsal.Again(plan, plan.Request with { Policy = new RetentionPolicy { KeepLast = 3 } }, null);

        Assert.Equal((0, 30, 28), (plan.DeactivateCount, later.DeactivateCount, other.DeactivateCount));
        Assert.Equal(later.CreatedTime, later.AsOf);
        Assert.Null(other.AsOf);
        Assert.Same(plan, PlanRehearsal.Again(plan, null, null));
        Assert.Empty(Sandbox.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rules_that_look_at_what_was_not_read_are_refused(bool labels)
    {
        var plan = await PlanAsync("web-shop");
        var policy = labels ? new RetentionPolicy { KeepLastPerLabel = 1 } : new RetentionPolicy { KeepReady = 1 };

        var refusal = Assert.Throws<RevisionToolsException>(() => PlanRehearsal.Again(plan, plan.Request with { Policy = policy }, null));

        Assert.Equal(FailureKind.InvalidPruneRequest, refusal.Kind);
    }

    private Task<PruneRunEnd> RunAsync(PrunePlan plan) =>
        new PruneRunner(Azure, new PruneRunOptions(), Output).RunAsync([ApprovedPrune.Whole(plan)], CancellationToken.None);

    private static PrunePlan Saved(PrunePlan plan) => Assert.Single(Written.Read(Written.Plans([plan])));

    private static List<string> Names(PrunePlan plan) =>
        [.. plan.Entries.Where(entry => entry.Decision == PruneDecision.Deactivate).Select(entry => entry.Name)];

    private async Task<PrunePlan> PlanAsync(string app, RetentionPolicy? policy = null) => Assert.Single(
        await new PlanReader(Azure, Output) { Cloud = Cloud }.ReadAsync(
            [new AppScope(Sandbox.SubscriptionId, "rg-shop", app, null)], new PruneRequest(policy ?? new RetentionPolicy { KeepLast = 3 }, InterlockLifts.None), 4,
            CancellationToken.None));

    private Task<IReadOnlyList<PrunePlan>> RecheckAsync(IReadOnlyList<PrunePlan> plans, bool allowDrift = false, PlanTarget? target = null) =>
        new PlanRecheck(Azure, target ?? new PlanTarget(Cloud, Sandbox.SubscriptionId), Output) { AllowDrift = allowDrift }.ReadAsync(plans, 4, CancellationToken.None);
}
