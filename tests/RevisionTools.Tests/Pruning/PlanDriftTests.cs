using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

/// <summary>What counts as a world that has moved, and what does not.</summary>
public sealed class PlanDriftTests
{
    private static readonly PruneRequest s_request = new(new RetentionPolicy { KeepLast = 2, KeepSinceActive = TimeSpan.FromDays(1) }, InterlockLifts.None);

    public static TheoryData<string, string> Moves => new()
    {
        { "mode", "revision mode was multiple, is single" },
        { "traffic", "traffic was web-shop--0000006=100, is web-shop--0000003=10, web-shop--0000006=90" },
        { "latest", "latest revision was web-shop--0000006, is web-shop--0000007" },
        { "ready", "latest ready revision was web-shop--0000006, is web-shop--0000005" },
        { "limit", "limit of inactive revisions was 100, is 20" },
        { "kind", "kind was none, is functionapp" },
        { "ingress", "ingress was on, is off" },
        { "keep tag", "tag revisiontools-keep was none, is v1" },
        { "prune tag", "tag revisiontools-prune was none, is never" },
        { "label history", "history of label blue was not known, is web-shop--0000001 from 2026-03-01T12:00:00Z to none Succeeded" },
        { "new", "web-shop--0000007: is new" },
        { "gone", "web-shop--0000005: was up, is gone" },
        { "made anew", "web-shop--0000002: created was 2025-11-23T12:00:00Z, is 2026-03-01T12:00:00Z" },
        { "down", "web-shop--0000005: state was up, is down" },
        { "failed", "web-shop--0000002: state was up, is failed" },
        { "starting", "web-shop--0000002: state was up, is not ready yet" },
        { "strange", "web-shop--0000002: state was up, is unknown" },
        { "counted", "web-shop--0000002: weight was as the traffic says, is 5 %" },
        { "label", "web-shop--0000002: labels was none, is blue" },
        { "image", "web-shop--0000002: images was none, is shop:2" },
        { "consumer", "web-shop--0000002: event consumers was none, is ScaleRule azure-queue:rule queuename=orders" },
        { "last active", "web-shop--0000001: last active was none, is 2026-03-01T12:00:00Z" },
        { "readiness", "web-shop--0000002: readiness was not known, is NotReady" },
    };

    [Theory]
    [MemberData(nameof(Moves))]
    public void Whatever_the_plan_depends_on_is_noticed_and_said(string move, string line)
    {
        var plan = Plan(World());

        var moved = Move(move);

        Assert.Contains(line, PlanDrift.Between(plan, moved));
        Assert.NotEqual(plan.Fingerprint, Plan(moved).Fingerprint);
    }

    [Fact]
    public void The_same_world_has_the_same_fingerprint_in_whatever_order_it_came()
    {
        var app = Given.App(traffic: [Given.To(2, 0, "blue"), Given.To(1, 100)]);
        var turned = Given.App(traffic: [Given.To(1, 100), Given.To(2, 0, "blue")]);

        var plan = Plan(new PruneWorld(Given.Snapshot(app, Given.Resource(1), Given.Resource(2))));
        var other = new PruneWorld(Given.Snapshot(turned, Given.Resource(2), Given.Resource(1)));

        Assert.Empty(PlanDrift.Between(plan, other));
        Assert.Equal(plan.Fingerprint, Plan(other).Fingerprint);
    }

    [Fact]
    public void What_comes_and_goes_by_itself_is_no_drift()
    {
        var plan = Plan(World());

        var later = World(resource => resource with { Replicas = 7, RunningState = "ScaledToZero", RunningStateDetails = "new words" });

        Assert.Empty(PlanDrift.Between(plan, later));
        Assert.Equal(plan.Fingerprint, Plan(later).Fingerprint);
    }

    [Fact]
    public void A_revision_that_was_going_down_and_is_down_is_no_drift()
    {
        var plan = Plan(World(At(2, resource => resource with { RunningState = "Deprovisioning" })));

        Assert.Empty(PlanDrift.Between(plan, World(At(2, resource => resource with { Active = false, RunningState = "Stopped" }))));
    }

