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

    private static readonly string[] s_images = ["contoso.azurecr.io/shop:1", "contoso.azurecr.io/shop@sha256:0a", "contoso.azurecr.io/api:1", "nginx"];

    private static readonly ContainerApp s_app = Given.App();

    public sealed record World(AppSnapshot Snapshot, RetentionPolicy Policy, InterlockLifts Lifts)
    {
        public IReadOnlyList<LabelHistoryRecord> LabelHistory { get; init; } = [];

        public IReadOnlyDictionary<string, ReadinessResult> Readiness { get; init; } = new Dictionary<string, ReadinessResult>();

        public PrunePlan Plan() => Plan(Lifts);

        public PrunePlan Plan(InterlockLifts lifts) => Plan(Snapshot, lifts);

        public PrunePlan Plan(AppSnapshot snapshot) => Plan(snapshot, Lifts);

        private PrunePlan Plan(AppSnapshot snapshot, InterlockLifts lifts) => PrunePlanner.Plan(
            new PruneWorld(snapshot) { LabelHistory = LabelHistory, Readiness = Readiness }, new PruneRequest(Policy, lifts), Given.Now);

        public override string ToString() =>
            $"{Policy} {Lifts} {Snapshot.App} tags [{string.Join(", ", Snapshot.App.Tags)}] traffic [{string.Join(", ", Snapshot.App.Traffic)}] "
            + $"labels [{string.Join(", ", LabelHistory.Select(record => $"{record} until {record.Stop:u}"))}]\n"
            + string.Join("\n", Snapshot.Revisions.Select(Describe));

        private string Describe(Revision revision) =>
            $"{revision.Name} {revision.Stage} ({revision.StageReason}) created {revision.CreatedTime:u} weight {revision.TrafficWeight} "
            + $"images {string.Join(" ", revision.Images)} {Readiness.GetValueOrDefault(revision.Name, ReadinessResult.Unknown)}";
    }

    public static Gen<World> All { get; } =
        from count in Gen.Choose(0, 12)
        from resources in Sequence([.. Enumerable.Range(1, count).Select(Resource)])
        from app in App(count)
        from policy in Policy(count)
        from labelled in Gen.Elements(true, false)
        from consumer in Gen.Elements(true, false)
        from history in Gen.ListOf(LabelRecord(count)).Select(list => list.Take(8).ToArray())
        from readiness in Sequence([.. Enumerable.Range(1, count).Select(_ => Gen.Elements(Enum.GetValues<ReadinessResult>()))])
        select new World(Given.Snapshot(app, resources), policy, new InterlockLifts(labelled, consumer))
        {
            LabelHistory = history,
            Readiness = Enumerable.Range(1, count).ToDictionary(Given.NameOf, number => readiness[number - 1], StringComparer.OrdinalIgnoreCase),
        };

    /// <summary>Checks a property on many worlds, the same ones each time.</summary>
    public static void Hold(Func<World, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20260301, 41), Prop.ForAll(All.ToArbitrary(), property));

    private static Gen<T[]> Sequence<T>(Gen<T>[] each) => Gen.CollectToArray(each);

    private static Gen<RevisionResource> Resource(int number) =>
        from running in Gen.Frequency((6, Gen.Constant("Running")), (4, Gen.Elements(s_runningStates)))
        from active in Gen.Frequency((8, Gen.Constant<bool?>(true)), (3, Gen.Constant<bool?>(false)), (1, Gen.Constant<bool?>(null)))
        from health in Gen.Frequency((8, Gen.Constant("Healthy")), (1, Gen.Constant("None")), (1, Gen.Constant("Unhealthy")))
        from hours in Gen.Frequency((20, Gen.Choose(0, 2000)), (1, Gen.Choose(-48, -1)))
        from dated in Gen.Frequency((20, Gen.Constant(true)), (1, Gen.Constant(false)))
        from images in Gen.ListOf(Gen.Elements(s_images)).Select(list => list.Take(2).ToArray())
        from lastActive in Gen.Frequency((3, Gen.Constant<DateTimeOffset?>(null)), (1, Gen.Choose(0, 500).Select(h => (DateTimeOffset?)Given.Now.AddHours(-h))))
        from rules in Gen.Frequency((5, Gen.Constant("http")), (1, Gen.Elements("azure-servicebus", "cron")))
        from counted in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Choose(1, 100)))
        select Given.Resource(number, TimeSpan.FromHours(hours)) with
        {
            CreatedTime = dated ? Given.Now.AddHours(-hours) : null,
            Containers = [.. images.Select(image => new RevisionContainer { Name = "main", Image = image })],
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
        from tag in Gen.Frequency<(string Name, string Value)?>(
            (20, Gen.Constant<(string, string)?>(null)),
            (2, Gen.Choose(1, count + 1).Select(number => ((string, string)?)("RevisionTools-Keep", $"none, *{number}"))),
            (1, Gen.Constant<(string, string)?>(("revisiontools-prune", "never"))))
        select Given.App(mode, ingress ? entries : []) with
        {
            IngressEnabled = ingress,
            LatestRevisionName = Given.NameOf(latest),
            LatestReadyRevisionName = Given.NameOf(ready),
            MaxInactiveRevisions = limit,
            Tags = tag is { } given ? new Dictionary<string, string> { [given.Name] = given.Value } : new Dictionary<string, string>(),
        };

    private static Gen<TrafficEntry> Entry(int count) =>
        from number in Gen.Choose(0, count + 1)
        from weight in Gen.Elements(0, 0, 1, 50, 100)
        from label in Gen.Elements<string?>(null, null, "blue", "green")
        select number == 0 ? Given.ToLatest(weight) with { Label = label } : Given.To(number, weight, label);

    private static Gen<LabelHistoryRecord> LabelRecord(int count) =>
        from number in Gen.Choose(1, count + 1)
        from label in Gen.Elements("blue", "Green", "old")
        from hours in Gen.Choose(0, 500)
        from isOver in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from status in Gen.Frequency((6, Gen.Constant("Succeeded")), (1, Gen.Constant("Failed")))
        select new LabelHistoryRecord
        {
            Label = label,
            RevisionName = Given.NameOf(number),
            Start = Given.Now.AddHours(-hours - 1),
            Stop = isOver ? Given.Now.AddHours(-hours) : null,
            Status = status,
            ContainerAppName = s_app.Name,
            ResourceGroupName = s_app.ResourceGroupName,
            SubscriptionId = s_app.SubscriptionId,
            ResourceId = s_app.ResourceId,
        };

    private static Gen<RetentionPolicy> Policy(int count) =>
        from last in Count
        from days in Count
        from weeks in Count
        from months in Count
        from labels in Count
        from images in Count
        from ready in Count
        from created in Gen.Elements<int?>(null, null, 0, 10, 800)
        from active in Gen.Elements<int?>(null, null, 10, 300)
        from failed in Gen.Elements<int?>(null, null, 0, 300)
        from name in Gen.Choose(0, count * 2)
        from most in Gen.Elements<int?>(null, null, 1, 3, 5)
        from grouping in Gen.Elements(Enum.GetValues<RetentionGrouping>())
        select new RetentionPolicy
        {
            KeepLast = last,
            KeepDaily = days,
            KeepWeekly = weeks,
            KeepMonthly = months,
            KeepLastPerLabel = labels,
            KeepLastPerImage = images,
            KeepReady = ready,
            KeepSinceCreated = Hours(created),
            KeepSinceActive = Hours(active),
            Failed = Hours(failed),
            KeepName = name > count ? [$"*{name - count}"] : [],
            MaxActive = most,
            GroupBy = grouping,
        };

    private static Gen<int?> Count => Gen.Frequency((6, Gen.Constant<int?>(null)), (4, Gen.Choose(0, 3).Select(count => (int?)count)));

    private static TimeSpan? Hours(int? hours) => hours is { } some ? TimeSpan.FromHours(some) : null;
}
