using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

/// <summary>Prunes revisions that work at no traffic, on the sandbox and over the real client; what they do is seen in its queues.</summary>
public sealed class EventConsumerPruneTests : SandboxTest
{
    private static readonly InterlockLifts s_lifted = new(EventConsumer: true);

    [Fact]
    public async Task A_queue_worker_is_handed_over_to_its_newest_revision_and_no_message_is_lost()
    {
        Sandbox.Clock.Advance(TimeSpan.FromHours(1));
        var before = Orders();
        Sandbox.Clock.Advance(TimeSpan.FromHours(1));
        var doubled = Orders();
        Assert.All(Workers(1, 2, 3), worker => Assert.True(doubled.Consumed[worker] > before.Consumed[worker], worker));

        var plan = await PlanAsync(Data("orders-worker"), keepLast: 1);
        var source = Assert.Single(plan.EventSources);
        var twice = Assert.Single(plan.DoubleConsumers);
        Assert.Equal(Workers(1, 2, 3), source.Revisions);
        Assert.Equal(("azure-servicebus:orders", EventConsumerKind.ScaleRule), (twice.Source, twice.Kind));
        Assert.Equal(Workers(1, 2, 3), twice.Revisions);
        Assert.Equal(
            "App 'orders-worker': several active revisions take work from azure-servicebus:orders at once, whatever their traffic weight: "
            + "orders-worker--0000001, orders-worker--0000002, orders-worker--0000003.",
            Assert.Single(Output.Warnings));

        await RunAsync(plan);

        Assert.Equal(Workers(1, 2), Results.Select(result => result.Name).Order());
        Assert.All(Results, result => Assert.Equal((PruneOutcome.Deactivated, RevisionStage.Inactive), (result.Outcome, result.Stage)));
        Assert.All(Results, result => Assert.Matches("^drained in 00:0[01]:[0-5][0-9]: inactive, 0 replicas left$", result.Message));
        Assert.Empty(Output.Failures);
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        var drained = Orders();
        Sandbox.Clock.Advance(TimeSpan.FromHours(1));
        var end = Orders();
        Assert.All(Workers(1, 2), worker => Assert.Equal(drained.Consumed[worker], end.Consumed[worker]));
        Assert.True(end.Consumed["orders-worker--0000003"] > drained.Consumed["orders-worker--0000003"]);
        Assert.True(end.Arrived > drained.Arrived);
        Assert.Equal(end.Arrived, end.Waiting + end.InFlight + end.Consumed.Values.Sum());
        Assert.Empty((await PlanAsync(Data("orders-worker"), keepLast: 1)).DoubleConsumers);
    }

    [Fact]
    public async Task A_newer_revision_that_lacks_one_of_two_triggers_takes_nothing_over()
    {
        using var world = new ContainerAppsSandbox(new SandboxClock(Given.Now), SandboxScenario.Parse("""
            {"apps":[{"resourceGroup":"rg","name":"work","configuration":{"activeRevisionsMode":"Multiple"},
              "template":{"containers":[{"name":"work","image":"work:1"}],"scale":{"rules":[
                {"name":"a","azureQueue":{"queueName":"orders","accountName":"shop","queueLength":5}},
                {"name":"b","azureQueue":{"queueName":"refunds","accountName":"shop","queueLength":5}}]}},
              "revisions":[{"suffix":"a","createdTime":"-P9D"},
                {"suffix":"b","createdTime":"-P1D","template":{"scale":{"rules":[
                  {"name":"renamed","azureQueue":{"queueName":"orders","accountName":"shop","queueLength":50}},
                  {"name":"b","azureQueue":{"queueName":"refunds","accountName":"archive","queueLength":5}}]}}}]}]}
            """));
        var plan = await PlanAsync(new ContainerAppId(world.SubscriptionId, "rg", "work"), keepLast: 1, ClientOf(world));

        var blocked = plan.Entries[0];
        Assert.Equal(PruneDecision.Blocked, blocked.Decision);
        Assert.Equal([Interlock.ConsumesEvents], blocked.BlockedBy);
        Assert.Equal(
            "ConsumesEvents: work--b, the nearest to take over, lacks azure-queue:refunds (accountname=shop; queuename=refunds)", blocked.Reasons[0]);
        Assert.Equal("azure-queue:orders", Assert.Single(plan.DoubleConsumers).Source);
        Assert.Equal(3, plan.EventSources.Count);
    }