    [Fact]
    public void An_inactive_revision_that_was_purged_is_no_drift()
    {
        var plan = Plan(World(At(1, resource => resource with { Active = false })));

        Assert.Empty(PlanDrift.Between(plan, Without(1)));
    }

    [Fact]
    public void When_a_revision_was_active_counts_only_where_a_rule_looks_at_it()
    {
        var plan = PrunePlanner.Plan(World(), new PruneRequest(new RetentionPolicy { KeepLast = 2 }, InterlockLifts.None), Given.Now);

        Assert.Empty(PlanDrift.Between(plan, Move("last active")));
    }

    [Fact]
    public void What_the_run_itself_has_done_is_no_drift()
    {
        var plan = PrunePlanner.Plan(World(), s_request with { Policy = s_request.Policy with { KeepLast = 6 } }, Given.Now);
        var own = new HashSet<string> { Given.NameOf(1), Given.NameOf(2) };

        var cutOff = World(resource => resource.Name == Given.NameOf(1) || resource.Name == Given.NameOf(2)
            ? resource with { Active = false, LastActiveTime = Given.Now, RunningState = "Stopped" }
            : resource);
        var app = cutOff.Snapshot.App with { MaxInactiveRevisions = 20 };
        var live = cutOff with { Snapshot = new AppSnapshot(app, cutOff.Snapshot.Revisions.Skip(1)) };

        Assert.Equal(4, PlanDrift.Between(plan, live).Count);
        Assert.Empty(PlanDrift.Between(plan, live, own, 20));
        Assert.Single(PlanDrift.Between(plan, live, own, 30));
        Assert.Contains(PlanDrift.Between(plan, live, new HashSet<string> { Given.NameOf(1) }, 20), line => line.StartsWith(Given.NameOf(2), StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_plan_itself_wants_is_no_drift_whoever_has_done_it()
    {
        var plan = PrunePlanner.Plan(World(), s_request with { Policy = s_request.Policy with { MaxInactive = 20 } }, Given.Now);
        Assert.Equal([1, 2, 3, 4], plan.Entries.Where(entry => entry.Decision == PruneDecision.Deactivate).Select(entry => int.Parse(entry.Name[^7..], System.Globalization.CultureInfo.InvariantCulture)));
        var down = World(resource => resource.Name == Given.NameOf(2) || resource.Name == Given.NameOf(3)
            ? resource with { Active = false, LastActiveTime = Given.Now, RunningState = "Stopped" }
            : resource);

        var live = down with { Snapshot = new AppSnapshot(down.Snapshot.App with { MaxInactiveRevisions = 20 }, down.Snapshot.Revisions.Skip(1)) };

        Assert.Empty(PlanDrift.Between(plan, live));
        Assert.Single(PlanDrift.Between(plan, live with { Snapshot = new AppSnapshot(down.Snapshot.App with { MaxInactiveRevisions = 19 }, live.Snapshot.Revisions) }));
    }

    [Theory]
    [InlineData("label", "web-shop--0000002: labels was none, is blue")]
    [InlineData("counted", "web-shop--0000002: weight was as the traffic says, is 5 %")]
    [InlineData("image", "web-shop--0000002: images was none, is shop:2")]
    [InlineData("made anew", "web-shop--0000002: created was 2025-11-23T12:00:00Z, is 2026-03-01T12:00:00Z")]
    public void Of_a_planned_revision_that_is_down_only_what_goes_with_that_is_no_drift(string move, string line)
    {
        var plan = Plan(World());
        var moved = Move(move);

        var live = moved with
        {
            Snapshot = new AppSnapshot(moved.Snapshot.App, moved.Snapshot.Revisions.Select(revision =>
                revision.Name == Given.NameOf(2) ? revision with { Active = false, Stage = RevisionStage.Inactive } : revision)),
        };

        Assert.Equal([line], PlanDrift.Between(plan, live));
    }

    [Fact]
    public void Another_revision_under_the_name_of_one_that_the_run_took_down_is_drift()
    {
        var plan = Plan(World());

        Assert.Single(PlanDrift.Between(plan, Move("made anew"), new HashSet<string> { Given.NameOf(2) }));
    }

    [Fact]
    public void Of_many_lines_a_few_are_told_and_the_rest_counted()
    {
        Assert.Equal("a; b", PlanDrift.InShort(["a", "b"]));
        Assert.Equal("a; b; c; d; and 2 more", PlanDrift.InShort(["a", "b", "c", "d", "e", "f"]));
    }

    [Fact]
    public void Rules_lifts_and_selection_are_in_the_fingerprint()
    {
        var world = World();
        var plans = new[]
        {
            Plan(world),
            PrunePlanner.Plan(world, s_request with { Policy = s_request.Policy with { KeepName = ["a", "b"] } }, Given.Now),
            PrunePlanner.Plan(world, s_request with { Policy = s_request.Policy with { KeepName = ["a, b"] } }, Given.Now),
            PrunePlanner.Plan(world, s_request with { Lifts = new InterlockLifts(Labelled: true) }, Given.Now),
            PrunePlanner.Plan(world, s_request with { Lifts = new InterlockLifts(EventConsumer: true) }, Given.Now),
            PrunePlanner.Plan(world, s_request, Given.Now, new HashSet<string> { Given.NameOf(1) }),
            PrunePlanner.Plan(world, s_request, Given.Now, new HashSet<string>()),
        };

        Assert.Equal(plans.Length, plans.Select(plan => plan.Fingerprint).Distinct().Count());
        Assert.Equal(Plan(world).Fingerprint, PrunePlanner.Plan(world, s_request, Given.Now.AddDays(1)).Fingerprint);
    }

    /// <summary>What the facts are for: worlds that are planned otherwise differ in at least one of them.</summary>
    [Fact]
    public void Worlds_with_the_same_facts_are_planned_alike() => Worlds.Hold(world =>
    {
        var random = new Random(world.Snapshot.Revisions.Count + 1);
        var plan = world.Plan();
        return Enumerable.Range(0, 8).All(_ =>
        {
            var moved = Disturb(world.Snapshot, random);
            var decisions = world.Plan(moved).Entries.Select(entry => (entry.Name, entry.Decision));
            return PlanDrift.Between(plan, new PruneWorld(moved)).Count > 0 || decisions.SequenceEqual(plan.Entries.Select(entry => (entry.Name, entry.Decision)));
        });
    });

    private static AppSnapshot Disturb(AppSnapshot snapshot, Random random)
    {
        var app = random.Next(4) switch
        {
            0 => snapshot.App with { RevisionMode = random.Next(2) == 0 ? "Single" : "Multiple" },
            1 => snapshot.App with { LatestRevisionName = Given.NameOf(random.Next(12)), LatestReadyRevisionName = Given.NameOf(random.Next(12)) },
            2 => snapshot.App with { Traffic = [Given.To(random.Next(12), 100), Given.To(random.Next(12), 0, "blue")] },
            _ => snapshot.App,
        };
        string[] states = ["Running", "ScaledToZero", "Activating", "Deprovisioning", "Stopped", "Degraded", "Failed", "Dreaming"];
        return Given.Snapshot(app, [.. snapshot.Revisions.Select(revision => Given.Resource(1) with
        {
            Name = revision.Name,
            CreatedTime = random.Next(12) == 0 ? Given.Now.AddHours(-random.Next(2000)) : revision.CreatedTime,
            Active = random.Next(12) == 0 ? revision.Active != true : revision.Active,
            Replicas = random.Next(3),
            TrafficWeight = random.Next(12) == 0 ? 5 : revision.TrafficWeight,
            RunningState = random.Next(4) == 0 ? states[random.Next(states.Length)] : revision.RunningState,
            HealthState = revision.HealthState,
            LastActiveTime = random.Next(12) == 0 ? Given.Now : revision.LastActiveTime,
            ScaleRules = [.. revision.EventConsumers.Where(consumer => consumer.Kind == EventConsumerKind.ScaleRule)
                .Select(consumer => new ScaleRule(consumer.Name, consumer.Type, new Dictionary<string, string>()))],
        })]);
    }

    private static PrunePlan Plan(PruneWorld world) => PrunePlanner.Plan(world, s_request, Given.Now);

    private static PruneWorld World(Func<RevisionResource, RevisionResource>? change = null) => new(Given.Shop(6, change));

    private static PruneWorld Without(int number)
    {
        var snapshot = World().Snapshot;
        return new PruneWorld(new AppSnapshot(snapshot.App, snapshot.Revisions.Where(revision => revision.Name != Given.NameOf(number))));
    }

    private static Func<RevisionResource, RevisionResource> At(int number, Func<RevisionResource, RevisionResource> change) =>
        resource => resource.Name == Given.NameOf(number) ? change(resource) : resource;

    private static PruneWorld OfApp(Func<ContainerApp, ContainerApp> change)
    {
        var snapshot = World().Snapshot;
        return new PruneWorld(new AppSnapshot(change(snapshot.App), snapshot.Revisions));
    }

    private static PruneWorld Move(string move) => move switch
    {
        "mode" => OfApp(app => app with { RevisionMode = "Single" }),
        "traffic" => OfApp(app => app with { Traffic = [Given.To(6, 90), Given.To(3, 10)] }),
        "latest" => OfApp(app => app with { LatestRevisionName = Given.NameOf(7) }),
        "ready" => OfApp(app => app with { LatestReadyRevisionName = Given.NameOf(5) }),
        "limit" => OfApp(app => app with { MaxInactiveRevisions = 20 }),
        "kind" => OfApp(app => app with { Kind = "functionapp" }),
        "ingress" => OfApp(app => app with { IngressEnabled = false }),
        "keep tag" => OfApp(app => app with { Tags = new Dictionary<string, string> { ["RevisionTools-Keep"] = "v1" } }),
        "prune tag" => OfApp(app => app with { Tags = new Dictionary<string, string> { ["revisiontools-prune"] = "never" } }),
        "label history" => World() with { LabelHistory = [History()] },
        "new" => new PruneWorld(new AppSnapshot(World().Snapshot.App, Given.Shop(7).Revisions)),
        "gone" => Without(5),
        "made anew" => World(At(2, resource => resource with { CreatedTime = Given.Now })),
        "down" => World(At(5, resource => resource with { Active = false })),
        "failed" => World(At(2, resource => resource with { RunningState = "Failed" })),
        "starting" => World(At(2, resource => resource with { RunningState = "Activating" })),
        "strange" => World(At(2, resource => resource with { RunningState = "Dreaming" })),
        "counted" => World(At(2, resource => resource with { TrafficWeight = 5 })),
        "label" => OfRevision(2, revision => revision with { Labels = ["blue"] }),
        "image" => World(At(2, resource => resource with { Containers = [new RevisionContainer { Name = "shop", Image = "shop:2" }] })),
        "consumer" => World(At(2, resource => resource with { ScaleRules = [new ScaleRule("rule", "azure-queue", new Dictionary<string, string> { ["queueName"] = "orders" })] })),
        "last active" => World(At(1, resource => resource with { LastActiveTime = Given.Now })),
        "readiness" => World() with { Readiness = new Dictionary<string, ReadinessResult> { [Given.NameOf(2)] = ReadinessResult.NotReady } },
        _ => throw new ArgumentOutOfRangeException(nameof(move)),
    };

    private static PruneWorld OfRevision(int number, Func<Revision, Revision> change)
    {
        var snapshot = World().Snapshot;
        return new PruneWorld(new AppSnapshot(snapshot.App, snapshot.Revisions.Select(revision => revision.Name == Given.NameOf(number) ? change(revision) : revision)));
    }

    private static LabelHistoryRecord History() => new()
    {
        Label = "blue",
        RevisionName = Given.NameOf(1),
        Start = Given.Now,
        Status = "Succeeded",
        ContainerAppName = Given.AppName,
        ResourceGroupName = "rg-shop",
        SubscriptionId = "00000000-0000-0000-0000-000000000001",
        ResourceId = "/x",
    };
}
