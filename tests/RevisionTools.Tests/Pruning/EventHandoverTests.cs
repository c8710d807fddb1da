using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

public sealed class EventHandoverTests
{
    [Fact]
    public void One_newer_ready_revision_with_all_of_the_triggers_takes_over() =>
        Assert.Null(Gap(["orders", "refunds"], ["refunds", "orders", "more"]));

    [Fact]
    public void What_the_newer_one_lacks_is_named()
    {
        Assert.Equal("web-shop--0000002, the nearest to take over, lacks azure-queue:refunds", Gap(["orders", "refunds"], ["orders"]));
        Assert.Equal("web-shop--0000003, the nearest to take over, lacks azure-queue:refunds", Gap(["orders", "refunds"], ["other"], ["orders"]));
    }

    [Fact]
    public void Two_newer_ones_that_share_the_triggers_are_not_enough() =>
        Assert.Equal("web-shop--0000002, the nearest to take over, lacks azure-queue:refunds", Gap(["orders", "refunds"], ["orders"], ["refunds"]));

    [Fact]
    public void The_same_queue_in_another_account_is_told_by_its_place() =>
        Assert.Equal(
            "web-shop--0000002, the nearest to take over, lacks azure-queue:orders (accountname=old; queuename=orders)", Gap(["orders@old"], ["orders@new"]));

    [Fact]
    public void An_older_one_takes_nothing_over() => Assert.Equal("no newer ready revision would take over azure-queue:orders", EventHandover.Gap(
        World(["orders"], ["orders"]).Revisions[1], World(["orders"], ["orders"]), Leaving()));

    [Theory]
    [InlineData("orders", null, null)]
    [InlineData("orders", 1, "no other ready revision would take over azure-queue:orders (web-shop--0000001 goes down too)")]
    [InlineData("refunds", null, "web-shop--0000001, the nearest to take over, lacks azure-queue:orders")]
    public void One_that_has_failed_may_be_handed_over_to_an_older_one(string older, int? leaving, string? gap)
    {
        var world = World(last => last with { ProvisioningState = "Failed", RunningState = "Failed" }, [older], ["orders"]);

        Assert.Equal(gap, EventHandover.Gap(world.Revisions[1], world, leaving is { } number ? Leaving(Given.NameOf(number)) : Leaving(), isOldFailure: true));
    }

    [Fact]
    public void One_that_has_failed_does_not_hand_over_to_itself_or_another_failure()
    {
        var world = Given.Snapshot(Given.App() with { IngressEnabled = false }, [.. new[] { 1, 2 }.Select(number => Given.Resource(number) with
        {
            ProvisioningState = "Failed",
            RunningState = "Failed",
            ScaleRules = [new ScaleRule("rule", "azure-queue", Metadata(["orders"]))],
        })]);

        Assert.Equal(
            "no other ready revision would take over azure-queue:orders (web-shop--0000001 is Failed)",
            EventHandover.Gap(world.Revisions[1], world, Leaving(), isOldFailure: true));
    }

    [Fact]
    public void One_that_goes_too_takes_nothing_over() => Assert.Equal(
        "no newer ready revision would take over azure-queue:orders (web-shop--0000002 goes down too)",
        EventHandover.Gap(World(["orders"], ["orders"]).Revisions[0], World(["orders"], ["orders"]), Leaving(Given.NameOf(2))));

    public static TheoryData<string, string?> Heirs => new()
    {
        { "scaled to zero", null },
        { "impaired", "is impaired: runningState 'Degraded', healthState 'Healthy'" },
        { "starting", "is Provisioning" },
        { "failed", "is Failed" },
        { "unknown", "is Unknown" },
        { "going down", "" },
        { "inactive", "" },
    };

    [Theory]
    [MemberData(nameof(Heirs))]
    public void Only_one_that_is_ready_takes_over(string state, string? why)
    {
        var world = World(heir => state switch
        {
            "scaled to zero" => heir with { RunningState = "ScaledToZero", Replicas = 0 },
            "impaired" => heir with { RunningState = "Degraded", Replicas = 1 },
            "starting" => heir with { ProvisioningState = "Provisioning", RunningState = "Activating" },
            "failed" => heir with { ProvisioningState = "Failed", RunningState = "Failed" },
            "unknown" => heir with { RunningState = "Pondering" },
            "going down" => heir with { RunningState = "Deprovisioning" },
            _ => heir with { Active = false },
        }, ["orders"], ["orders"]);

        var gap = EventHandover.Gap(world.Revisions[0], world, Leaving());

        Assert.Equal(why is null, gap is null);
        Assert.EndsWith(why is null or "" ? "" : $"({Given.NameOf(2)} {why})", gap ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_handed_over_from_or_to_functions_that_were_not_read()
    {
        var app = Given.App() with { Kind = "functionapp" };
        var unread = Given.Snapshot(app, Given.Resource(1), Given.Resource(2));
        var heirUnread = new AppSnapshot(app, [FunctionConsumers.Join(app, unread.Revisions[0], [Timer]), unread.Revisions[1]]);
        var read = new AppSnapshot(app, unread.Revisions.Select(revision => FunctionConsumers.Join(app, revision, [Timer])));

        Assert.Equal(
            "its functions could not be read, so nothing shows that a newer revision has all of its triggers",
            EventHandover.Gap(unread.Revisions[0], unread, Leaving()));
        Assert.Equal(
            "no newer ready revision would take over timerTrigger:Nightly (web-shop--0000002 has functions that could not be read)",
            EventHandover.Gap(heirUnread.Revisions[0], heirUnread, Leaving()));
        Assert.Null(EventHandover.Gap(read.Revisions[0], read, Leaving()));
    }

    private static FunctionResource Timer => new() { Name = "Nightly", ResourceId = "/x", TriggerType = "timerTrigger" };

    private static HashSet<string> Leaving(params string[] names) => [.. names];

    private static string? Gap(params string[][] queues) => EventHandover.Gap(World(queues).Revisions[0], World(queues), Leaving());

    private static AppSnapshot World(params string[][] queues) => World(heir => heir, queues);

    /// <summary>Revisions with a rule for each queue, written <c>queue@account</c>.</summary>
    private static AppSnapshot World(Func<RevisionResource, RevisionResource> last, params string[][] queues) => Given.Snapshot(
        Given.App() with { IngressEnabled = false },
        [.. queues.Select((names, index) => (index == queues.Length - 1 ? last : same => same)(Given.Resource(index + 1) with
        {
            ScaleRules = [.. names.Select(name => new ScaleRule($"rule{index}", "azure-queue", Metadata(name.Split('@'))))],
        }))]);

    private static Dictionary<string, string> Metadata(string[] parts) => parts.Length == 1
        ? new() { ["queueName"] = parts[0] }
        : new() { ["queueName"] = parts[0], ["accountName"] = parts[1] };
}
