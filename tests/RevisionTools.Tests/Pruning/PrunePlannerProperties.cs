using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

public sealed class PrunePlannerProperties
{
    [Fact]
    public void Every_revision_has_one_entry_with_a_reason() => Worlds.Hold(world =>
    {
        var plan = world.Plan();
        return plan.Entries.Select(entry => entry.Name).SequenceEqual(world.Snapshot.Revisions.Select(revision => revision.Name))
            && plan.Entries.All(entry => entry.Reasons.Count > 0 && entry.Reasons.All(reason => reason.Length > 0));
    });

    // Said without the interlock class, so that a mistake in it cannot hide here.
    [Fact]
    public void What_an_outage_or_a_doubt_hangs_on_is_never_deactivated() => Worlds.Hold(world => Deactivated(world.Plan()).All(entry =>
    {
        var app = world.Snapshot.App;
        var revision = entry.Revision;
        return revision.Active == true
            && revision is { ConfiguredWeight: 0, EffectiveWeight: 0, TrafficWeight: 0 }
            && !app.Traffic.Any(traffic => traffic.RevisionName == revision.Name && traffic.Weight > 0)
            && app.LatestRevisionName != revision.Name
            && app.LatestReadyRevisionName != revision.Name
            && !string.Equals(app.RevisionMode, "Single", StringComparison.OrdinalIgnoreCase)
            && revision.Stage is RevisionStage.Ready or RevisionStage.Active or RevisionStage.Failed
            && (world.Lifts.Labelled || !app.Traffic.Any(traffic => traffic.RevisionName == revision.Name && traffic.Label is not null))
            && (world.Lifts.EventConsumer || (app.IngressEnabled && revision.EventConsumers.Count == 0));
    }));

    [Fact]
    public void Something_is_always_left_standing() => Worlds.Hold(world =>
    {
        var gone = Deactivated(world.Plan()).Select(entry => entry.Name).ToHashSet();
        return gone.Count == 0 || world.Snapshot.Revisions.Any(revision =>
            !gone.Contains(revision.Name) && revision.Active == true && revision.RunningState != "Deprovisioning");
    });

    [Fact]
    public void What_a_rule_keeps_is_kept_whatever_else_holds() => Worlds.Hold(world =>
    {
        var newest = world.Snapshot.Revisions.Where(revision => revision.IsStanding && revision.Stage != RevisionStage.Failed).Reverse().Take(world.Policy.KeepLast ?? 0).ToList();
        var young = world.Snapshot.Revisions.Where(revision => Given.Now - revision.CreatedTime <= (world.Policy.KeepSinceCreated ?? TimeSpan.MinValue));
        var kept = newest.Concat(young).Select(revision => revision.Name).ToHashSet();
        return Deactivated(world.Plan()).All(entry => !kept.Contains(entry.Name));
    });

    [Fact]
    public void Planning_again_after_the_plan_was_carried_out_finds_nothing_to_do() => Worlds.Hold(world =>
    {
        var gone = Deactivated(world.Plan()).Select(entry => entry.Name).ToHashSet();
        var after = new AppSnapshot(world.Snapshot.App, world.Snapshot.Revisions.Select(revision => gone.Contains(revision.Name)
            ? revision with { Active = false, Stage = RevisionStage.Inactive, StageReason = "gone" }
            : revision));
        return !Deactivated(world.Plan(after)).Any();
    });

    [Fact]
    public void The_order_in_which_Azure_lists_does_not_matter() => Worlds.Hold(world =>
    {
        var turned = new AppSnapshot(world.Snapshot.App, world.Snapshot.Revisions.Reverse());
        var plan = world.Plan(turned);
        return world.Plan().Entries.Zip(plan.Entries).All(pair =>
            pair.First.Name == pair.Second.Name && pair.First.Decision == pair.Second.Decision && pair.First.Reasons.SequenceEqual(pair.Second.Reasons));
    });

    [Fact]
    public void Lifting_an_interlock_never_protects_more_and_never_touches_what_is_kept() => Worlds.Hold(world =>
    {
        var strict = world.Plan(InterlockLifts.None);
        var lax = world.Plan(new InterlockLifts(true, true));
        return strict.KeepCount == lax.KeepCount && strict.DeactivateCount <= lax.DeactivateCount;
    });

    [Fact]
    public void Every_entry_that_goes_passes_the_check_before_the_call_on_an_unchanged_world() => Worlds.Hold(world =>
    {
        var plan = world.Plan();
        var leaving = Deactivated(plan).Select(entry => entry.Name).ToHashSet();
        return Deactivated(plan).All(entry =>
            PruneObstacles.Of(entry.Revision, plan.World, plan.Request, leaving, Given.Now).Binding.Count == 0);
    });

    // Worlds that never let anything go would make the properties above empty.
    [Fact]
    public void The_generated_worlds_are_not_all_alike()
    {
        HashSet<PruneDecision> seen = [];
        HashSet<Interlock> interlocks = [];
        Worlds.Hold(world =>
        {
            foreach (var entry in world.Plan().Entries)
            {
                seen.Add(entry.Decision);
                interlocks.UnionWith(entry.Interlocks);
            }

            return true;
        });

        Assert.Equal(Enum.GetValues<PruneDecision>().Order(), seen.Order());
        Assert.Equal(Enum.GetValues<Interlock>().Order(), interlocks.Order());
    }

    private static IEnumerable<PrunePlanEntry> Deactivated(PrunePlan plan) => plan.Entries.Where(entry => entry.Decision == PruneDecision.Deactivate);
}
