using BenchmarkDotNet.Attributes;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;

namespace RevisionTools.Benchmarks;

/// <summary>
/// Planning by every rule, from memory. The ratio of the first two tells whether the time grows with the number of revisions or faster; the
/// third is a fleet.
/// </summary>
[MemoryDiagnoser]
public class PlanBenchmarks
{
    private const int FleetSize = 500;

    private static readonly DateTimeOffset s_now = new(2026, 1, 15, 9, 0, 0, TimeSpan.Zero);

    private static readonly RetentionPolicy s_policy = new()
    {
        KeepLast = 3,
        KeepSinceCreated = TimeSpan.FromDays(2),
        KeepSinceActive = TimeSpan.FromDays(3),
        KeepDaily = 7,
        KeepWeekly = 4,
        KeepMonthly = 12,
        TimeZone = "Europe/Berlin",
        KeepLastPerLabel = 2,
        KeepLastPerImage = 2,
        KeepName = ["v1.*", "hotfix*"],
        KeepReady = 3,
        MaxActive = 10,
        MaxInactive = 50,
        Failed = TimeSpan.FromDays(1),
        GroupBy = RetentionGrouping.Label,
    };

    private static readonly PruneRequest s_request = new(s_policy, InterlockLifts.None);

    private readonly PruneWorld _small = World(100);
    private readonly PruneWorld _large = World(1000);
    private readonly PruneWorld[] _fleet = [.. Enumerable.Range(0, FleetSize).Select(_ => World(100))];

    [Benchmark(Baseline = true)]
    public PrunePlan Of100Revisions() => PrunePlanner.Plan(_small, s_request, s_now);

    [Benchmark]
    public PrunePlan Of1000Revisions() => PrunePlanner.Plan(_large, s_request, s_now);

    [Benchmark]
    public int OfFleet() => _fleet.Sum(world => PrunePlanner.Plan(world, s_request, s_now).DeactivateCount);

    private static PruneWorld World(int count)
    {
        var newest = $"web--{count:0000000}";
        var app = new ContainerApp
        {
            Name = "web",
            ResourceGroupName = "rg",
            SubscriptionId = "sub",
            ResourceId = "id",
            RevisionMode = RevisionModes.Multiple,
            IngressEnabled = true,
            Traffic = [new TrafficEntry { RevisionName = newest, Weight = 100, Label = "live" }],
            LatestRevisionName = newest,
            LatestReadyRevisionName = newest,
        };
        var revisions = Enumerable.Range(1, count).Select(number => RevisionJoin.Join(app, new RevisionResource
        {
            Name = $"web--{number:0000000}",
            Active = true,
            ProvisioningState = "Provisioned",
            RunningState = number % 10 == 3 ? "Failed" : "Running",
            HealthState = "Healthy",
            Replicas = 1,
            MinReplicas = 1,
            Containers = [new RevisionContainer { Name = "main", Image = $"contoso.azurecr.io/web{number % 2}:{number}", Cpu = 0.5, Memory = "1Gi" }],
            CreatedTime = s_now.AddHours(5 * (number - count)),
        })).ToList();
        return new PruneWorld(new AppSnapshot(app, revisions))
        {
            // Each revision has had a label of several, one after the other.
            LabelHistory = [.. revisions.Select((revision, index) => new LabelHistoryRecord
            {
                Label = $"label{index % 4}",
                RevisionName = revision.Name,
                Start = revision.CreatedTime,
                Stop = revision.CreatedTime + TimeSpan.FromHours(20),
                ContainerAppName = app.Name,
                ResourceGroupName = app.ResourceGroupName,
                SubscriptionId = app.SubscriptionId,
                ResourceId = app.ResourceId,
            })],
            Readiness = revisions.ToDictionary(revision => revision.Name, revision => revision.Name.EndsWith('7') ? ReadinessResult.NotReady : ReadinessResult.Ready),
        };
    }
}
