using BenchmarkDotNet.Attributes;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;

namespace RevisionTools.Benchmarks;

/// <summary>Planning the prune of an app. The ratio between the two tells whether it grows with the number of revisions or faster.</summary>
[MemoryDiagnoser]
public class PlanBenchmarks
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 15, 9, 0, 0, TimeSpan.Zero);
    private static readonly RetentionPolicy s_policy = new() { KeepLast = 3, KeepSinceCreated = TimeSpan.FromDays(2), KeepName = ["v1.*"] };
    private static readonly PruneRequest s_request = new(s_policy, InterlockLifts.None);

    private readonly AppSnapshot _small = Snapshot(100);
    private readonly AppSnapshot _large = Snapshot(1000);

    [Benchmark(Baseline = true)]
    public PrunePlan Of100Revisions() => PrunePlanner.Plan(new PruneWorld(_small), s_request, s_now);

    [Benchmark]
    public PrunePlan Of1000Revisions() => PrunePlanner.Plan(new PruneWorld(_large), s_request, s_now);

    private static AppSnapshot Snapshot(int count)
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
            Traffic = [new TrafficEntry { RevisionName = newest, Weight = 100 }],
            LatestRevisionName = newest,
            LatestReadyRevisionName = newest,
        };
        return new AppSnapshot(app, Enumerable.Range(1, count).Select(number => RevisionJoin.Join(app, new RevisionResource
        {
            Name = $"web--{number:0000000}",
            Active = true,
            ProvisioningState = "Provisioned",
            RunningState = "Running",
            HealthState = "Healthy",
            Replicas = 1,
            CreatedTime = s_now.AddDays(number - count - 3),
        })));
    }
}
