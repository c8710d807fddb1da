using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

/// <summary>What revisions cost, and what a plan sets free.</summary>
public sealed class ReservedResourcesTests
{
    [Theory]
    [InlineData("1Gi", 1.0)]
    [InlineData("0.5Gi", 0.5)]
    [InlineData("512Mi", 0.5)]
    [InlineData("1048576Ki", 1.0)]
    [InlineData("1073741824", 1.0)]
    [InlineData("2G", 1.862645149230957)]
    [InlineData("1,5Gi", null)]
    [InlineData("Gi", null)]
    [InlineData("-1Gi", null)]
    [InlineData("1Gi ", null)]
    [InlineData("999999999999999999999999Gi", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Memory_is_read_in_GiB(string? memory, double? expected) => Assert.Equal(expected, ReservedResources.GiB(memory));

    [Fact]
    public void A_plan_says_what_each_costs_and_what_is_set_free()
    {
        var plan = Plan(
            Costing(1, minReplicas: 2, replicas: 3),
            Costing(2, minReplicas: null, replicas: 0),
            Costing(3, minReplicas: 1, replicas: 1) with { Active = false },
            Costing(4, minReplicas: 1, replicas: 5));

        Assert.Equal([3, 0, 1, 5], plan.Entries.Select(entry => entry.ActiveReplicas));
        Assert.Equal([1.5, 0, 0, 0.75], plan.Entries.Select(entry => entry.ReservedCpu));
        Assert.Equal([3.0, 0, 0, 1.5], plan.Entries.Select(entry => entry.ReservedMemoryGiB));
        Assert.Equal((9, 2.25, 4.5), (plan.ActiveReplicas, plan.ReservedCpu, plan.ReservedMemoryGiB));
        Assert.Equal((3, 1.5, 3.0), (plan.FreedReplicas, plan.FreedCpu, plan.FreedMemoryGiB));
    }

    [Fact]
    public void What_the_template_or_Azure_does_not_say_is_not_known()
    {
        var plan = Plan(
            Costing(1, minReplicas: 1, replicas: null) with { Containers = [new RevisionContainer { Name = "a", Image = "x", Memory = "1Gi" }, new RevisionContainer { Name = "b", Image = "x", Cpu = 1 }] },
            Costing(2, minReplicas: 1, replicas: 1) with { Active = null },
            Costing(3, minReplicas: 1, replicas: 1) with { Containers = [] },
            Costing(4, minReplicas: 0, replicas: 1) with { Containers = [] });

        Assert.Equal([null, null, null, 0], plan.Entries.Select(entry => entry.ReservedCpu));
        Assert.Equal([null, null, null, 0], plan.Entries.Select(entry => entry.ReservedMemoryGiB));
        Assert.Null(plan.Entries[0].ActiveReplicas);
        Assert.Equal((3, 0.0, 0.0), (plan.ActiveReplicas, plan.ReservedCpu, plan.FreedMemoryGiB));
    }

    private static PrunePlan Plan(params RevisionResource[] resources)
    {
        var newest = resources[^1].Name;
        var app = Given.App(traffic: Given.To(resources.Length, 100)) with { LatestRevisionName = newest, LatestReadyRevisionName = newest };
        return PrunePlanner.Plan(
            new PruneWorld(Given.Snapshot(app, resources)), new PruneRequest(new RetentionPolicy { KeepLast = 1 }, InterlockLifts.None), Given.Now);
    }

    private static RevisionResource Costing(int number, int? minReplicas, int? replicas) => Given.Resource(number) with
    {
        MinReplicas = minReplicas,
        Replicas = replicas,
        Containers =
        [
            new RevisionContainer { Name = "main", Image = "x", Cpu = 0.5, Memory = "1Gi" },
            new RevisionContainer { Name = "side", Image = "y", Cpu = 0.25, Memory = "512Mi" },
        ],
    };
}
