using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;
using RevisionTools.Probing;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

/// <summary>Waits for revisions on the sandbox.</summary>
public sealed class WaitTests : SandboxTest
{
    private static readonly WaitCondition s_ready = new() { Stage = RevisionStage.Ready, Timeout = TimeSpan.FromMinutes(5) };

    private readonly List<WaitStatus> _polls = [];

    private RevisionId Canary => new(Shop("web-checkout"), "web-checkout--v2-15");

    [Theory]
    [InlineData("web-shop", "web-shop--0000001", RevisionStage.Ready)]
    [InlineData("web-shop", "web-shop--0000030", RevisionStage.Ready)]
    [InlineData("web-shop", "web-shop--0000030", RevisionStage.Active)]
    [InlineData("web-search", "web-search--0000001", RevisionStage.Inactive)]
    public async Task What_is_there_already_needs_no_pause(string app, string name, RevisionStage stage)
    {
        var started = Sandbox.Clock.GetUtcNow();

        var revision = await WaitAsync(new RevisionId(Shop(app), name), s_ready with { Stage = stage });

        Assert.Equal(name, revision.Name);
        Assert.Equal(started, Sandbox.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Active_means_that_something_reaches_it_and_traffic_that_moves_meanwhile_counts()
    {
        var id = new RevisionId(Shop("web-checkout"), "web-checkout--v2-13");
        var moved = false;

        var revision = await WaitAsync(id, s_ready with { Stage = RevisionStage.Active }, onPoll: () =>
        {
            if (!moved)
            {
                moved = true;
                SetTraffic(id.App, ("web-checkout--v2-14", 50, "stable"), (id.Name, 50, null));
            }
        });

        Assert.True(moved);
        Assert.Equal((RevisionStage.Active, 50), (revision.Stage, revision.EffectiveWeight));
    }

    [Fact]
    public async Task Inactive_lasts_until_it_is_down_whatever_traffic_it_has()
    {
        var id = new RevisionId(Shop("web-shop"), "web-shop--0000030");

        var late = await Assert.ThrowsAsync<RevisionToolsException>(() => WaitAsync(id, s_ready with { Stage = RevisionStage.Inactive }));
        Assert.Equal(FailureKind.RevisionWaitTimeout, late.Kind);
        await Azure.DeactivateRevisionAsync(id, CancellationToken.None);
        var revision = await WaitAsync(id, s_ready with { Stage = RevisionStage.Inactive });

        Assert.Equal(RevisionStage.Inactive, revision.Stage);
    }

    [Fact]
    public async Task A_revision_that_is_purged_counts_as_inactive_even_before_the_first_look()
    {
        var id = new RevisionId(Shop("web-search"), "web-search--0000001");
        var seen = (await ReadAsync(id.App)).Find(id.Name)!;
        Answer(id, 404, """{"error":{"code":"NotFound","message":"gone"}}""");

        var revision = await new RevisionWaiter(Azure, new Random(1)).WaitAsync(
            id, s_ready with { Stage = RevisionStage.Inactive, StableFor = TimeSpan.FromMinutes(1) }, seen, _ => ValueTask.CompletedTask, CancellationToken.None);

        Assert.Equal((RevisionStage.Removed, (bool?)false), (revision.Stage, revision.Active));
        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => WaitAsync(id, s_ready));
        Assert.Equal(FailureKind.RevisionNotFound, failure.Kind);
    }

    [Fact]
    public async Task What_has_to_be_stable_is_looked_at_as_long()
    {
        var started = Sandbox.Clock.GetUtcNow();

        await WaitAsync(Canary, s_ready with { StableFor = TimeSpan.FromSeconds(45) });

        Assert.Equal(TimeSpan.FromSeconds(45), Sandbox.Clock.GetUtcNow() - started);
    }

    [Fact]
    public async Task A_flap_starts_the_stretch_again()
    {
        await FlapAsync(Canary, afterLooks: 5);
        var started = Sandbox.Clock.GetUtcNow();

        await WaitAsync(Canary, s_ready with { StableFor = TimeSpan.FromSeconds(30) });

        Assert.InRange(Sandbox.Clock.GetUtcNow() - started, TimeSpan.FromSeconds(30 + (5 * 3)), TimeSpan.FromSeconds(30 + (7 * 4)));
        Assert.Contains(_polls, poll => poll.HeldFor > TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task So_many_replicas_have_to_be_ready()
    {
        var id = new RevisionId(Shop("web-shop"), "web-shop--0000030");

        await WaitAsync(id, s_ready with { MinReadyReplica = 4 });
        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => WaitAsync(id, s_ready with { MinReadyReplica = 5, StableFor = TimeSpan.FromSeconds(10) }));

        Assert.Equal(FailureKind.RevisionWaitTimeout, failure.Kind);
        Assert.Contains("it is Active, gets 100 % of the traffic; 4 of 5 replicas ready; stable for 0 of 10 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_scaled_to_zero_is_ready_unless_replicas_are_asked_for()
    {
        var id = new RevisionId(Shop("web-shop"), "web-shop--0000001");

        Assert.Equal(0, (await WaitAsync(id, s_ready)).Replicas);
        await Assert.ThrowsAsync<RevisionToolsException>(() => WaitAsync(id, s_ready with { MinReadyReplica = 1 }));
    }

    [Fact]
    public async Task More_replicas_than_it_may_have_are_not_waited_for()
    {
        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => WaitAsync(Canary, s_ready with { MinReadyReplica = 11 }));

        Assert.Equal(FailureKind.InvalidWaitCondition, failure.Kind);
        Assert.Empty(_polls);
    }

    [Fact]
    public async Task The_revision_itself_must_answer()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "GET", Path = "/healthz", Times = 3 });

        var revision = await WaitAsync(Canary, s_ready with { ProbePath = "/healthz" });

        Assert.Equal(3, _polls.Count);
        Assert.All(_polls, poll => Assert.Contains("'/healthz' was answered with 503", poll.LastState, StringComparison.Ordinal));
        Assert.Equal(Canary.Name, revision.Name);
    }

