using System.Text.Json;
using System.Text.Json.Nodes;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Lifecycle;
using RevisionTools.Pruning;
using RevisionTools.Sandbox;
using RevisionTools.Sandbox.Server.Rehearse;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Pruning;

/// <summary>Runs plans against the sandbox, over the real client.</summary>
public sealed class PruneRunnerTests : IDisposable
{
    private readonly ContainerAppsSandbox _sandbox = ContainerAppsSandbox.CreateSampleFleet(new SandboxClock(new DateTimeOffset(2026, 1, 15, 9, 0, 0, TimeSpan.Zero)));
    private readonly CollectingOutput _output = new();
    private readonly ContainerAppsClient _azure;

    public PruneRunnerTests() => _azure = new ContainerAppsClient(
        ConnectionSettings.ForSandbox(_sandbox, _sandbox.Clock, _sandbox.SubscriptionId).Arm with { Random = new Random(1) });

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task What_was_planned_is_deactivated_and_nothing_else()
    {
        var plan = await PlanAsync("web-shop");
        var meant = Deactivations(plan).Select(entry => entry.Name).ToHashSet();

        await RunAsync(plan, new PruneRunOptions { WaitTimeout = TimeSpan.FromMinutes(5) });

        var after = await new SnapshotReader(_azure).ReadAsync(Id("web-shop"), CancellationToken.None);
        Assert.Equal(meant, after.Revisions.Where(revision => revision.Active == false).Select(revision => revision.Name).ToHashSet());
        Assert.All(Results, result => Assert.Equal((PruneOutcome.Deactivated, RevisionStage.Inactive), (result.Outcome, result.Stage)));
        Assert.Equal(meant.Count, _sandbox.WriteCount);
        Assert.Empty(_output.Failures);
        Assert.Empty(_output.Warnings);
    }

    [Fact]
    public async Task A_revision_that_got_a_label_after_the_plan_is_not_touched()
    {
        var plan = await PlanAsync("web-shop");
        var labelled = Deactivations(plan)[4].Name;
        await _azure.UpdateAppAsync(Id("web-shop"), Traffic(("web-shop--0000030", 100, null), (labelled, 0, "rescue")), CancellationToken.None);
        _sandbox.ClearRequests();

        await RunAsync(plan);

        var drifted = Assert.Single(Results, result => result.Outcome == PruneOutcome.Drifted);
        Assert.Equal(labelled, drifted.Name);
        Assert.Equal([Interlock.Labelled], drifted.Interlocks);
        Assert.Equal(Deactivations(plan).Count - 1, _sandbox.WriteCount);
        Assert.DoesNotContain(_sandbox.Requests, request => request.IsWrite && request.PathAndQuery.Contains(labelled, StringComparison.Ordinal));
        Assert.Equal(FailureKind.RevisionProtected, Assert.Single(_output.Failures).Kind);
    }

    [Fact]
    public async Task A_revision_that_went_down_by_itself_is_no_failure()
    {
        var plan = await PlanAsync("web-shop");
        await _azure.DeactivateRevisionAsync(Deactivations(plan)[0].Revision.Id, CancellationToken.None);

        await RunAsync(plan);

        Assert.Equal(PruneOutcome.AlreadyInactive, Assert.Single(Results, result => result.Name == Deactivations(plan)[0].Name).Outcome);
        Assert.Empty(_output.Failures);
    }

