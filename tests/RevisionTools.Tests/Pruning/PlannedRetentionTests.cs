using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

/// <summary>The step of a prune that lowers the limit of inactive revisions, planned and carried out.</summary>
public sealed class PlannedRetentionTests : SandboxTest
{
    [Fact]
    public void The_step_counts_what_the_plan_itself_takes_down()
    {
        var plan = Plan(new RetentionPolicy { KeepLast = 2, MaxInactive = 3 }, inactive: 2);

        Assert.Equal((4, 100, 3, 6), (plan.DeactivateCount, plan.Retention!.Before, plan.Retention.After, plan.Retention.InactiveCount));
        Assert.Equal([Given.NameOf(1), Given.NameOf(2), Given.NameOf(3)], plan.Retention.MayBePurged.Select(revision => revision.Name));
        Assert.Equal(plan.Retention.MayBePurged.Select(revision => revision.Name), plan.Entries.Where(entry => entry.PurgeExpected).Select(entry => entry.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public void There_is_none_without_a_lower_limit(int? limit) =>
        Assert.Null(Plan(new RetentionPolicy { KeepLast = 2, MaxInactive = limit }, inactive: 2).Retention);

    [Theory]
    [InlineData("KeepName", 1, 6)]
    [InlineData("KeepSinceCreated", 1, 6)]
    [InlineData("pin", 2, 5)]
    public void A_limit_that_takes_an_inactive_revision_that_a_rule_keeps_is_refused_with_the_limit_that_is_needed(string rule, int lost, int needed)
    {
        var policy = rule switch
        {
            "KeepName" => new RetentionPolicy { KeepLast = 2, KeepName = ["*0000001"] },
            "KeepSinceCreated" => new RetentionPolicy { KeepSinceCreated = TimeSpan.FromDays(4000) },
            _ => new RetentionPolicy { KeepLast = 2 },
        };
        var tags = rule == "pin" ? new Dictionary<string, string> { ["revisiontools-keep"] = "0000002" } : [];
        var inactive = rule == "KeepSinceCreated" ? 6 : 2;

        var refusal = Assert.Throws<RevisionToolsException>(() => Plan(policy with { MaxInactive = 3 }, inactive, tags));

        Assert.Equal(FailureKind.RetentionTooLow, refusal.Kind);
        Assert.Contains($"may purge {Given.NameOf(lost)},", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"MaxInactive {needed} at least", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(needed, Plan(policy with { MaxInactive = needed }, inactive, tags).Retention!.After);
    }

    [Fact]
    public void What_was_not_selected_is_kept_from_the_limit_too()
    {
        var world = World(inactive: 2, []);
        var request = new PruneRequest(new RetentionPolicy { KeepLast = 2, MaxInactive = 1 }, InterlockLifts.None);

        var refusal = Assert.Throws<RevisionToolsException>(() => PrunePlanner.Plan(world, request, Given.Now, new HashSet<string> { Given.NameOf(3) }));

        Assert.Contains("not selected", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_beyond_the_present_limit_is_the_debt_and_no_reason_to_refuse()
    {
        var snapshot = World(inactive: 4, []).Snapshot;
        var world = new PruneWorld(new AppSnapshot(snapshot.App with { MaxInactiveRevisions = 2 }, snapshot.Revisions));

        var plan = PrunePlanner.Plan(world, new PruneRequest(new RetentionPolicy { KeepLast = 4, KeepName = ["*0000001"], MaxInactive = 1 }, InterlockLifts.None), Given.Now);

        Assert.Equal(2, plan.RetentionDebt);
        Assert.Equal(1, plan.Retention!.After);
    }

    [Fact]
    public async Task The_limit_is_set_after_the_deactivations()
    {
        await RunAsync("web-shop", new RetentionPolicy { KeepLast = 3, MaxInactive = 20 });

        var change = Assert.Single(Output.Results<RetentionChange>());
        Assert.Equal((100, 20, 28, 8), (change.Before, change.After, change.InactiveCount, change.MayBePurged.Count));
        Assert.Equal(20, (await ReadAsync(Shop("web-shop"))).App.MaxInactiveRevisions);
        Assert.Equal("PATCH", Sandbox.Requests.Last(request => request.IsWrite).Method);
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task The_limit_stays_where_a_deactivation_failed_and_that_is_said()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 400, Method = "POST", Path = "*/web-shop--0000004/*", Times = int.MaxValue });

        await RunAsync("web-shop", new RetentionPolicy { KeepLast = 3, MaxInactive = 20 });

        Assert.Empty(Output.Results<RetentionChange>());
        Assert.DoesNotContain(Sandbox.Requests, request => request.Method == "PATCH");
        Assert.Contains("stays 100: 1 of its revisions was not deactivated", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_that_somebody_has_set_lower_meanwhile_stays()
    {
        var plan = await PlanAsync("web-shop", new RetentionPolicy { KeepLast = 3, MaxInactive = 50 });
        await Azure.UpdateAppAsync(
            Shop("web-shop"),
            new() { ["properties"] = new System.Text.Json.Nodes.JsonObject { ["configuration"] = new System.Text.Json.Nodes.JsonObject { ["maxInactiveRevisions"] = 30 } } },
            TimeSpan.FromMinutes(5), CancellationToken.None);

        await new PruneRunner(Azure, new PruneRunOptions(), Output).RunAsync([ApprovedPrune.Whole(plan)], CancellationToken.None);

        var change = Assert.Single(Output.Results<RetentionChange>());
        Assert.Equal((30, 30), (change.Before, change.After));
        Assert.Equal(30, (await ReadAsync(Shop("web-shop"))).App.MaxInactiveRevisions);
    }

    [Theory]
    [InlineData("revisiontools-prune", "never", FailureKind.RevisionChanged, "tag revisiontools-prune: never")]
    [InlineData("revisiontools-keep", "*", FailureKind.RetentionTooLow, "name matches '*' (tag revisiontools-keep)")]
    [InlineData("revisiontools-keep", "0000001", FailureKind.RetentionTooLow, "web-shop--0000001")]
    public async Task A_tag_that_comes_during_the_run_holds_the_limit_too(string tag, string value, FailureKind kind, string why)
    {
        foreach (var number in Enumerable.Range(1, 3))
        {
            await Azure.DeactivateRevisionAsync(new RevisionId(Shop("web-shop"), $"web-shop--{number:0000000}"), CancellationToken.None);
        }

        var plan = await PlanAsync("web-shop", new RetentionPolicy { KeepLast = 24, MaxInactive = 2 });
        var calls = new CallsBetween(Azure, () => TagAsync(tag, value));

        await new PruneRunner(calls, new PruneRunOptions { ThrottleLimit = 1 }, Output).RunAsync([ApprovedPrune.Whole(plan)], CancellationToken.None);

        var refusal = Assert.Single(Output.Failures, failure => failure.Kind == kind);
        Assert.Contains("was not lowered", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Output.Results<RetentionChange>());
        Assert.Equal(100, PurgeForecast.LimitOf((await ReadAsync(Shop("web-shop"))).App));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rule_that_came_to_hold_what_is_down_already_holds_the_limit(bool oneOfTheNewestGoes)
    {
        var plan = await PlanAsync("web-shop", new RetentionPolicy { KeepLast = 24, MaxInactive = 1 });
        await new PruneRunner(Azure, new PruneRunOptions(), Output).RunAsync([ApprovedPrune.Whole(plan) with { Limit = null }], CancellationToken.None);
        if (oneOfTheNewestGoes)
        {
            foreach (var number in Enumerable.Range(24, 5))
            {
                await Azure.DeactivateRevisionAsync(new RevisionId(Shop("web-shop"), $"web-shop--{number:0000000}"), CancellationToken.None);
            }
        }

        var (approved, fresh) = (ApprovedPrune.Whole(plan), await ReadAsync(Shop("web-shop")));
        var refusal = Record.Exception(() => PlannedRetention.RequireAtCall(approved, fresh, RetentionForecast.Of(fresh, 1)));

        Assert.Equal(oneOfTheNewestGoes ? FailureKind.RetentionTooLow : null, (refusal as RevisionToolsException)?.Kind);
    }

    [Fact]
    public async Task A_revision_that_is_kept_after_all_does_not_hold_the_limit_where_the_rest_is_within_the_plan()
    {
        var plan = await PlanAsync("web-shop", new RetentionPolicy { KeepLast = 20, MaxInactive = 2 });
        var labelled = plan.Entries.Last(entry => entry.Decision == PruneDecision.Deactivate).Name;
        var calls = new CallsBetween(Azure, () =>
        {
            SetTraffic(Shop("web-shop"), ("web-shop--0000030", 100, null), (labelled, 0, "rescue"));
            return Task.CompletedTask;
        });

        await new PruneRunner(calls, new PruneRunOptions { ThrottleLimit = 1 }, Output).RunAsync([ApprovedPrune.Whole(plan)], CancellationToken.None);

        Assert.Equal(labelled, Assert.Single(Output.Results<PruneResult>(), result => result.Outcome == PruneOutcome.Drifted).Name);
        var change = Assert.Single(Output.Results<RetentionChange>());
        Assert.Equal((2, plan.DeactivateCount - 3), (change.After, change.MayBePurged.Count));
        Assert.Subset(plan.Retention!.MayBePurged.Select(revision => revision.Name).ToHashSet(), change.MayBePurged.Select(revision => revision.Name).ToHashSet());
    }

    private Task TagAsync(string name, string value) => Azure.UpdateAppAsync(
        Shop("web-shop"), new() { ["tags"] = new System.Text.Json.Nodes.JsonObject { [name] = value } }, TimeSpan.FromMinutes(5), CancellationToken.None);

    private static PrunePlan Plan(RetentionPolicy policy, int inactive, Dictionary<string, string>? tags = null) =>
        PrunePlanner.Plan(World(inactive, tags ?? []), new PruneRequest(policy, InterlockLifts.None), Given.Now);

    private static PruneWorld World(int inactive, Dictionary<string, string> tags)
    {
        var down = Enumerable.Range(1, inactive).Select(Given.NameOf).ToHashSet();
        var snapshot = Given.Shop(8, resource => down.Contains(resource.Name) ? resource with { Active = false, RunningState = "Stopped" } : resource);
        return new PruneWorld(new AppSnapshot(snapshot.App with { Tags = tags }, snapshot.Revisions));
    }

    private async Task RunAsync(string app, RetentionPolicy policy)
    {
        var plan = await PlanAsync(app, policy);
        await new PruneRunner(Azure, new PruneRunOptions(), Output).RunAsync([ApprovedPrune.Whole(plan)], CancellationToken.None);
    }

    private async Task<PrunePlan> PlanAsync(string app, RetentionPolicy policy) => Assert.Single(await new PlanReader(Azure, Output).ReadAsync(
        [new AppScope(Sandbox.SubscriptionId, "rg-shop", app, null)], new PruneRequest(policy, InterlockLifts.None), 4, CancellationToken.None));
}
