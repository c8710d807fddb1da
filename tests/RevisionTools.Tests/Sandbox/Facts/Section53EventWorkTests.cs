using RevisionTools.Sandbox;

namespace RevisionTools.Tests.Sandbox.Facts;

/// <summary>ARM-FACTS 5.3 and 8: event work goes on at a weight of 0, and each active revision takes part in it.</summary>
public sealed class Section53EventWorkTests : DynamicsTest
{
    private const string BusRule =
        """{"maxReplicas":4,"rules":[{"name":"q","custom":{"type":"azure-servicebus","metadata":{"queueName":"jobs","messageCount":"20"}}}]}""";

    [Fact]
    public async Task A_revision_at_weight_0_goes_on_consuming_beside_the_one_that_serves()
    {
        await CreateAsync(BusRule);
        await AddRevisionAsync("b", image: "work:2");
        Advance(minutes: 2);
        await SetTrafficAsync(("a", 0), ("b", 100));
        Tenant.Work.AddQueue("jobs", arrivalsPerMinute: 30, Now);
        Advance(minutes: 30);
        var queue = Queue("jobs");

        Assert.Equal(0, (int)(await RevisionAsync("a"))["trafficWeight"]!);
        Assert.InRange(queue.Arrived, 880, 900);
        Assert.InRange(queue.Consumed["work--a"], 400, 500);
        Assert.InRange(queue.Consumed["work--b"], 400, 500);
    }

    [Fact]
    public async Task Only_deactivation_ends_the_consuming()
    {
        await CreateAsync(BusRule);
        await AddRevisionAsync("b", image: "work:2");
        Advance(minutes: 2);
        Tenant.Work.AddQueue("jobs", arrivalsPerMinute: 30, Now);
        Advance(minutes: 10);
        await DeactivateAsync("a");
        Advance(minutes: 1);
        var before = Queue("jobs");
        Advance(minutes: 10);
        var after = Queue("jobs");

        Assert.Equal(before.Consumed["work--a"], after.Consumed["work--a"]);
        Assert.Equal(300, after.Consumed["work--b"] - before.Consumed["work--b"]);
    }

    [Fact]
    public async Task What_a_replica_leaves_unfinished_when_it_ends_is_delivered_again()
    {
        await CreateAsync("""{"minReplicas":1,"maxReplicas":1,"rules":[{"name":"q","azureQueue":{"queueName":"jobs","queueLength":1}}]}""");
        await PatchAsync("""{"template":{"revisionSuffix":"b","terminationGracePeriodSeconds":0}}""");
        await DeactivateAsync("a");
        Advance(minutes: 5);
        Tenant.Work.AddQueue("jobs", arrivalsPerMinute: 0, Now, waiting: 30);
        for (var second = 0; second < 31 && Queue("jobs").InFlight == 0; second++)
        {
            Advance(seconds: 1);
        }

        Assert.Equal((0, 30), (Queue("jobs").Waiting, Queue("jobs").InFlight));
        var taken = Now;
        await DeactivateAsync("b");
        Advance(minutes: 2);
        var end = Queue("jobs");

        var worked = (App.FindRevision("work--b")!.PhaseStarted - taken).TotalSeconds;
        Assert.InRange(worked, 15, 29);
        Assert.Equal((30, 0), (end.Arrived, end.InFlight));
        Assert.InRange(end.Consumed["work--b"], (long)worked, (long)worked + 1);
        Assert.Equal(30, end.Waiting + end.Consumed["work--b"]);
    }

    [Fact]
    public async Task A_deleted_app_consumes_no_more_even_if_nobody_asks_the_service()
    {
        await CreateAsync(BusRule);
        Tenant.Work.AddQueue("jobs", arrivalsPerMinute: 30, Now);
        Advance(minutes: 10);
        using var deleted = await Driver.SendAsync(HttpMethod.Delete, Path);
        Advance(minutes: 1);
        var before = Queue("jobs");
        Advance(minutes: 10);

        Assert.InRange(before.Consumed["work--a"], 200, 330);
        Assert.Equal(before.Consumed["work--a"], Queue("jobs").Consumed["work--a"]);
    }