    [Fact]
    public async Task A_network_that_goes_away_tells_done_unknown_and_not_attempted_apart()
    {
        var plan = await PlanAsync("web-shop");
        _sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionResetAfterWrite, Method = "POST", Skip = 5, Times = 1 });
        _sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Skip = 30, Times = int.MaxValue });

        await RunAsync(plan, new PruneRunOptions { ThrottleLimit = 1 });

        var outcomes = Results.GroupBy(result => result.Outcome).ToDictionary(group => group.Key, group => group.Count());
        var down = await DownAsync("web-shop");
        Assert.Equal(Deactivations(plan).Count, Results.Count);
        Assert.True(outcomes.GetValueOrDefault(PruneOutcome.Deactivated) > 0);
        Assert.True(outcomes.GetValueOrDefault(PruneOutcome.NotAttempted) > 0);
        Assert.All(Results.Where(result => result.Outcome == PruneOutcome.Deactivated), result => Assert.Contains(result.Name, down));
        Assert.All(
            Results.Where(result => result.Outcome is PruneOutcome.NotAttempted or PruneOutcome.Failed), result => Assert.DoesNotContain(result.Name, down));
        Assert.All(_output.Failures, failure => Assert.Equal(FailureKind.ConnectionFailed, failure.Kind));
    }

    [Fact]
    public async Task A_lost_answer_is_Unknown_when_nothing_can_be_read_back()
    {
        var plan = await PlanAsync("web-shop");
        var first = Deactivations(plan)[0].Name;
        _sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionResetAfterWrite, Method = "POST", Path = $"*{first}/deactivate", Times = int.MaxValue });
        _sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Method = "GET", Path = $"*{first}", Times = int.MaxValue });

        await RunAsync(plan, new PruneRunOptions { ThrottleLimit = 1 });

        Assert.Equal(PruneOutcome.Unknown, Results[0].Outcome);
        Assert.Equal(first, Results[0].Name);
    }

    [Fact]
    public async Task Without_the_permission_one_refusal_is_enough_for_an_app_and_other_apps_go_on()
    {
        var shop = await PlanAsync("web-shop");
        var other = await PlanAsync("web-checkout", 1);
        _sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Method = "POST", Path = "*/web-shop/*", Times = int.MaxValue });

        using var runner = new PruneRunner(_azure, new PruneRunOptions { ThrottleLimit = 2 }, _output);
        await runner.RunAsync([.. Deactivations(shop), .. Deactivations(other)], CancellationToken.None);

        Assert.All(Results.Where(result => result.ContainerAppName == "web-shop"), result =>
            Assert.True(result.Outcome is PruneOutcome.Failed or PruneOutcome.NotAttempted));
        Assert.InRange(Results.Count(result => result.Outcome == PruneOutcome.Failed), 1, 2);
        Assert.All(Results.Where(result => result.ContainerAppName == "web-checkout"), result => Assert.Equal(PruneOutcome.Deactivated, result.Outcome));
        Assert.All(_output.Failures, failure => Assert.Contains("revisions/deactivate/action", failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_elses_change_during_the_prune_is_reported()
    {
        var plan = await PlanAsync("web-checkout", 1);
        var one = Deactivations(plan).Take(1).ToList();
        var calls = new CallsBetween(_azure, async () => await _azure.UpdateAppAsync(
            Id("web-checkout"), Traffic(("web-checkout--v2-14", 50, "stable"), ("web-checkout--v2-15", 50, "canary")), CancellationToken.None));

        using var runner = new PruneRunner(calls, new PruneRunOptions(), _output);
        await runner.RunAsync(one, CancellationToken.None);

        Assert.Contains("the traffic was [", Assert.Single(_output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_sends_nothing_more()
    {
        var plan = await PlanAsync("web-shop");
        using var stop = new CancellationTokenSource();
        var calls = new CallsBetween(_azure, () => stop.CancelAsync());

        using var runner = new PruneRunner(calls, new PruneRunOptions { ThrottleLimit = 3 }, _output);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(Deactivations(plan), stop.Token));

        Assert.InRange(_sandbox.WriteCount, 0, 3);
    }

    private IReadOnlyList<PruneResult> Results => _output.Results<PruneResult>();

    private ContainerAppId Id(string app) => new(_sandbox.SubscriptionId, "rg-shop", app);

    private static List<PrunePlanEntry> Deactivations(PrunePlan plan) => [.. plan.Entries.Where(entry => entry.Decision == PruneDecision.Deactivate)];

    private async Task<PrunePlan> PlanAsync(string app, int keepLast = 3)
    {
        var snapshot = await new SnapshotReader(_azure).ReadAsync(Id(app), CancellationToken.None);
        var plan = PrunePlanner.Plan(snapshot, new RetentionPolicy { KeepLast = keepLast }, InterlockLifts.None, _sandbox.Clock.GetUtcNow());
        Assert.NotEmpty(Deactivations(plan));
        _sandbox.ClearRequests();
        return plan;
    }

    private async Task RunAsync(PrunePlan plan, PruneRunOptions? options = null)
    {
        using var runner = new PruneRunner(_azure, options ?? new PruneRunOptions(), _output);
        await runner.RunAsync(Deactivations(plan), CancellationToken.None);
    }

    private async Task<HashSet<string>> DownAsync(string app)
    {
        _sandbox.ClearFaults();
        var snapshot = await new SnapshotReader(_azure).ReadAsync(Id(app), CancellationToken.None);
        return [.. snapshot.Revisions.Where(revision => !revision.IsStanding).Select(revision => revision.Name)];
    }

    private static JsonObject Traffic(params (string Revision, int Weight, string? Label)[] entries)
    {
        var traffic = entries.Select(entry => new { revisionName = entry.Revision, weight = entry.Weight, label = entry.Label });
        return JsonSerializer.SerializeToNode(new { properties = new { configuration = new { ingress = new { traffic } } } })!.AsObject();
    }
}