    [Theory]
    [InlineData("orders", PruneDecision.Deactivate)]
    [InlineData("refunds", PruneDecision.Blocked)]
    public async Task A_failed_newest_worker_goes_where_an_older_one_at_work_has_its_triggers(string older, PruneDecision decision)
    {
        using var world = new ContainerAppsSandbox(new SandboxClock(Given.Now), SandboxScenario.Parse($$$$"""
            {"apps":[{"resourceGroup":"rg","name":"work","configuration":{"activeRevisionsMode":"Multiple"},
              "template":{"containers":[{"name":"work","image":"work:1"}],"scale":{"minReplicas":1,"rules":[
                {"name":"a","azureQueue":{"queueName":"orders","accountName":"shop","queueLength":5}}]}},
              "revisions":[{"suffix":"a","createdTime":"-P9D","replicas":1,"template":{"scale":{"rules":[
                  {"name":"a","azureQueue":{"queueName":"{{{{older}}}}","accountName":"shop","queueLength":5}}]}}},
                {"suffix":"b","createdTime":"-P1D","outcome":"ContainerCrashes"}]}]}
            """));
        var azure = ClientOf(world);
        var app = new ContainerAppId(world.SubscriptionId, "rg", "work");
        var plan = await PlanAsync(app, keepLast: 1, azure, failed: TimeSpan.FromHours(1));

        Assert.Equal([PruneDecision.Keep, decision], plan.Entries.Select(entry => entry.Decision));
        Assert.Equal(PruneDecision.Blocked, (await PlanAsync(app, keepLast: 1, azure, InterlockLifts.None, TimeSpan.FromHours(1))).Entries[1].Decision);

        await RunAsync(plan, azure);

        Assert.Equal(decision == PruneDecision.Deactivate ? 1 : 0, world.WriteCount);
        Assert.All(Results, result => Assert.Equal(("work--b", PruneOutcome.Deactivated), (result.Name, result.Outcome)));
    }

