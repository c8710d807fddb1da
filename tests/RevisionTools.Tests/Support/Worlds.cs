using FsCheck;
using FsCheck.Fluent;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;

namespace RevisionTools.Tests.Support;

/// <summary>Generates apps of every sort, also ones that Azure would hardly make, with policies and lifted interlocks.</summary>
internal static class Worlds
{
    private static readonly string[] s_runningStates =
        ["Running", "RunningAtMaxScale", "ScaledToZero", "Activating", "Processing", "Deprovisioning", "Stopped", "Degraded", "Failed", "Dreaming"];

    private static readonly string[] s_modes = ["Single", "Multiple", "Multiple", "Multiple", "Labels", "Sometimes"];

    public sealed record World(AppSnapshot Snapshot, RetentionPolicy Policy, InterlockLifts Lifts)
    {
        public PrunePlan Plan() => Plan(Lifts);

        public PrunePlan Plan(InterlockLifts lifts) => Plan(Snapshot, lifts);

        public PrunePlan Plan(AppSnapshot snapshot) => Plan(snapshot, Lifts);

        private PrunePlan Plan(AppSnapshot snapshot, InterlockLifts lifts) =>
            PrunePlanner.Plan(new PruneWorld(snapshot), new PruneRequest(Policy, lifts), Given.Now);

        public override string ToString() =>
            $"{Policy} {Lifts} {Snapshot.App} traffic [{string.Join(", ", Snapshot.App.Traffic)}]\n{string.Join("\n", Snapshot.Revisions.Select(Describe))}";

        private static string Describe(Revision revision) =>
            $"{revision.Name} {revision.Stage} ({revision.StageReason}) created {revision.CreatedTime:u} weight {revision.TrafficWeight}";
    }

    public static Gen<World> All { get; } =
        from count in Gen.Choose(0, 12)
        from resources in Sequence([.. Enumerable.Range(1, count).Select(Resource)])
        from app in App(count)
        from policy in Policy(count)
        from labelled in Gen.Elements(true, false)
        from consumer in Gen.Elements(true, false)
        select new World(Given.Snapshot(app, resources), policy, new InterlockLifts(labelled, consumer));

    /// <summary>Checks a property on many worlds, the same ones each time.</summary>
    public static void Hold(Func<World, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20260301, 41), Prop.ForAll(All.ToArbitrary(), property));

    private static Gen<RevisionResource[]> Sequence(Gen<RevisionResource>[] each) => Gen.CollectToArray(each);

    private static Gen<RevisionResource> Resource(int number) =>
        from running in Gen.Frequency((6, Gen.Constant("Running")), (4, Gen.Elements(s_runningStates)))
        from active in Gen.Frequency((8, Gen.Constant<bool?>(true)), (3, Gen.Constant<bool?>(false)), (1, Gen.Constant<bool?>(null)))
        from health in Gen.Frequency((8, Gen.Constant("Healthy")), (1, Gen.Constant("None")), (1, Gen.Constant("Unhealthy")))
        from hours in Gen.Choose(0, 2000)
        from lastActive in Gen.Frequency((3, Gen.Constant<DateTimeOffset?>(null)), (1, Gen.Choose(0, 500).Select(h => (DateTimeOffset?)Given.Now.AddHours(-h))))
        from rules in Gen.Frequency((5, Gen.Constant("http")), (1, Gen.Elements("azure-servicebus", "cron")))
        from counted in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Choose(1, 100)))
        select Given.Resource(number, TimeSpan.FromHours(hours)) with
        {
            Active = active,
            RunningState = running,
            HealthState = health,
            LastActiveTime = lastActive,
            TrafficWeight = counted,
            ScaleRules = [new ScaleRule("rule", rules, new Dictionary<string, string>())],
        };

    private static Gen<ContainerApp> App(int count) =>
        from mode in Gen.Elements(s_modes)
        from latest in Gen.Choose(0, count + 1)
        from ready in Gen.Choose(0, count + 1)
        from entries in Gen.ListOf(Entry(count)).Select(list => list.Take(4).ToArray())
        from ingress in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from limit in Gen.Elements<int?>(null, 0, 2, 100)
        select Given.App(mode, ingress ? entries : []) with
        {
            IngressEnabled = ingress,
            LatestRevisionName = Given.NameOf(latest),
            LatestReadyRevisionName = Given.NameOf(ready),
            MaxInactiveRevisions = limit,
        };

    private static Gen<TrafficEntry> Entry(int count) =>
        from number in Gen.Choose(0, count + 1)
        from weight in Gen.Elements(0, 0, 1, 50, 100)
        from label in Gen.Elements<string?>(null, null, "blue", "green")
        select number == 0 ? Given.ToLatest(weight) with { Label = label } : Given.To(number, weight, label);

    private static Gen<RetentionPolicy> Policy(int count) =>
        from last in Gen.Elements<int?>(null, 0, 1, 2, 5)
        from created in Gen.Elements<int?>(null, null, 0, 10, 800)
        from active in Gen.Elements<int?>(null, null, 10, 300)
        from name in Gen.Choose(0, count * 2)
        select new RetentionPolicy
        {
            KeepLast = last,
            KeepSinceCreated = created is { } hours ? TimeSpan.FromHours(hours) : null,
            KeepSinceActive = active is { } since ? TimeSpan.FromHours(since) : null,
            KeepName = name > count ? [$"*{name - count}"] : [],
        };
}