    [Fact]
    public async Task The_revision_is_not_asked_before_it_is_in_its_stage()
    {
        var id = new RevisionId(Shop("web-search"), "web-search--0000001");
        await Azure.ActivateRevisionAsync(id, CancellationToken.None);

        await WaitAsync(id, s_ready with { ProbePath = "/healthz" });

        Assert.Equal([200], Sandbox.Requests.Where(request => request.PathAndQuery == "/healthz").Select(request => request.Status!.Value));
        Assert.Contains(_polls, poll => poll.LastState.Contains("'/healthz' was not asked for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_ingress_there_is_nothing_to_ask()
    {
        var failure = await Assert.ThrowsAsync<RevisionToolsException>(
            () => WaitAsync(new RevisionId(Data("orders-worker"), "orders-worker--0000003"), s_ready with { ProbePath = "/" }));

        Assert.Equal(FailureKind.IngressRequired, failure.Kind);
    }

    [Theory]
    [InlineData("-missing", FailureCause.ImagePull, "ImagePullBackOff")]
    [InlineData("-crash", FailureCause.CrashLoop, "(restarted 6 times)")]
    [InlineData("-degraded", FailureCause.DeadlineExceeded, "Deadline Exceeded")]
    public async Task A_failure_ends_the_wait_at_once_with_the_platforms_words_and_a_cause(string image, FailureCause cause, string words)
    {
        var id = await DeployAsync(image);

        var failure = await Assert.ThrowsAsync<RevisionFailedException>(() => WaitAsync(id, s_ready with { Timeout = TimeSpan.FromHours(1) }));

        Assert.Equal((FailureKind.RevisionFailed, cause, id.Name), (failure.Kind, failure.Cause, failure.Revision.Name));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Advice);
        Assert.Equal(RevisionStage.Provisioning, _polls[^1].Last!.Revision.Stage);
    }

    [Fact]
    public async Task A_failure_that_is_there_from_the_beginning_ends_a_short_wait_as_a_failure_too()
    {
        var id = new RevisionId(Shop("web-search"), "web-search--0000004");

        var failure = await Assert.ThrowsAsync<RevisionFailedException>(() => WaitAsync(id, s_ready with { Timeout = TimeSpan.FromSeconds(5) }));

        Assert.Equal(FailureCause.ImagePull, failure.Cause);
    }

    [Fact]
    public async Task A_failure_is_told_also_where_its_replicas_cannot_be_read()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Method = "GET", Path = "*/replicas", Times = int.MaxValue });

