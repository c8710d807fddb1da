using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;
using RevisionTools.Traffic;

namespace RevisionTools.Tests.Traffic;

/// <summary>Nobody gets traffic that cannot answer, also not as the one that takes the rest or everything. Revision 1 is inactive, 5 the newest and failed.</summary>
public sealed class TrafficTargetGuardTests
{
    private static readonly TrafficEntry[] s_table = [Given.To(2, 90, "stable"), Given.To(3, 10, "canary")];

    public static TheoryData<string, FailureKind> Unfit => new()
    {
        { "0000001", FailureKind.TrafficTargetInactive },
        { "0000005", FailureKind.TrafficTargetNotReady },
        { "@latest", FailureKind.TrafficTargetNotReady },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void The_rest_is_not_given_to_what_cannot_answer(string remainder, FailureKind kind)
    {
        var snapshot = Snapshot(s_table);

        Refuses(kind, () => WeightEdit.Of([KeyValuePair.Create("stable", 50)], remainder, allowNotReady: false, snapshot).Apply(snapshot));
    }

    [Theory]
    [MemberData(nameof(Unfit))]
    public void Everything_is_not_given_to_what_cannot_answer(string target, FailureKind kind)
    {
        var snapshot = Snapshot(s_table);

        Refuses(kind, () => new AllToEdit(TrafficTargets.Find(target, snapshot), allowNotReady: false).Apply(snapshot));
    }

    [Fact]
    public void Everything_is_only_given_to_a_label_that_is_where_it_was()
    {
        var edit = new AllToEdit(TrafficTargets.Find("canary", Snapshot(s_table)), allowNotReady: false);

        Assert.Equal([Given.To(2, 0, "stable"), Given.To(3, 100, "canary")], edit.Apply(Snapshot(s_table)));
        Assert.Contains(Given.NameOf(4), Refuses(FailureKind.TrafficChanged, () => edit.Apply(Snapshot(Given.To(2, 90, "stable"), Given.To(4, 10, "canary")))).Message, StringComparison.Ordinal);
        Refuses(FailureKind.TrafficChanged, () => edit.Apply(Snapshot(Given.To(2, 90, "stable"), Given.To(3, 10))));
    }

    private static RevisionToolsException Refuses(FailureKind kind, Action action)
    {
        var failure = Assert.Throws<RevisionToolsException>(action);
        Assert.Equal(kind, failure.Kind);
        return failure;
    }

    private static AppSnapshot Snapshot(params TrafficEntry[] traffic) => Given.Snapshot(
        Given.App(traffic: traffic) with { LatestRevisionName = Given.NameOf(5), LatestReadyRevisionName = Given.NameOf(4) },
        Given.Resource(1) with { Active = false, RunningState = "Stopped", Replicas = 0 },
        Given.Resource(2),
        Given.Resource(3),
        Given.Resource(4),
        Given.Resource(5) with { ProvisioningState = "Failed", RunningState = "Failed", HealthState = "Unhealthy" });
}
