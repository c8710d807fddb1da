using RevisionTools.Lifecycle;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

public sealed class ReplicaTests
{
    private static readonly Revision s_revision = Given.Shop(1).Revisions[0];

    [Fact]
    public void Replicas_that_were_started_together_share_a_generation()
    {
        var before = ReplicaGeneration.Of([Of(s_revision, "6c99484fc8-rst8j"), Of(s_revision, "6c99484fc8-abcde")]);

        Assert.True(before.Has(Of(s_revision, "6c99484fc8-zzzzz")));
        Assert.False(before.Has(Of(s_revision, "7d00595fd9-rst8j")));
        Assert.False(before.IsEmpty);
    }

    [Fact]
    public void Two_generations_can_be_there_at_once()
    {
        var before = ReplicaGeneration.Of([Of(s_revision, "aaa-11111"), Of(s_revision, "bbb-22222")]);

        Assert.True(before.Has(Of(s_revision, "bbb-33333")));
        Assert.False(before.Has(Of(s_revision, "ccc-33333")));
    }

    [Theory]
    [InlineData("whatever")]
    [InlineData("a-b-c")]
    public void A_name_of_another_form_stands_for_itself(string name)
    {
        var before = ReplicaGeneration.Of([Of(s_revision, name)]);

        Assert.True(before.Has(Of(s_revision, name)));
        Assert.False(before.Has(Of(s_revision, name + "x")));
    }

    [Fact]
    public void Where_a_name_tells_nothing_only_a_replica_that_was_made_later_is_another()
    {
        var at = new DateTimeOffset(2026, 1, 15, 9, 0, 0, TimeSpan.Zero);
        var before = ReplicaGeneration.Of([Of(s_revision, "one") with { CreatedTime = at.AddHours(-1) }, Of(s_revision, "two") with { CreatedTime = at }]);

        Assert.True(before.Has(Of(s_revision, "three") with { CreatedTime = at }));
        Assert.False(before.Has(Of(s_revision, "three") with { CreatedTime = at.AddSeconds(1) }));
        Assert.True(before.Has(Of(s_revision, "aaa-11111") with { CreatedTime = at.AddMinutes(-1) }));
    }

    [Fact]
    public void Where_names_tell_the_time_does_not_count()
    {
        var before = ReplicaGeneration.Of([Of(s_revision, "aaa-11111") with { CreatedTime = DateTimeOffset.UnixEpoch }]);

        Assert.True(before.Has(Of(s_revision, "aaa-22222") with { CreatedTime = DateTimeOffset.UnixEpoch.AddDays(1) }));
        Assert.False(before.Has(Of(s_revision, "bbb-22222") with { CreatedTime = DateTimeOffset.UnixEpoch }));
    }

    [Fact]
    public void No_replica_is_an_empty_generation() => Assert.True(ReplicaGeneration.Of([]).IsEmpty);

    [Fact]
    public void A_replica_that_stops_or_has_a_container_that_is_not_ready_does_not_count_as_ready()
    {
        var good = new ReplicaContainer { Name = "web", Ready = true };
        var look = new WaitLook(
            s_revision,
            [
                Of(s_revision, "a-1", good, good),
                Of(s_revision, "a-2", good, good with { Ready = false }),
                Of(s_revision, "a-3", good) with { RunningState = "NotRunning" },
                Of(s_revision, "a-4"),
            ]);

        Assert.Equal(1, look.ReadyReplicas);
    }

    [Fact]
    public void The_less_hangs_on_a_revision_the_earlier_it_is_restarted_and_failed_ones_come_last()
    {
        var app = Given.App(traffic: [Given.To(2, 90), Given.To(3, 10)]);
        var snapshot = Given.Snapshot(
            app,
            Given.Resource(1) with { ProvisioningState = "Failed" },
            Given.Resource(2),
            Given.Resource(3),
            Given.Resource(4),
            Given.Resource(5) with { Active = false },
            Given.Resource(6) with { RunningState = "Deprovisioning" });

        Assert.Equal([4, 3, 2, 1], RollingOrder.Of(snapshot).Select(revision => int.Parse(revision.Name[^7..], System.Globalization.CultureInfo.InvariantCulture)));
    }

    internal static Replica Of(Revision revision, string rest, params ReplicaContainer[] containers) => new()
    {
        Name = $"{revision.Name}-{rest}",
        RevisionName = revision.Name,
        ContainerAppName = revision.ContainerAppName,
        ResourceGroupName = revision.ResourceGroupName,
        SubscriptionId = revision.SubscriptionId,
        ResourceId = $"{revision.ResourceId}/replicas/{rest}",
        RunningState = "Running",
        Containers = containers,
    };
}