    [Theory]
    [InlineData("""{"name":"BUS","secretRef":"bus"}""", """{"name":"BUS","secretRef":"bus"}""", true)]
    [InlineData("""{"name":"BUS","secretRef":"bus"}""", """{"name":"BUS","secretRef":"other-bus"}""", false)]
    [InlineData("""{"name":"BUS","value":"Endpoint=sb://s3kr1t/"}""", """{"name":"BUS","value":"Endpoint=sb://s3kr1t/"}""", true)]
    [InlineData("""{"name":"BUS","value":"Endpoint=sb://s3kr1t/"}""", """{"name":"BUS","value":"Endpoint=sb://s3kr1t-2/"}""", false)]
    [InlineData("""{"name":"OTHER","value":"s3kr1t"}""", """{"name":"OTHER","value":"s3kr1t"}""", false)]
    public async Task A_source_that_a_variable_names_is_handed_over_where_both_variables_hold_the_same(string older, string newer, bool isSame)
    {
        using var world = new ContainerAppsSandbox(new SandboxClock(Given.Now), SandboxScenario.Parse($$$$"""
            {"apps":[{"resourceGroup":"rg","name":"work","configuration":{"activeRevisionsMode":"Multiple","secrets":[{"name":"bus"},{"name":"other-bus"}]},
              "template":{"containers":[{"name":"work","image":"work:1"}],"scale":{"rules":[
                {"name":"a","custom":{"type":"azure-servicebus","metadata":{"queueName":"orders","connectionFromEnv":"BUS"}}}]}},
              "revisions":[{"suffix":"a","createdTime":"-P9D","template":{"containers":[{"name":"work","image":"work:1","env":[{{{{older}}}}]}]}},
                {"suffix":"b","createdTime":"-P1D","template":{"containers":[{"name":"work","image":"work:1","env":[{{{{newer}}}}]}]}}]}]}
            """));

        var plan = await PlanAsync(new ContainerAppId(world.SubscriptionId, "rg", "work"), keepLast: 1, ClientOf(world));

        Assert.Equal(isSame ? PruneDecision.Deactivate : PruneDecision.Blocked, plan.Entries[0].Decision);
        Assert.DoesNotContain("s3kr1t", Written.Plans([plan]) + string.Join(' ', plan.Entries[0].Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"Nightly","triggerType":"timerTrigger"},{"name":"Ship","triggerType":"queueTrigger"}""", null)]
    [InlineData("""{"name":"Nightly","triggerType":"timerTrigger"}""", "work--b, the nearest to take over, lacks queueTrigger:Ship")]
    [InlineData("""{"name":"Nightly","triggerType":"timerTrigger"},{"name":"Ship","triggerType":"queueTrigger","isDisabled":true}""", "work--b, the nearest to take over, lacks queueTrigger:Ship")]
    [InlineData("""{"name":"Nightly","triggerType":"timerTrigger"},{"name":"Ship","triggerType":"serviceBusTrigger"}""", "work--b, the nearest to take over, lacks queueTrigger:Ship")]
    public async Task A_function_app_is_handed_over_where_the_newer_revision_has_all_of_its_triggers(string newer, string? gap)
    {
        using var world = Functions("""{"name":"Nightly","triggerType":"timerTrigger"},{"name":"Ship","triggerType":"queueTrigger"}""", newer);
        var azure = ClientOf(world);
        var plan = await PlanAsync(new ContainerAppId(world.SubscriptionId, "rg", "work"), keepLast: 1, azure);

        Assert.Equal(gap is null ? PruneDecision.Deactivate : PruneDecision.Blocked, plan.Entries[0].Decision);
        Assert.Equal(gap is null ? [] : [$"ConsumesEvents: {gap}"], plan.Entries[0].BlockedReasons);
        Assert.Equal(["timerTrigger:Nightly", "queueTrigger:Ship"], plan.EventSources.Select(source => source.Source).Take(2));
        Assert.Equal(["Nightly", "Ship"], plan.Entries[0].Revision.EventConsumers.Select(consumer => consumer.Name));

        await RunAsync(plan, azure);

        Assert.Equal(gap is null ? 1 : 0, world.WriteCount);
    }

    [Fact]
    public async Task A_function_app_with_HTTP_triggers_alone_consumes_no_events()
    {
        using var world = Functions("""{"name":"Ask","triggerType":"httpTrigger"}""", """{"name":"Ask","triggerType":"httpTrigger"}""");
        var plan = await PlanAsync(
            new ContainerAppId(world.SubscriptionId, "rg", "work"), keepLast: 1, ClientOf(world), InterlockLifts.None);

        Assert.Equal(PruneDecision.Deactivate, plan.Entries[0].Decision);
        Assert.Equal(RevisionStage.Ready, plan.Entries[0].Stage);
        Assert.Empty(plan.EventSources);
        Assert.Empty(Output.Warnings);
    }

    [Fact]
    public async Task Functions_that_cannot_be_read_keep_their_revision()
    {
        const string Http = """{"name":"Ask","triggerType":"httpTrigger"}""";
        using var world = Functions(Http, Http);
        world.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 500, Path = "*/work--a/functions*", Times = int.MaxValue });
        var plan = await PlanAsync(new ContainerAppId(world.SubscriptionId, "rg", "work"), keepLast: 1, ClientOf(world));

        Assert.Equal(PruneDecision.Blocked, plan.Entries[0].Decision);
        Assert.Contains("its functions could not be read", plan.Entries[0].Reasons[0], StringComparison.Ordinal);
        Assert.StartsWith("The functions of work--a could not be read", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_are_read_again_before_the_call_and_only_of_what_stays_and_what_goes()
    {
        const string Both = """{"name":"Nightly","triggerType":"timerTrigger"}""";
        using var world = Functions(Both, Both);
        var azure = ClientOf(world);
        var plan = await PlanAsync(new ContainerAppId(world.SubscriptionId, "rg", "work"), keepLast: 1, azure);
        world.ClearRequests();
        world.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 500, Path = "*/work--b/functions*", Times = int.MaxValue });

        await RunAsync(plan, azure);

        Assert.Equal(PruneOutcome.Drifted, Assert.Single(Results).Outcome);
        Assert.Equal([Interlock.ConsumesEvents], Results[0].Interlocks);
        Assert.Equal(0, world.WriteCount);
        Assert.DoesNotContain(world.Requests, request => request.PathAndQuery.Contains("work--off/functions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_drain_that_takes_too_long_is_an_error_and_the_revision_is_called_deactivated()
    {
        var plan = await PlanAsync(Data("orders-worker"), keepLast: 1);

        var end = await RunAsync(plan, new LingeringReplicas(Azure), new PruneRunOptions { DrainTimeout = TimeSpan.FromMinutes(3), ThrottleLimit = 1 });

        Assert.Equal((PruneOutcome.Deactivated, RevisionStage.Inactive), (Results[0].Outcome, Results[0].Stage));
        Assert.Matches(
            "was deactivated, and had not drained after 00:03:[0-9]{2}: it is Inactive with 1 replica left, which may be working on events yet", Results[0].Message);
        Assert.Equal([FailureKind.RevisionWaitTimeout], Output.Failures.Select(failure => failure.Kind));
        Assert.Equal(PruneOutcome.NotAttempted, Results[1].Outcome);
        Assert.Equal($"not attempted: the replicas of {Results[0].Name} before it were not drained", Results[1].Message);
        Assert.Equal(1, Sandbox.WriteCount);
        Assert.False(end.IsComplete);
    }

    [Fact]
    public async Task A_drain_that_failed_counts_for_the_most_failures()
    {
        var plan = await PlanAsync(Data("orders-worker"), keepLast: 1);

        await RunAsync(plan, new LingeringReplicas(Azure), new PruneRunOptions { DrainTimeout = TimeSpan.FromMinutes(3), ThrottleLimit = 1, MaxFailure = 1 });

        Assert.Equal("not attempted: 1 had failed (MaxFailure)", Results[1].Message);
    }

    [Fact]
    public async Task Without_a_drain_nothing_is_waited_for()
    {
        var plan = await PlanAsync(Data("orders-worker"), keepLast: 1);
        var started = Sandbox.Clock.GetUtcNow();

        await RunAsync(plan, new LingeringReplicas(Azure), new PruneRunOptions { DrainTimeout = TimeSpan.Zero });

        Assert.All(Results, result => Assert.Equal((PruneOutcome.Deactivated, RevisionStage.Deactivating), (result.Outcome, result.Stage)));
        Assert.Equal(started, Sandbox.Clock.GetUtcNow());
    }

    private IReadOnlyList<PruneResult> Results => Output.Results<PruneResult>();

    private static IEnumerable<string> Workers(params int[] numbers) => numbers.Select(number => $"orders-worker--{number:0000000}");

    private SandboxQueueCount Orders() => Sandbox.Queues.Single(queue => queue.Name == "orders");

    private static ContainerAppsSandbox Functions(string older, string newer) => new(new SandboxClock(Given.Now), SandboxScenario.Parse($$$"""
        {"apps":[{"resourceGroup":"rg","name":"work","kind":"functionapp",
          "configuration":{"activeRevisionsMode":"Multiple","ingress":{"external":true,"targetPort":80,"traffic":[{"revisionName":"work--b","weight":100}]}},
          "template":{"containers":[{"name":"work","image":"work:1"}]},
          "revisions":[{"suffix":"off","createdTime":"-P19D","active":false,"lastActiveTime":"-P9D"},
            {"suffix":"a","createdTime":"-P9D","functions":[{{{older}}}]},{"suffix":"b","createdTime":"-P1D","functions":[{{{newer}}}]}]}]}
        """));

    private static ContainerAppsClient ClientOf(ContainerAppsSandbox sandbox) =>
        new(ConnectionSettings.ForSandbox(sandbox, sandbox.Clock, sandbox.SubscriptionId).Arm with { Random = new Random(1) });

    /// <summary>The plan for an app; entries of revisions that are inactive are left out of the way.</summary>
    private async Task<PrunePlan> PlanAsync(ContainerAppId app, int keepLast, IContainerApps? azure = null, InterlockLifts? lifts = null, TimeSpan? failed = null)
    {
        var request = new PruneRequest(new RetentionPolicy { KeepLast = keepLast, Failed = failed }, lifts ?? s_lifted);
        var plans = await new PlanReader(azure ?? Azure, Output).ReadAsync(
            [new AppScope(app.SubscriptionId, app.ResourceGroupName, app.Name, null)], request, 1, CancellationToken.None);
        var plan = Assert.Single(plans);
        return plan with { Entries = [.. plan.Entries.Where(entry => entry.Decision != PruneDecision.Inactive)] };
    }

    private Task<PruneRunEnd> RunAsync(PrunePlan plan, IContainerApps? azure = null, PruneRunOptions? options = null) =>
        new PruneRunner(azure ?? Azure, options ?? new PruneRunOptions { DrainTimeout = TimeSpan.FromMinutes(10) }, Output)
            .RunAsync([ApprovedPrune.Whole(plan)], CancellationToken.None);
}
