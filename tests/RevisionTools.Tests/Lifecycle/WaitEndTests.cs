using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

/// <summary>When waits and restarts are over, and what is given out then.</summary>
public sealed class WaitEndTests : SandboxTest
{
    private readonly WaitCondition _restarted = new()
    {
        Stage = RevisionStage.Ready,
        Timeout = TimeSpan.FromMinutes(5),
        Replaces = ReplicaGeneration.Of([Replica("old-1")]),
    };

    [Fact]
    public async Task What_is_given_out_has_the_traffic_that_the_app_has_at_the_end()
    {
        var id = new RevisionId(Shop("web-search"), "web-search--0000001");
        await Azure.ActivateRevisionAsync(id, CancellationToken.None);
        var hasMoved = false;

        var revision = await new RevisionWaiter(Azure, new Random(1)).WaitAsync(
            id,
            new WaitCondition { Stage = RevisionStage.Ready, Timeout = TimeSpan.FromMinutes(5) },
            (await ReadAsync(id.App)).Find(id.Name),
            _ =>
            {
                if (!hasMoved)
                {
                    hasMoved = true;
                    StartTraffic(id.App, (id.Name, 40, "old"), ("web-search--0000003", 60, null));
                }

                return ValueTask.CompletedTask;
            },
            CancellationToken.None);

        Assert.True(hasMoved);
        Assert.Equal((RevisionStage.Active, 40), (revision.Stage, revision.EffectiveWeight));
        Assert.Equal(["old"], revision.Labels);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task After_a_restart_as_many_replicas_are_wanted_as_the_template_has_at_least(int ready, bool isMet)
    {
        var revision = (await ReadAsync(Shop("web-shop"))).Find("web-shop--0000030")! with { Replicas = 1, MinReplicas = 3 };
        var look = new WaitLook(revision, [.. Enumerable.Range(1, ready).Select(number => Replica($"new-{number}"))]);
        look = look with { HasOthers = _restarted.ShowsOthers(look) };

        Assert.Equal(3, _restarted.WantedReplicas(look));
        Assert.Equal(isMet, _restarted.IsMet(look));
    }

    [Fact]
    public async Task Trouble_that_passes_does_not_end_the_search_for_what_became_of_a_lost_restart()
    {
        var id = new RevisionId(Shop("web-shop"), "web-shop--0000030");
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionResetAfterWrite, Method = "POST" });
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "GET", Path = "*/replicas", Skip = 1, Times = 12 });

        var end = await new RevisionRestarter(Azure, new RestartOptions { Wait = true, Random = new Random(1) }, Output).RestartAsync(id, CancellationToken.None);

        Assert.Equal(id.Name, end.Revision!.Name);
        Assert.Single(Sandbox.Requests, request => request.Method == "POST");
    }

    private static Replica Replica(string ending) => new()
    {
        Name = $"web-shop--0000030-{ending}",
        RevisionName = "web-shop--0000030",
        ContainerAppName = "web-shop",
        ResourceGroupName = "rg-shop",
        SubscriptionId = "",
        ResourceId = "",
        RunningState = "Running",
        Containers = [new ReplicaContainer { Name = "web-shop", Ready = true }],
    };
}