        var failure = await Assert.ThrowsAsync<RevisionFailedException>(() => WaitAsync(new RevisionId(Shop("web-search"), "web-search--0000004"), s_ready));

        Assert.DoesNotContain("Container '", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_stays_starting_is_waited_for_until_the_time_is_up()
    {
        var id = await DeployAsync("-stuck");
        var started = Sandbox.Clock.GetUtcNow();

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => WaitAsync(id, s_ready));

        Assert.Equal(FailureKind.RevisionWaitTimeout, failure.Kind);
        Assert.Contains("is not Ready after 00:05:00: it is Provisioning, not ready yet (Activating)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(5), Sandbox.Clock.GetUtcNow() - started);
    }

    [Fact]
    public async Task A_stage_that_nobody_has_heard_of_is_waited_through()
    {
        var id = new RevisionId(Shop("web-account"), "web-account--d9w5q1x");

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => WaitAsync(id, s_ready));

        Assert.Equal(FailureKind.RevisionWaitTimeout, failure.Kind);
        Assert.Contains("it is Unknown, runningState 'Rebalancing' does not tell", failure.Message, StringComparison.Ordinal);
        Assert.True(_polls.Count > 50);
    }

    [Theory]
    [InlineData(SandboxFaultKind.Status, 503)]
    [InlineData(SandboxFaultKind.Status, 429)]
    [InlineData(SandboxFaultKind.Status, 500)]
    [InlineData(SandboxFaultKind.ConnectionReset, 0)]
    [InlineData(SandboxFaultKind.TruncatedBody, 0)]
    public async Task Trouble_that_passes_is_waited_through_and_breaks_the_stretch(SandboxFaultKind kind, int status)
    {
        // Each look is tried five times before it fails.
        Sandbox.Inject(new SandboxFault { Kind = kind, Status = status, Method = "GET", Path = $"*/revisions/{Canary.Name}", Skip = 3, Times = 10, RetryAfter = status == 429 ? TimeSpan.FromSeconds(1) : null });

        await WaitAsync(Canary, s_ready with { StableFor = TimeSpan.FromSeconds(20) });

        var trouble = _polls.Where(poll => poll.Trouble is not null).ToList();
        Assert.Equal(2, trouble.Count);
        Assert.All(trouble, poll => Assert.Null(poll.HeldFor));
        Assert.All(trouble, poll => Assert.Contains("the last look failed", poll.LastState, StringComparison.Ordinal));
        Assert.Contains(_polls, poll => poll.Trouble is null && poll.HeldFor == TimeSpan.Zero && poll.Elapsed > TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Trouble_without_end_ends_with_the_time()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "GET", Times = int.MaxValue });

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => WaitAsync(Canary, s_ready));

        Assert.Equal(FailureKind.RevisionWaitTimeout, failure.Kind);
        Assert.Contains("it was never seen; the last look failed: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, 0, 60)]
    [InlineData(2, 1, 5)]
    public async Task A_look_that_is_not_answered_ends_with_the_time(int timeout, int looksBefore, int after)
    {
        var id = new RevisionId(Shop("web-search"), "web-search--0000001");
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Hold, Method = "GET", Path = $"*/revisions/{id.Name}", Skip = looksBefore, Times = int.MaxValue });
        var started = Sandbox.Clock.GetUtcNow();

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => WaitAsync(id, s_ready with { Timeout = TimeSpan.FromSeconds(timeout) }));

        var elapsed = Sandbox.Clock.GetUtcNow() - started;
        Assert.Equal((FailureKind.RevisionWaitTimeout, TimeSpan.FromSeconds(after)), (failure.Kind, elapsed));
        Assert.Contains($"is not Ready after {elapsed}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the last look failed: Azure had not answered when the time was up", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Patience_that_Azure_asks_for_does_not_last_longer_than_the_wait(int status)
    {
        Sandbox.Inject(new SandboxFault
        {
            Kind = SandboxFaultKind.Status,
            Status = status,
            Method = "GET",
            Path = "*/revisions/*",
            Times = int.MaxValue,
            RetryAfter = TimeSpan.FromSeconds(20),
        });
        var started = Sandbox.Clock.GetUtcNow();

        var failure = await Assert.ThrowsAsync<RevisionToolsException>(() => WaitAsync(Canary, s_ready with { Timeout = TimeSpan.FromSeconds(10) }));

        Assert.Equal((FailureKind.RevisionWaitTimeout, TimeSpan.FromSeconds(10)), (failure.Kind, Sandbox.Clock.GetUtcNow() - started));
        Assert.Contains("is not Ready after 00:00:10: it was never seen", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_ends_a_look_that_is_not_answered_as_such()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Hold, Method = "GET", Path = "*/revisions/*", Times = int.MaxValue });
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(5), Sandbox.Clock);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new RevisionWaiter(Azure, new Random(1)).WaitAsync(Canary, s_ready, null, _ => ValueTask.CompletedTask, stop.Token));
    }

    [Fact]
    public async Task A_revision_that_went_with_its_app_counts_as_inactive()
    {
        var id = new RevisionId(Shop("web-search"), "web-search--0000001");
        var seen = (await ReadAsync(id.App)).Find(id.Name)!;
        await DeleteAsync(id.App);

        var revision = await new RevisionWaiter(Azure, new Random(1)).WaitAsync(
            id, s_ready with { Stage = RevisionStage.Inactive }, seen, _ => ValueTask.CompletedTask, CancellationToken.None);

        Assert.Equal((RevisionStage.Removed, "deleted with its app"), (revision.Stage, revision.StageReason));
        var failure = await Assert.ThrowsAsync<ServiceRequestException>(() => WaitAsync(id, s_ready));
        Assert.Equal(FailureKind.ContainerAppNotFound, failure.Kind);
    }

    [Theory]
    [InlineData(401, FailureKind.AuthenticationFailed)]
    [InlineData(403, FailureKind.AccessDenied)]
    [InlineData(404, FailureKind.RevisionNotFound)]
    public async Task What_does_not_pass_ends_the_wait(int status, FailureKind kind)
    {
        Answer(Canary, status, """{"error":{"code":"Sorry","message":"no"}}""");

        var failure = await Assert.ThrowsAnyAsync<RevisionToolsException>(() => WaitAsync(Canary, s_ready));

        Assert.Equal(kind, failure.Kind);
        Assert.Empty(_polls);
    }

    [Fact]
    public async Task A_cancellation_ends_it_as_such()
    {
        using var stop = new CancellationTokenSource();
        var id = await DeployAsync("-stuck");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RevisionWaiter(Azure, new Random(1)).WaitAsync(
            id,
            s_ready,
            null,
            _ =>
            {
                stop.Cancel();
                return ValueTask.CompletedTask;
            },
            stop.Token));
    }

    [Fact]
    public async Task Each_of_several_ends_for_itself()
    {
        var snapshot = await ReadAsync(Shop("web-search"));
        var names = new[] { "web-search--0000001", "web-search--0000003", "web-search--0000004" };

        await new WaitRunner(Azure, new HttpRevisionProbe(Sandbox), s_ready, new Random(1), Output)
            .RunAsync([.. names.Select(name => snapshot.Find(name)!)], CancellationToken.None);

        Assert.Equal("web-search--0000003", Assert.Single(Output.Results<Revision>()).Name);
        Assert.Equal([FailureKind.RevisionFailed, FailureKind.RevisionWaitTimeout], Output.Failures.Select(failure => failure.Kind).Order());
        Assert.Contains("'web-search--0000001' is inactive", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_waits_stay_within_a_few_reads_a_second()
    {
        var catalog = await ReadAsync(Shop("api-catalog"));
        var inactive = catalog.Revisions.Where(revision => revision.Active == false).Take(100).ToList();
        Sandbox.ClearRequests();
        var started = Sandbox.Clock.GetUtcNow();

        await new WaitRunner(Azure, new HttpRevisionProbe(Sandbox), s_ready, new Random(1), Output).RunAsync(inactive, CancellationToken.None);

        var requests = Sandbox.Requests;
        var seconds = (Sandbox.Clock.GetUtcNow() - started).TotalSeconds;
        Assert.Equal(100, Output.Failures.Count);
        Assert.DoesNotContain(requests, request => request.Status == 429);
        Assert.InRange(requests.Count / seconds, 1, 4);
    }

    [Theory]
    [InlineData(RevisionStage.Ready, 400, 0, null)]
    [InlineData(RevisionStage.Ready, -1, 0, null)]
    [InlineData(RevisionStage.Inactive, 0, 1, null)]
    [InlineData(RevisionStage.Inactive, 0, 0, "/")]
    [InlineData(RevisionStage.Ready, 0, 0, "healthz")]
    [InlineData(RevisionStage.Ready, 0, 0, "//evil.example")]
    [InlineData(RevisionStage.Ready, 0, 0, "/\\evil.example")]
    [InlineData(RevisionStage.Ready, 0, 0, "/a b")]
    [InlineData(RevisionStage.Ready, 0, 0, "/a\r\nHost: x")]
    [InlineData(RevisionStage.Ready, 0, 0, "https://evil.example/")]
    public void A_condition_that_can_never_hold_is_refused(RevisionStage stage, int stableSeconds, int replicas, string? path)
    {
        var condition = s_ready with { Stage = stage, StableFor = TimeSpan.FromSeconds(stableSeconds), MinReadyReplica = replicas, ProbePath = path };

        Assert.Equal(FailureKind.InvalidWaitCondition, Assert.Throws<RevisionToolsException>(condition.RequireSound).Kind);
    }

    [Fact]
    public void A_condition_that_can_hold_is_not() =>
        (s_ready with { StableFor = TimeSpan.FromMinutes(5), MinReadyReplica = 3, ProbePath = "/health/ready?deep=1" }).RequireSound();

    private Task<Revision> WaitAsync(RevisionId id, WaitCondition condition, Action? onPoll = null)
    {
        _polls.Clear();
        return new RevisionWaiter(Azure, new Random(1), new HttpRevisionProbe(Sandbox)).WaitAsync(
            id,
            condition,
            null,
            status =>
            {
                _polls.Add(status);
                onPoll?.Invoke();
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);
    }

    private async Task<RevisionId> DeployAsync(string ending)
    {
        var patch = JsonNode.Parse("""{"properties":{"template":{"containers":[{"name":"web-shop","image":"contososhop.azurecr.io/shop:6ENDING"}]}}}"""
            .Replace("ENDING", ending, StringComparison.Ordinal))!.AsObject();
        await Azure.UpdateAppAsync(Shop("web-shop"), patch, TimeSpan.MaxValue, CancellationToken.None);
        return new RevisionId(Shop("web-shop"), (await Azure.GetAppAsync(Shop("web-shop"), CancellationToken.None)).LatestRevisionName!);
    }

    private void Answer(RevisionId id, int status, string body, int skip = 0, int times = int.MaxValue) => Sandbox.Inject(
        new SandboxFault { Kind = SandboxFaultKind.Status, Status = status, Method = "GET", Path = $"*/revisions/{id.Name}", Body = body, Skip = skip, Times = times });

    private async Task DeleteAsync(ContainerAppId app)
    {
        using var client = new HttpClient(Sandbox, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"https://management.azure.com{app.Path}?api-version=2026-01-01");
        request.Headers.Authorization = new("Bearer", "somebody");
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));
    }

    private async Task FlapAsync(RevisionId id, int afterLooks)
    {
        using var client = new HttpClient(Sandbox, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://management.azure.com{id.Path}?api-version=2026-01-01");
        request.Headers.Authorization = new("Bearer", "somebody");
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Answer(id, 200, body.Replace("\"Running\"", "\"Activating\"", StringComparison.Ordinal), skip: afterLooks, times: 1);
    }
}
