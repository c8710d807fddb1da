using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

public sealed class PrunePlannerTests
{
    [Fact]
    public void Old_idle_revisions_go_and_the_newest_stay()
    {
        var plan = Plan(Given.Shop(5), new RetentionPolicy { KeepLast = 2 });

        Assert.Equal((2, 3, 0, 0), (plan.KeepCount, plan.DeactivateCount, plan.BlockedCount, plan.InactiveCount));
        Assert.Equal("no. 2 of the newest active (KeepLast 2)", Assert.Single(plan.Entries[3].Reasons));
        Assert.Equal("kept by no rule: no. 5 of 5 active, created 99 d ago", Assert.Single(plan.Entries[0].Reasons));
    }

    [Fact]
    public void Revisions_that_go_down_do_not_fill_a_place_among_the_newest()
    {
        var shop = Given.Shop(4, resource => resource.Name == Given.NameOf(3) ? resource with { RunningState = "Deprovisioning" } : resource);

        var plan = Plan(shop, new RetentionPolicy { KeepLast = 2 });

        Assert.Equal(
            [PruneDecision.Deactivate, PruneDecision.Keep, PruneDecision.Inactive, PruneDecision.Keep], plan.Entries.Select(entry => entry.Decision));
    }

    [Fact]
    public void A_revision_that_was_replaced_lately_was_in_use_lately()
    {
        var app = Given.App(traffic: Given.To(3, 100)) with { LatestRevisionName = Given.NameOf(3), LatestReadyRevisionName = Given.NameOf(3) };
        var snapshot = Given.Snapshot(
            app, Given.Resource(1, TimeSpan.FromDays(90)), Given.Resource(2, TimeSpan.FromDays(60)), Given.Resource(3, TimeSpan.FromHours(2)));

        var plan = Plan(snapshot, new RetentionPolicy { KeepSinceActive = TimeSpan.FromHours(15) });

        Assert.Equal([PruneDecision.Deactivate, PruneDecision.Keep, PruneDecision.Keep], plan.Entries.Select(entry => entry.Decision));
        Assert.Equal("in use 2 h ago (KeepSinceActive 15h)", Assert.Single(plan.Entries[1].Reasons));
    }

    [Fact]
    public void A_failed_revision_has_replaced_nothing()
    {
        var app = Given.App(traffic: Given.To(3, 100)) with { LatestRevisionName = Given.NameOf(3), LatestReadyRevisionName = Given.NameOf(3) };
        var snapshot = Given.Snapshot(
            app,
            Given.Resource(1, TimeSpan.FromDays(90)),
            Given.Resource(2, TimeSpan.FromDays(10)) with { ProvisioningState = "Failed", RunningState = "Failed" },
            Given.Resource(3, TimeSpan.FromHours(2)));

        var plan = Plan(snapshot, new RetentionPolicy { KeepSinceActive = TimeSpan.FromDays(2) });

        Assert.Equal(PruneDecision.Keep, plan.Entries[0].Decision);
    }

    [Theory]
    [InlineData("0000001")]
    [InlineData("*--0000001")]
    [InlineData("WEB-SHOP--*1")]
    [InlineData("000000?", PruneDecision.Keep)]
    [InlineData("v1.*", PruneDecision.Deactivate)]
    public void Names_match_whole_or_after_the_app(string pattern, PruneDecision expected = PruneDecision.Keep)
    {
        var plan = Plan(Given.Shop(3), new RetentionPolicy { KeepLast = 1, KeepName = [pattern] });

        Assert.Equal(expected, plan.Entries[0].Decision);
    }

    [Fact]
    public void A_blocked_entry_says_which_interlock_and_that_no_rule_keeps_it()
    {
        var app = Given.App(traffic: [Given.To(3, 100), Given.To(1, 0, "stable")]) with { LatestRevisionName = Given.NameOf(3) };

        var entry = Plan(Given.Snapshot(app, Given.Resource(1), Given.Resource(2), Given.Resource(3)), new RetentionPolicy { KeepLast = 1 }).Entries[0];

        Assert.Equal(PruneDecision.Blocked, entry.Decision);
        Assert.StartsWith("Labelled: the host of label stable", entry.Reasons[0], StringComparison.Ordinal);
        Assert.StartsWith("kept by no rule", entry.Reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_piped_revisions_only_those_are_pruned()
    {
        var plan = PrunePlanner.Plan(
            new PruneWorld(Given.Shop(4)), new PruneRequest(new RetentionPolicy { KeepLast = 1 }, InterlockLifts.None), Given.Now, new HashSet<string> { Given.NameOf(2) });

        Assert.Equal(
            [PruneDecision.Keep, PruneDecision.Deactivate, PruneDecision.Keep, PruneDecision.Keep], plan.Entries.Select(entry => entry.Decision));
        Assert.Equal(["not selected"], plan.Entries[0].Reasons);
    }

    [Fact]
    public void The_oldest_beyond_the_limit_may_be_purged()
    {
        var shop = Given.Shop(5, resource => resource.Name == Given.NameOf(5) ? resource : resource with { Active = false, RunningState = "Stopped" });
        var limited = new AppSnapshot(shop.App with { MaxInactiveRevisions = 3 }, shop.Revisions);

        Assert.Equal([true, false, false, false, false], Plan(limited, new RetentionPolicy { KeepLast = 1 }).Entries.Select(entry => entry.PurgeExpected));
        Assert.DoesNotContain(Plan(shop, new RetentionPolicy { KeepLast = 1 }).Entries, entry => entry.PurgeExpected);
    }

    [Fact]
    public void A_revision_without_a_date_is_kept_by_age_rules()
    {
        var shop = Given.Shop(3, resource => resource.Name == Given.NameOf(1) ? resource with { CreatedTime = null } : resource);

        var plan = Plan(shop, new RetentionPolicy { KeepSinceCreated = TimeSpan.FromHours(1) });

        Assert.Equal(PruneDecision.Keep, plan.Entries.Single(entry => entry.Name == Given.NameOf(1)).Decision);
    }

    private static PrunePlan Plan(AppSnapshot snapshot, RetentionPolicy policy) =>
        PrunePlanner.Plan(new PruneWorld(snapshot), new PruneRequest(policy, InterlockLifts.None), Given.Now);
}
