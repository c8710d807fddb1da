using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;
using RevisionTools.Sandbox;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Lifecycle;

/// <summary>Restarts on the sandbox.</summary>
public sealed class RestartTests : SandboxTest
{
    private static readonly RestartOptions s_waiting = new() { Wait = true, Random = new Random(1) };

    private readonly List<Revision> _done = [];

    private RevisionId Live => new(Shop("web-shop"), "web-shop--0000030");

    [Fact]
    public async Task A_restart_is_proved_by_other_replicas_and_none_of_the_old()
    {
        var before = await ReplicaReader.ReadAsync(Azure, Live, CancellationToken.None);

        await RunAsync(s_waiting, Live);

        var after = await ReplicaReader.ReadAsync(Azure, Live, CancellationToken.None);
        Assert.Equal(before.Count, after.Count);
        Assert.Empty(after.Select(replica => replica.Name).Intersect(before.Select(replica => replica.Name)));
        Assert.All(after, replica => Assert.True(replica.Ready));
        Assert.Equal((1, RevisionStage.Active), (Sandbox.WriteCount, Assert.Single(_done).Stage));
    }

    [Fact]
    public async Task A_restart_that_Azure_takes_and_does_not_carry_out_is_not_called_done()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 200, Method = "POST", Body = "\"Restart succeeded\"", Times = int.MaxValue });

        await RunAsync(s_waiting with { Timeout = TimeSpan.FromMinutes(1) }, Live);

        var failure = Assert.Single(Output.Failures);
        Assert.Equal(FailureKind.RevisionWaitTimeout, failure.Kind);
        Assert.Contains("is not restarted after 00:01:00: it is Active, gets 100 % of the traffic; 0 of 4 replicas ready, 4 old ones still there", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_done);
    }

    [Theory]
    [InlineData(SandboxFaultKind.ConnectionResetAfterWrite)]
    [InlineData(SandboxFaultKind.TimeoutAfterWrite)]
    [InlineData(SandboxFaultKind.MalformedJson)]
    public async Task A_restart_whose_answer_was_lost_is_proved_by_its_replicas_and_not_sent_again(SandboxFaultKind kind)
    {
        Sandbox.Inject(new SandboxFault { Kind = kind, Method = "POST", Times = int.MaxValue });

        await RunAsync(s_waiting, Live);

        Assert.Empty(Output.Failures);
        Assert.Equal((1, Live.Name), (Sandbox.WriteCount, Assert.Single(_done).Name));
    }

    [Fact]
    public async Task A_lost_restart_of_which_nothing_shows_is_unknown()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.ConnectionReset, Method = "POST", Times = int.MaxValue });

        await RunAsync(s_waiting, Live);

        Assert.True(Assert.IsType<ServiceRequestException>(Assert.Single(Output.Failures)).OutcomeUnknown);
        Assert.Single(Sandbox.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task Without_replicas_nothing_is_proved_and_that_is_said()
    {
        await RunAsync(s_waiting, new RevisionId(Shop("web-shop"), "web-shop--0000001"), new RevisionId(Shop("web-shop"), "web-shop--0000002"), Live);

        Assert.Equal(3, _done.Count);
        var warning = Assert.Single(Output.Warnings);
        Assert.Contains("No replica was running of web-shop--0000001, web-shop--0000002:", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_that_go_and_are_not_replaced_prove_nothing_and_that_is_said()
    {
        Empty(times: int.MaxValue);
        var started = Sandbox.Clock.GetUtcNow();

        await RunAsync(s_waiting, Live);

        Assert.Equal(Live.Name, Assert.Single(_done).Name);
        Assert.Contains($"No replica was running of {Live.Name}: none was there to be replaced, or none has come since", Assert.Single(Output.Warnings), StringComparison.Ordinal);
        Assert.InRange(Sandbox.Clock.GetUtcNow() - started, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_moment_without_replicas_is_not_taken_for_the_end()
    {
        Empty(times: 4);

        await RunAsync(s_waiting, Live);

        Assert.Empty(Output.Warnings);
        Assert.Equal(4, Assert.Single(_done).Replicas);
    }

    [Fact]
    public async Task A_state_that_nobody_understands_does_not_hide_the_proof()
    {
        await RunAsync(s_waiting, new RevisionId(Shop("web-account"), "web-account--d9w5q1x"));

        Assert.Equal(RevisionStage.Unknown, Assert.Single(_done).Stage);
    }

    [Fact]
    public async Task A_busy_app_is_waited_for()
    {
        StartTraffic(Live.App, (Live.Name, 100, null));

        await RunAsync(s_waiting, Live);

        Assert.Single(_done);
        Assert.Contains(Sandbox.Requests, request => request is { Method: "POST", Status: 409 });
    }

    [Fact]
    public async Task An_app_that_stays_busy_is_a_conflict_when_the_time_is_up()
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.OperationStuck, Method = "PATCH" });
        StartTraffic(Live.App, (Live.Name, 100, null));
        var started = Sandbox.Clock.GetUtcNow();

        await RunAsync(s_waiting with { Wait = false, Timeout = TimeSpan.FromSeconds(30) }, Live);

        var failure = Assert.IsType<ServiceRequestException>(Assert.Single(Output.Failures));
        Assert.Equal(FailureKind.RevisionConflict, failure.Kind);
        Assert.NotNull(failure.OperationId);
        Assert.InRange(Sandbox.Clock.GetUtcNow() - started, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_rolling_restart_takes_the_next_only_when_the_last_is_ready()
    {
        var ids = RollingOrder.Of(await ReadAsync(Shop("web-checkout"))).Select(revision => revision.Id).ToArray();

        await RunAsync(new RestartOptions { IsRolling = true, Random = new Random(1) }, ids);

        var posts = Sandbox.Requests.Where(request => request.Method == "POST").ToList();
        Assert.Equal(ids.Select(id => id.Name), _done.Select(revision => revision.Name));
        Assert.Equal(6, posts.Count);
        Assert.All(posts.Zip(posts.Skip(1)), pair => Assert.True(pair.Second.Time - pair.First.Time >= TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task The_first_failure_ends_a_rolling_restart_and_those_not_attempted_are_named()
    {
        var ids = RollingOrder.Of(await ReadAsync(Shop("web-checkout"))).Select(revision => revision.Id).ToArray();
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 400, Method = "POST", Path = "*/web-checkout--v2-13/restart" });

        await RunAsync(new RestartOptions { IsRolling = true, Random = new Random(1) }, ids);

        Assert.Equal(["web-checkout--v2-10", "web-checkout--v2-11", "web-checkout--v2-12"], _done.Select(revision => revision.Name));
        Assert.Equal(FailureKind.RequestRefused, Assert.Single(Output.Failures).Kind);
        Assert.Contains("After 'web-checkout--v2-13' the restart stopped. Not attempted: web-checkout--v2-15, web-checkout--v2-14.", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_not_attempted_are_named_also_where_the_sign_in_has_ended()
    {
        var ids = RollingOrder.Of(await ReadAsync(Shop("web-checkout"))).Select(revision => revision.Id).ToArray();
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 401, Method = "POST", Times = int.MaxValue });

        await Assert.ThrowsAnyAsync<RevisionToolsException>(() => RunAsync(new RestartOptions { IsRolling = true, Random = new Random(1) }, ids));

        Assert.Contains("Not attempted: web-checkout--v2-11", Assert.Single(Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_revision_stays_failed_and_the_restart_says_why()
    {
        await RunAsync(s_waiting, new RevisionId(Shop("web-search"), "web-search--0000004"));

        Assert.Equal(FailureCause.ImagePull, Assert.IsType<RevisionFailedException>(Assert.Single(Output.Failures)).Cause);
    }

    /// <summary>Lets the live revision look scaled to zero, from the restart on.</summary>
    private void Empty(int times)
    {
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 200, Method = "GET", Path = $"*/{Live.Name}/replicas", Skip = 1, Times = times, Body = """{"value":[]}""" });
        var resource = JsonNode.Parse(Get(Live.Path))!.AsObject();
        resource["properties"]!["replicas"] = 0;
        resource["properties"]!["template"]!["scale"]!["minReplicas"] = 0;
        Sandbox.Inject(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 200, Method = "GET", Path = $"*/revisions/{Live.Name}", Skip = 1, Times = times, Body = resource.ToJsonString() });
    }

    private string Get(string path)
    {
        using var client = new HttpClient(Sandbox, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://management.azure.com{path}?api-version=2026-01-01");
        request.Headers.Authorization = new("Bearer", "somebody");
        using var answer = client.Send(request);
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        return reader.ReadToEnd();
    }

    private Task RunAsync(RestartOptions options, params RevisionId[] ids) => new RestartRunner(Azure, options, Output).RunAsync(
        ids,
        revision =>
        {
            lock (_done)
            {
                _done.Add(revision);
            }

            return ValueTask.CompletedTask;
        },
        CancellationToken.None);
}