    [Fact]
    public async Task Competing_consumers_share_by_their_replicas_and_no_message_is_lost_or_taken_twice()
    {
        await CreateAsync("""{"minReplicas":3,"maxReplicas":3,"rules":[{"name":"q","azureQueue":{"queueName":"jobs","queueLength":1000}}]}""");
        await PatchAsync("""{"template":{"revisionSuffix":"b","scale":{"minReplicas":1,"maxReplicas":1}}}""");
        Advance(minutes: 2);
        var waiting = Tenant.Work.AddQueue("jobs", arrivalsPerMinute: 7.3, Now, waiting: 4_001);
        for (var minute = 0; minute < 40; minute++)
        {
            Advance(minutes: 1);
            var queue = Queue("jobs");
            Assert.Equal(queue.Arrived, queue.Waiting + queue.InFlight + queue.Consumed.Values.Sum());
        }

        var end = Queue("jobs");
        Assert.Equal(0, waiting.Waiting);
        Assert.InRange(end.Arrived, 4_001 + 290, 4_001 + 292);
        Assert.InRange(end.Consumed["work--a"] / (double)end.Consumed["work--b"], 2.5, 3.1);
    }

    [Theory]
    [InlineData("azure-servicebus", """{"queueName":"jobs","messageCount":"20"}""", "jobs", 3)]
    [InlineData("azure-servicebus", """{"topicName":"news","subscriptionName":"mail","messageCount":"20"}""", "news/mail", 3)]
    [InlineData("azure-queue", """{"queueName":"jobs","queueLength":"10"}""", "jobs", 6)]
    [InlineData("rabbitmq", """{"queueName":"jobs","mode":"QueueLength","value":"30"}""", "jobs", 2)]
    [InlineData("kafka", """{"topic":"news","consumerGroup":"mail","lagThreshold":"15"}""", "news/mail", 4)]
    [InlineData("azure-eventhub", """{"eventHubName":"hub"}""", "hub", 1)]
    public async Task Replicas_follow_the_backlog_by_the_metadata_of_the_rule(string type, string metadata, string queue, int replicas)
    {
        await CreateAsync(Rule(type, metadata), ingress: false);
        Advance(minutes: 10);
        var asleep = await StateAsync("a");
        Tenant.Work.AddQueue(queue, arrivalsPerMinute: 0, Now, waiting: 60);
        Advance(seconds: 30);

        Assert.Equal(("ScaledToZero", 0), (asleep.Running, asleep.Replicas));
        Assert.Equal(replicas, (await StateAsync("a")).Replicas);
    }

    [Fact]
    public async Task The_azure_queue_rule_of_its_own_kind_scales_too()
    {
        await CreateAsync("""{"rules":[{"name":"q","azureQueue":{"queueName":"jobs","queueLength":30}}]}""", ingress: false);
        Tenant.Work.AddQueue("jobs", arrivalsPerMinute: 0, Now, waiting: 60);
        Advance(seconds: 30);

        Assert.Equal(2, (await StateAsync("a")).Replicas);
    }

    [Fact]
    public async Task A_backlog_that_is_done_lets_it_sleep_after_the_cooldown_and_a_new_one_wakes_it()
    {
        await CreateAsync(BusRule, ingress: false);
        var queue = Tenant.Work.AddQueue("jobs", arrivalsPerMinute: 0, Now, waiting: 400);
        Advance(minutes: 2);
        var busy = await StateAsync("a");
        Advance(minutes: 20);
        var done = await StateAsync("a");
        queue.ArrivalsPerMinute = 10;
        Advance(minutes: 2);

        Assert.Equal(("RunningAtMaxScale", 4), (busy.Running, busy.Replicas));
        Assert.Equal(("ScaledToZero", 0), (done.Running, done.Replicas));
        Assert.Equal(1, (await StateAsync("a")).Replicas);
    }

    [Fact]
    public async Task Subscriptions_of_one_topic_do_not_compete()
    {
        await CreateAsync(Rule("azure-servicebus", """{"topicName":"news","subscriptionName":"mail"}"""), ingress: false);
        Tenant.Work.AddQueue("news/mail", arrivalsPerMinute: 20, Now);
        Tenant.Work.AddQueue("news/print", arrivalsPerMinute: 20, Now);
        Advance(minutes: 10);

        Assert.NotEmpty(Queue("news/mail").Consumed);
        Assert.Empty(Queue("news/print").Consumed);
        Assert.Equal(200, Queue("news/print").Waiting);
    }

    [Fact]
    public async Task A_cron_rule_wakes_every_active_revision_in_its_window()
    {
        await CreateAsync(
            Rule("cron", """{"timezone":"Europe/Amsterdam","start":"0 12 * * *","end":"30 13 * * *","desiredReplicas":"2"}"""), ingress: false);
        await AddRevisionAsync("b", image: "work:2");

        // Noon in Amsterdam is 11:00 UTC in November; the sandbox starts at 09:30.
        Advance(minutes: 80);
        var before = await StateAsync("a");
        Advance(minutes: 20);
        var open = (await StateAsync("a"), await StateAsync("b"));
        Advance(minutes: 100);
        var timer = Queue("work/r");

        Assert.Equal(0, before.Replicas);
        Assert.Equal((2, 2), (open.Item1.Replicas, open.Item2.Replicas));
        Assert.Equal(0, (await StateAsync("a")).Replicas);
        Assert.True(timer.IsTimer);
        Assert.Equal(1, timer.Arrived);
        Assert.Equal([1, 1], timer.Consumed.Values);
    }

