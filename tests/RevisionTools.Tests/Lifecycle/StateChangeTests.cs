using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

/// <summary>Changes of named revisions, from the approval to the end, on the sandbox.</summary>
public sealed class StateChangeTests : SandboxTest
{
    [Fact]
    public async Task A_change_is_called_done_when_its_effect_shows()
    {
        var (_, end) = Assert.Single(await ChangeAsync(Shop("web-shop"), false, "web-shop--0000003"));

        Assert.Equal((StateChangeOutcome.Done, RevisionStage.Deactivating), (end.Outcome, end.Revision!.Stage));
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Fact]
    public async Task With_a_wait_it_lasts_until_the_revision_is_down()
    {
        var (_, end) = Assert.Single(await ChangeAsync(Shop("web-shop"), true, "web-shop--0000003"));

        Assert.Equal((StateChangeOutcome.Done, RevisionStage.Inactive), (end.Outcome, end.Revision!.Stage));
    }

    [Fact]
    public async Task A_call_that_Azure_takes_and_does_not_carry_out_is_not_called_done()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 200, Method = "POST", Body = "\"Deactivate succeeded\"", Times = int.MaxValue });

        var (_, end) = Assert.Single(await ChangeAsync(Shop("web-shop"), false, "web-shop--0000003"));

        Assert.Equal((StateChangeOutcome.Unknown, FailureKind.RevisionWaitTimeout), (end.Outcome, end.Failure!.Kind));
        Assert.Equal(RevisionStage.Ready, (await ReadAsync(Shop("web-shop"))).Find("web-shop--0000003")!.Stage);
    }

    [Fact]
    public async Task Traffic_that_somebody_moves_while_the_app_is_busy_is_seen_before_the_call_is_tried_again()
    {
        var target = "web-shop--0000003";
        Sandbox.Inject(new SandboxFault { Method = "POST", Before = _ => StartTraffic(Shop("web-shop"), (target, 100, null)) });

        var (_, end) = Assert.Single(await ChangeAsync(Shop("web-shop"), false, target));

        Assert.Equal(StateChangeOutcome.Protected, end.Outcome);
        Assert.Contains(Interlock.CarriesTraffic, end.Interlocks);
        Assert.True((await ReadAsync(Shop("web-shop"))).Find(target)!.IsStanding);
        Assert.Equal([409], Sandbox.Requests.Where(request => request.Method == "POST").Select(request => request.Status!.Value));
    }

    [Fact]
    public async Task Throttled_calls_are_tried_again_on_fresh_data()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 429, Method = "POST", RetryAfter = TimeSpan.FromSeconds(20), Times = 1 });
        var started = Sandbox.Clock.GetUtcNow();

        var (_, end) = Assert.Single(await ChangeAsync(Shop("web-shop"), false, "web-shop--0000003"));

        var calls = Sandbox.Requests.ToList();
        var posts = calls.Where(call => call.Method == "POST").ToList();
        Assert.Equal(StateChangeOutcome.Done, end.Outcome);
        Assert.Equal(2, posts.Count);
        Assert.True(posts[1].Time - started >= TimeSpan.FromSeconds(20));
        Assert.Contains(calls[(calls.IndexOf(posts[0]) + 1)..calls.IndexOf(posts[1])], call => call.PathAndQuery.Contains("/revisions?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Throttling_without_end_is_reported_and_nothing_is_changed()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 429, Method = "POST", Times = int.MaxValue });

        var (_, end) = Assert.Single(await ChangeAsync(Shop("web-shop"), false, "web-shop--0000003"));

        Assert.Equal((StateChangeOutcome.Failed, FailureKind.RequestThrottled), (end.Outcome, end.Failure!.Kind));
    }

    [Fact]
    public async Task Revisions_of_two_apps_with_one_name_do_not_stand_for_each_other()
    {
        var snapshot = await ReadAsync(Data("orders-worker"));
        var other = new AppSnapshot(snapshot.App with { ResourceGroupName = "rg-test" }, snapshot.Revisions);
        var first = new NamedChangeSet(snapshot, RevisionState.Inactive);
        first.Approve(snapshot.Revisions[1], first.Consider(snapshot.Revisions[1], false));
        first.Approve(snapshot.Revisions[2], first.Consider(snapshot.Revisions[2], false));

        Assert.Equal(InterlockVerdict.Refuse, first.Consider(snapshot.Revisions[3], false).Verdict);
        Assert.NotEqual(InterlockVerdict.Refuse, new NamedChangeSet(other, RevisionState.Inactive).Consider(other.Revisions[3], false).Verdict);
    }

    [Fact]
    public async Task Who_insists_on_the_last_one_gets_them_all()
    {
        var app = Data("orders-worker");
        var snapshot = await ReadAsync(app);
        var set = new NamedChangeSet(snapshot, RevisionState.Inactive);
        var approved = snapshot.Revisions.Where(revision => revision.IsStanding)
            .Select(revision => set.Approve(revision, set.Consider(revision, force: true))).ToList();

        var ends = await RunAsync(approved, wait: false);

        Assert.All(ends, item => Assert.Equal(StateChangeOutcome.Done, item.End.Outcome));
        Assert.DoesNotContain((await ReadAsync(app)).Revisions, revision => revision.IsStanding);
    }

    [Fact]
    public async Task What_comes_up_after_the_approval_was_not_accepted()
    {
        var app = Shop("web-checkout");
        var snapshot = await ReadAsync(app);
        var labelled = snapshot.Find("web-checkout--v2-12")!;
        var set = new NamedChangeSet(snapshot, RevisionState.Inactive);
        var approved = set.Approve(labelled, set.Consider(labelled, force: true));
        SetTraffic(app, ("web-checkout--v2-14", 90, "stable"), ("web-checkout--v2-12", 10, "previous"));

        var (_, end) = Assert.Single(await RunAsync([approved], wait: false));

        Assert.Equal((StateChangeOutcome.Protected, Interlock.CarriesTraffic), (end.Outcome, Assert.Single(end.Interlocks)));
    }

    [Fact]
    public async Task Somebody_elses_change_is_reported_for_named_revisions_too()
    {
        Sandbox.Inject(new SandboxFault { Method = "POST", After = _ => SetTraffic(Shop("web-checkout"), ("web-checkout--v2-15", 100, "canary")) });

        await ChangeAsync(Shop("web-checkout"), false, "web-checkout--v2-10");

        Assert.Contains("the traffic was [", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_cannot_be_read_back_is_said_so()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 500, Method = "GET", Path = "*/revisions/web-shop--0000003", Times = int.MaxValue });

        var (change, end) = Assert.Single(await ChangeAsync(Shop("web-shop"), false, "web-shop--0000003"));
        await new NamedChangeReport(Output, passThru: true).ReportAsync(change.Revision, end);

        Assert.Equal((StateChangeOutcome.Done, null), (end.Outcome, end.Revision));
        Assert.Contains("could not be read back", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_lasts_no_longer_than_it_may()
    {
        await Azure.DeactivateRevisionAsync(new RevisionId(Shop("web-shop"), "web-shop--0000003"), CancellationToken.None);
        var started = Sandbox.Clock.GetUtcNow();

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => new RevisionWaiter(Azure, new Random(1)).WaitAsync(
            new RevisionId(Shop("web-shop"), "web-shop--0000003"), RevisionState.Inactive, TimeSpan.FromSeconds(1), (_, _) => ValueTask.CompletedTask, CancellationToken.None));

        Assert.Equal(FailureKind.RevisionWaitTimeout, failure.Kind);
        Assert.Equal(TimeSpan.FromSeconds(1), Sandbox.Clock.GetUtcNow() - started);
    }

    [Fact]
    public async Task A_wait_for_activation_ends_when_the_revision_is_up()
    {
        var id = new RevisionId(Shop("web-shop"), "web-shop--0000003");
        await ChangeAsync(id.App, true, id.Name);
        await Azure.ActivateRevisionAsync(id, CancellationToken.None);

        var revision = await new RevisionWaiter(Azure, new Random(1)).WaitAsync(
            id, RevisionState.Active, TimeSpan.FromHours(1), (_, _) => ValueTask.CompletedTask, CancellationToken.None);

        Assert.Equal(RevisionStage.Ready, revision.Stage);
    }

    [Fact]
    public async Task A_restart_of_what_went_down_meanwhile_is_not_sent()
    {
        var id = new RevisionId(Shop("web-shop"), "web-shop--0000003");
        await Azure.DeactivateRevisionAsync(id, CancellationToken.None);
        Sandbox.ClearRequests();

        await new RestartRunner(Azure, Output).RunAsync([id], 1, _ => ValueTask.CompletedTask, CancellationToken.None);

        Assert.Equal(FailureKind.RevisionChanged, Assert.Single(Output.Failures).Kind);
        Assert.Equal(0, Sandbox.WriteCount);
    }

    private async Task<IReadOnlyList<(ApprovedStateChange Change, StateChange End)>> ChangeAsync(ContainerAppId app, bool wait, params string[] names)
    {
        var snapshot = await ReadAsync(app);
        var set = new NamedChangeSet(snapshot, RevisionState.Inactive);
        var approved = names.Select(name => snapshot.Find(name)!).Select(revision => set.Approve(revision, set.Consider(revision, force: false))).ToList();
        Sandbox.ClearRequests();
        return await RunAsync(approved, wait);
    }

    private async Task<IReadOnlyList<(ApprovedStateChange Change, StateChange End)>> RunAsync(IReadOnlyList<ApprovedStateChange> approved, bool wait)
    {
        List<(ApprovedStateChange, StateChange)> ends = [];
        var options = new StateChangeOptions
        {
            Target = RevisionState.Inactive,
            Activity = "Testing",
            WaitTimeout = wait ? TimeSpan.FromHours(1) : null,
        };
        using var runner = new StateChangeRunner(Azure, options, Output);
        await runner.RunAsync(
            approved,
            (change, end) =>
            {
                lock (ends)
                {
                    ends.Add((change, end));
                }

                return ValueTask.CompletedTask;
            },
            CancellationToken.None);
        return ends;
    }
}
