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
    public async Task A_change_that_reads_show_late_is_called_done()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.StaleReads, Method = "POST", Duration = TimeSpan.FromSeconds(30) });

        var (_, end) = Assert.Single(await ChangeAsync(Shop("web-shop"), false, "web-shop--0000003"));

        Assert.Equal(StateChangeOutcome.Done, end.Outcome);
        Assert.Equal(1, Sandbox.WriteCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_lost_connection_the_app_is_compared_where_it_can_be_read(bool staysDark)
    {
        SandboxFault dark = new() { Kind = SandboxFaultKind.ConnectionReset, Times = int.MaxValue };
        Sandbox.Inject(dark with { Method = "POST", Before = sandbox => { if (staysDark) { sandbox.Inject(dark); } } });

        await ChangeAsync(Shop("web-shop"), false, "web-shop--0000003");

        Assert.Equal(staysDark, Output.Warnings.Any(warning => warning.Contains("could not be compared", StringComparison.Ordinal)));
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

        await new RestartRunner(Azure, new RestartOptions { Random = new Random(1) }, Output).RunAsync([id], _ => ValueTask.CompletedTask, CancellationToken.None);

        Assert.Equal(FailureKind.RevisionChanged, Assert.Single(Output.Failures).Kind);
        Assert.Equal(0, Sandbox.WriteCount);
    }

    [Fact]
    public async Task A_stand_in_that_goes_after_the_approval_saves_the_last_of_those_approved()
    {
        var app = Data("orders-worker");
        var snapshot = await ReadAsync(app);
        var set = new NamedChangeSet(snapshot, RevisionState.Inactive);
        var approved = snapshot.Revisions.Where(revision => revision.IsStanding).Take(2)
            .Select(revision => set.Approve(revision, set.Consider(revision, force: false))).ToList();
        await Azure.DeactivateRevisionAsync(new RevisionId(app, "orders-worker--0000003"), CancellationToken.None);

        var ends = await RunAsync(approved, wait: false);

        Assert.Equal([StateChangeOutcome.Done, StateChangeOutcome.Protected], ends.Select(item => item.End.Outcome).Order());
        Assert.Single((await ReadAsync(app)).Revisions, revision => revision.IsStanding);
    }

    [Fact]
    public async Task A_lost_call_that_showed_no_effect_is_not_called_untouched()
    {
        var target = "web-shop--0000003";
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.Status,
            Status = 500,
            Method = "POST",
            Before = _ => SetTraffic(Shop("web-shop"), ("web-shop--0000030", 100, null), (target, 0, "rescue")),
        });

        var (_, end) = Assert.Single(await ChangeAsync(Shop("web-shop"), false, target));

        Assert.Equal((StateChangeOutcome.Unknown, FailureKind.ServiceUnavailable), (end.Outcome, end.Failure!.Kind));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_settled_by_what_Azure_shows()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.MalformedJson, Method = "POST", Times = int.MaxValue });

        var (_, end) = Assert.Single(await ChangeAsync(Shop("web-shop"), false, "web-shop--0000003"));

        Assert.Equal((StateChangeOutcome.Done, RevisionStage.Deactivating), (end.Outcome, end.Revision!.Stage));
    }

    [Fact]
    public async Task An_effect_that_shows_late_is_waited_for()
    {
        var calls = new CallsBetween(Azure, () => Task.CompletedTask) { DownAfter = 0, StandingLooks = 3 };
        var snapshot = await ReadAsync(Shop("web-shop"));
        var set = new NamedChangeSet(snapshot, RevisionState.Inactive);
        var revision = snapshot.Find("web-shop--0000003")!;

        var options = new StateChangeOptions { Target = RevisionState.Inactive, Activity = "", Random = new Random(1) };
        var end = await new RevisionStateChanger(calls, options, Output).ChangeAsync(set.Approve(revision, set.Consider(revision, false)), CancellationToken.None);

        Assert.Equal(StateChangeOutcome.Done, end.Outcome);
    }

    [Fact]
    public async Task A_wait_for_activation_ends_as_soon_as_the_revision_has_failed()
    {
        var id = new RevisionId(Shop("web-search"), "web-search--0000004");
        var started = Sandbox.Clock.GetUtcNow();

        var failure = await Assert.ThrowsAsync<RevisionFailedException>(() => new RevisionWaiter(Azure, new Random(1)).WaitAsync(
            id, RevisionState.Active, TimeSpan.FromHours(1), (_, _) => ValueTask.CompletedTask, CancellationToken.None));

        Assert.Equal(FailureKind.RevisionFailed, failure.Kind);
        Assert.Contains("ImagePullBackOff", failure.Message, StringComparison.Ordinal);
        Assert.InRange(Sandbox.Clock.GetUtcNow() - started, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_restart_whose_answer_was_lost_is_not_sent_again()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionResetAfterWrite, Method = "POST", Times = int.MaxValue });

        await new RestartRunner(Azure, new RestartOptions { Random = new Random(1) }, Output)
            .RunAsync([new RevisionId(Shop("web-shop"), "web-shop--0000030")], _ => ValueTask.CompletedTask, CancellationToken.None);

        Assert.Equal(1, Sandbox.WriteCount);
        Assert.Equal(FailureKind.ConnectionFailed, Assert.Single(Output.Failures).Kind);
    }

    [Fact]
    public async Task A_restart_that_cannot_be_read_back_is_a_warning()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Method = "GET", Path = "*/revisions/web-shop--0000030", Skip = 1, Times = int.MaxValue });

        await new RestartRunner(Azure, new RestartOptions { Random = new Random(1) }, Output)
            .RunAsync([new RevisionId(Shop("web-shop"), "web-shop--0000030")], _ => ValueTask.CompletedTask, CancellationToken.None);

        Assert.Empty(Output.Failures);
        Assert.Contains("was restarted", Assert.Single(Output.Warnings), StringComparison.Ordinal);
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