    [Fact]
    public void Timer_functions_fire_once_for_every_active_revision_and_so_do_the_work_over_and_over()
    {
        using SandboxDriver fleet = new();
        fleet.Clock.Advance(TimeSpan.FromHours(24));
        var timer = Assert.Single(fleet.Sandbox.Queues, queue => queue.Name == "func-invoices/SendReminders");

        Assert.Equal((true, 1, 0), (timer.IsTimer, timer.Arrived, timer.Waiting));
        Assert.Equal(5, timer.Consumed.Count);
        Assert.Equal(5, timer.Consumed.Values.Sum());
    }

    [Fact]
    public async Task A_disabled_function_and_a_deactivated_revision_fire_nothing()
    {
        using SandboxDriver fleet = new();
        await fleet.PostAsync(fleet.Revision("rg-data", "func-invoices", "0000001") + "/deactivate");
        fleet.Clock.Advance(TimeSpan.FromHours(24));
        var timer = Assert.Single(fleet.Sandbox.Queues, queue => queue.Name == "func-invoices/SendReminders");

        Assert.DoesNotContain("func-invoices--0000001", timer.Consumed.Keys);
        Assert.Empty(FunctionTriggers.Of([new SandboxFunction("Off", "timerTrigger", IsDisabled: true, Source: "0 * * * * *")]));
    }

    [Theory]
    [InlineData("queueTrigger")]
    [InlineData("serviceBusTrigger")]
    [InlineData("eventHubTrigger")]
    public void Function_triggers_name_their_queue_and_ask_for_a_replica_for_16_messages(string type)
    {
        var trigger = Assert.Single(FunctionTriggers.Of([new SandboxFunction("F", type, Source: "jobs"), new SandboxFunction("G", "httpTrigger")]));

        Assert.Equal(("F", "jobs", 16), (trigger.Name, trigger.Queue, trigger.MessagesPerReplica));
    }

    [Fact]
    public async Task A_dapr_subscription_reaches_the_revision_at_weight_0_too_and_moves_no_replicas()
    {
        using SandboxDriver fleet = new();
        fleet.Clock.Advance(TimeSpan.FromHours(1));
        var queue = Assert.Single(fleet.Sandbox.Queues, queue => queue.Name == "news/notifications");
        var old = await fleet.RevisionAsync("rg-data", "notifications", "y5a3g7t");

        Assert.Equal((0, 1), ((int)old["trafficWeight"]!, (int)old["replicas"]!));
        Assert.Equal(4, queue.Consumed.Count);
        Assert.InRange(queue.Consumed["notifications--y5a3g7t"], 150, 210);
    }

    [Theory]
    [InlineData("orders", "orders-worker--0000001", "orders-worker--0000002", "orders-worker--0000003")]
    [InlineData("invoices", "func-invoices--w6e1u9n", "func-invoices--0000001", "func-invoices--0000004")]
    public void The_sample_fleet_shows_old_revisions_at_work(string name, params string[] revisions)
    {
        using SandboxDriver fleet = new();
        fleet.Clock.Advance(TimeSpan.FromHours(1));
        var queue = Assert.Single(fleet.Sandbox.Queues, queue => queue.Name == name);

        Assert.All(revisions, revision => Assert.True(queue.Consumed[revision] > 10, revision));
        Assert.Equal(queue.Arrived, queue.Waiting + queue.InFlight + queue.Consumed.Values.Sum());
    }

    [Fact]
    public async Task A_queue_that_nobody_made_wakes_nobody()
    {
        await CreateAsync(BusRule, ingress: false);
        Advance(hours: 1);

        Assert.Equal(0, (await StateAsync("a")).Replicas);
        Assert.Empty(Driver.Sandbox.Queues);
    }

    private static string Rule(string type, string metadata) =>
        """{"maxReplicas":10,"rules":[{"name":"r","custom":{"type":"TYPE","metadata":METADATA}}]}""".Replace("TYPE", type).Replace("METADATA", metadata);

    private SandboxQueueCount Queue(string name) => Assert.Single(Driver.Sandbox.Queues, queue => queue.Name == name);
}
