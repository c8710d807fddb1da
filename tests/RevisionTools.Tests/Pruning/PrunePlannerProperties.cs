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
            && (app.LatestRevisionName != revision.Name || IsOld(revision, world.Policy))
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

    // Said again without the rule class, for the rules that are short to say.
    [Fact]
    public void What_a_rule_keeps_is_kept_whatever_else_holds() => Worlds.Hold(world =>
    {
        var counted = world.Snapshot.Revisions.Where(IsCounted).Reverse().ToList();
        var newest = counted.Take(world.Policy.KeepLast ?? 0);
        var ready = counted.Where(revision => world.Readiness[revision.Name] == ReadinessResult.Ready).Take(world.Policy.KeepReady ?? 0);
        var young = world.Snapshot.Revisions.Where(revision => Given.Now - revision.CreatedTime <= (world.Policy.KeepSinceCreated ?? TimeSpan.MinValue));
        var days = counted.Where(revision => revision.CreatedTime is not null).GroupBy(revision => revision.CreatedTime!.Value.UtcDateTime.Date)
            .Select(day => day.First()).Take(world.Policy.KeepDaily ?? 0);
        var firm = newest.Concat(ready).Concat(counted.Where(revision => revision.CreatedTime > Given.Now));
        var named = world.Snapshot.Revisions.Where(revision => world.Policy.KeepName.Any(name => revision.Name.EndsWith(name.TrimStart('*'), StringComparison.Ordinal)));
        var loose = world.Policy.MaxActive is null ? young.Where(revision => !IsOld(revision, world.Policy)).Concat(days) : [];
        var kept = firm.Concat(named).Concat(loose).Select(revision => revision.Name).ToHashSet();
        return Deactivated(world.Plan()).All(entry => !kept.Contains(entry.Name));
    });

    [Fact]
    public void Never_more_stay_for_the_sake_of_time_than_the_ceiling_allows() => Worlds.Hold(world =>
    {
        var rules = new KeepRules(world.Policy, world.Plan().World, Given.Now);
        var kept = world.Snapshot.Revisions.Where(IsCounted).Select(rules.ReasonsToKeep).Where(reasons => reasons.Count > 0).ToList();
        return kept.Count <= (world.Policy.MaxActive ?? int.MaxValue) || kept.All(reasons => reasons.Any(reason => !IsOfTime(reason)));
    });

    [Fact]
    public void An_app_that_opts_out_keeps_everything_and_pinned_ones_stay_in_every_other() => Worlds.Hold(world =>
    {
        var tag = world.Snapshot.App.Tags.SingleOrDefault();
        return Deactivated(world.Plan()).All(entry => tag.Key switch
        {
            null => true,
            "revisiontools-prune" => false,
            _ => !entry.Name.EndsWith(tag.Value.Split('*')[1], StringComparison.Ordinal),
        });
    });

    [Fact]
    public void A_rule_that_asks_for_more_never_keeps_less() => Worlds.Hold(world =>
    {
        // A count that keeps more may push out of the room below a ceiling what only time keeps.
        var policy = world.Policy with { MaxActive = null };
        RetentionPolicy[] higher =
        [
            policy with { KeepLast = policy.KeepLast + 1 },
            policy with { KeepDaily = policy.KeepDaily + 1 },
            policy with { KeepWeekly = policy.KeepWeekly + 1 },
            policy with { KeepMonthly = policy.KeepMonthly + 1 },
            policy with { KeepLastPerLabel = policy.KeepLastPerLabel + 1 },
            policy with { KeepLastPerImage = policy.KeepLastPerImage + 1 },
            policy with { KeepReady = policy.KeepReady + 1 },
            policy with { KeepSinceCreated = policy.KeepSinceCreated * 2 },
            policy with { Failed = policy.Failed * 2 },
        ];
        return higher.All(more => Kept(policy).IsSubsetOf(Kept(more)))
            && Kept(world.Policy).IsSubsetOf(Kept(world.Policy with { MaxActive = world.Policy.MaxActive + 1 }));

        HashSet<string> Kept(RetentionPolicy by) => [.. (world with { Policy = by }).Plan().Entries
            .Where(entry => entry.Decision == PruneDecision.Keep).Select(entry => entry.Name)];
    });

    [Fact]
    public void Whatever_of_a_run_is_done_already_its_other_revisions_are_not_kept_by_that() => Worlds.Hold(world =>
    {
        var plan = world.Plan();
        var leaving = Deactivated(plan).Select(entry => entry.Name).ToHashSet();
        for (var done = 0; done <= leaving.Count; done++)
        {
            var gone = leaving.Order(StringComparer.Ordinal).Take(done).ToHashSet();
            var fresh = plan.World with { Snapshot = Without(world.Snapshot, gone) };
            if (Deactivated(plan).Any(entry => KeepRules.ReasonsAtCall(plan, leaving, fresh, entry.Revision).Count > 0))
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void Planning_again_after_the_plan_was_carried_out_finds_nothing_to_do() => Worlds.Hold(world =>
    {
        var gone = Deactivated(world.Plan()).Select(entry => entry.Name).ToHashSet();
        return !Deactivated(world.Plan(Without(world.Snapshot, gone))).Any();
    });

    [Fact]
    public void The_order_in_which_Azure_lists_does_not_matter() => Worlds.Hold(world =>
    {
        var turned = new AppSnapshot(world.Snapshot.App, world.Snapshot.Revisions.Reverse());
        var plan = (world with { LabelHistory = [.. world.LabelHistory.Reverse()] }).Plan(turned);
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

    private static bool IsCounted(Revision revision) => revision.IsStanding && revision.Stage != RevisionStage.Failed;

    private static bool IsOld(Revision revision, RetentionPolicy policy) =>
        revision.Stage == RevisionStage.Failed && Given.Now - revision.CreatedTime > (policy.Failed ?? TimeSpan.MaxValue);

    private static bool IsOfTime(string reason) =>
        new[] { "(KeepSince", "(KeepDaily", "(KeepWeekly", "(KeepMonthly" }.Any(rule => reason.Contains(rule, StringComparison.Ordinal));

    private static AppSnapshot Without(AppSnapshot snapshot, HashSet<string> gone) => new(
        snapshot.App,
        snapshot.Revisions.Select(revision => gone.Contains(revision.Name)
            ? revision with { Active = false, Stage = RevisionStage.Inactive, StageReason = "gone" }
            : revision));

    private static IEnumerable<PrunePlanEntry> Deactivated(PrunePlan plan) => plan.Entries.Where(entry => entry.Decision == PruneDecision.Deactivate);
}
